using System.Buffers.Binary;

namespace Engine.Storage.Tests.Parquet.Damage;

/// <summary>Changes Parquet files at random, most of all where it hurts: in the footer and in the heads of pages. The same seed gives the same change.</summary>
internal static class Mutation
{
    private const int EndLength = 8;

    /// <summary>Numbers that lengths, counts and offsets break at.</summary>
    private static readonly long[] Odd = [-1, 0, 1, 127, 128, 255, 65535, 65536, int.MaxValue, int.MinValue, 1L << 31, 1L << 32, long.MaxValue, long.MinValue];

    public static byte[] Apply(byte[] file, byte[] other, int seed)
    {
        var random = new Random(seed);
        for (var count = random.Next(3) > 0 ? 1 : random.Next(2, 5); count > 0 && file.Length > EndLength; count--)
        {
            file = ApplyOnce(file, other, random);
        }

        return file;
    }

    private static byte[] ApplyOnce(byte[] file, byte[] other, Random random)
    {
        var footer = FooterStart(file);
        switch (random.Next(20))
        {
            case 0:
                return file[..random.Next(file.Length)];
            case 1:
                return Splice(file, other, random);
            case 2 or 3:
                return ReplaceInFooter(file, footer, random, Varint(random));
            case 4:
                return ReplaceInFooter(file, footer, random, other.AsSpan(random.Next(other.Length)) is var rest ? rest[..Math.Min(rest.Length, random.Next(1, 30))] : []);
            case 5 or 6:
                ChangeBytes(file = (byte[])file.Clone(), random.Next(footer, file.Length), random);
                return file;
            case 7 or 8:
                // The first page begins behind the magic number; others somewhere behind it.
                ChangeBytes(file = (byte[])file.Clone(), Math.Min(file.Length - 1, 4 + random.Next(40)), random);
                return file;
            case 9:
                file = (byte[])file.Clone();
                var number = Varint(random);
                number.AsSpan(0, Math.Min(number.Length, file.Length)).CopyTo(file.AsSpan(random.Next(Math.Max(1, file.Length - number.Length))));
                return file;
            default:
                ChangeBytes(file = (byte[])file.Clone(), random.Next(file.Length), random);
                return file;
        }
    }

    private static void ChangeBytes(byte[] file, int at, Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                file[at] = (byte)random.Next(256);
                break;
            default:
                file.AsSpan(at, Math.Min(file.Length - at, 1 << random.Next(4))).Fill((byte)(random.Next(2) * 255));
                break;
        }
    }

    /// <summary>Puts other bytes in the place of some of the footer, whose length is told anew, so that it is still read to its end.</summary>
    private static byte[] ReplaceInFooter(byte[] file, int footer, Random random, ReadOnlySpan<byte> bytes)
    {
        var at = random.Next(footer, file.Length - EndLength + 1);
        var taken = Math.Min(random.Next(12), file.Length - EndLength - at);
        byte[] changed = [.. file.AsSpan(0, at), .. bytes, .. file.AsSpan(at + taken)];
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(changed.Length - EndLength), changed.Length - EndLength - footer);
        return changed;
    }

    /// <summary>The begin of one file and the end of another, or of itself.</summary>
    private static byte[] Splice(byte[] file, byte[] other, Random random)
    {
        var end = random.Next(2) == 0 ? other : file;
        return [.. file.AsSpan(0, random.Next(file.Length)), .. end.AsSpan(random.Next(end.Length))];
    }

    /// <summary>A number as Thrift writes it.</summary>
    private static byte[] Varint(Random random)
    {
        var value = (ulong)(random.Next(2) == 0 ? Odd[random.Next(Odd.Length)] : random.NextInt64() >> random.Next(64));
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7)
        {
            bytes.Add((byte)(value | 128));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }

    private static int FooterStart(byte[] file)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(file.Length - EndLength));
        return length < file.Length - EndLength ? file.Length - EndLength - (int)length : 0;
    }
}
