using System.Numerics;
using System.Runtime.CompilerServices;

namespace Engine.Storage.Parquet.Writing;

/// <summary>
/// Compresses blocks in Google's Snappy format ("Snappy compressed format description"), the counterpart of <see cref="SnappyBlock"/>: fragments
/// of 64 KiB, each with its own table of where four bytes were last seen; the first match is taken, and steps grow where there is none.
/// </summary>
public static unsafe class SnappyEncoder
{
    private const int FragmentLength = 1 << 16;
    private const int MaxTableBits = 14;
    private const int MinMatch = 4;
    private const int MaxCopy = 64;
    private const int SkipTrigger = 5;

    /// <summary>Matches begin so far before a fragment's end, that eight bytes can always be read.</summary>
    private const int Margin = 15;

    /// <summary>The largest size that compressing so many bytes can give.</summary>
    public static int MaxCompressedLength(int byteCount) => checked(32 + byteCount + (byteCount / 6));

    /// <summary>Compresses one block; the target has room for <see cref="MaxCompressedLength"/> bytes.</summary>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        if (target.Length < MaxCompressedLength(source.Length))
        {
            throw new ArgumentException("the target is too small", nameof(target));
        }

        var table = stackalloc ushort[1 << MaxTableBits];
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var output = WriteLength(to, (uint)source.Length);
            for (var start = 0; start < source.Length; start += FragmentLength)
            {
                var length = Math.Min(FragmentLength, source.Length - start);
                var bits = Math.Clamp(BitOperations.Log2((uint)length) + 1, 8, MaxTableBits);
                new Span<ushort>(table, 1 << bits).Clear();
                output = CompressFragment(from + start, length, table, 32 - bits, output);
            }

            return (int)(output - to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte* CompressFragment(byte* fragment, int length, ushort* table, int shift, byte* output)
    {
        var end = fragment + length;
        var limit = end - Margin;
        var literals = fragment;
        var input = fragment + 1;
        var searches = 1 << SkipTrigger;
        while (input < limit)
        {
            var sequence = *(uint*)input;
            var slot = Hash(sequence, shift);
            var candidate = fragment + table[slot];
            table[slot] = (ushort)(input - fragment);
            if (*(uint*)candidate != sequence)
            {
                input += searches++ >> SkipTrigger;
                continue;
            }

            searches = 1 << SkipTrigger;
            output = WriteLiterals(output, literals, (int)(input - literals));
            do
            {
                // A copy may be followed by another at once, without literals between.
                var matched = MinMatch + CommonLength(candidate + MinMatch, input + MinMatch, end);
                output = WriteCopy(output, (int)(input - candidate), matched);
                input += matched;
                if (input >= limit)
                {
                    break;
                }

                table[Hash(*(uint*)(input - 1), shift)] = (ushort)(input - 1 - fragment);
                sequence = *(uint*)input;
                slot = Hash(sequence, shift);
                candidate = fragment + table[slot];
                table[slot] = (ushort)(input - fragment);
            }
            while (*(uint*)candidate == sequence);
            literals = input;
            input++;
        }

        return literals < end ? WriteLiterals(output, literals, (int)(end - literals)) : output;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint sequence, int shift) => (sequence * 0x1E35A7BD) >> shift;

    private static int CommonLength(byte* earlier, byte* later, byte* end)
    {
        var start = later;
        while (later + sizeof(ulong) <= end)
        {
            var difference = *(ulong*)earlier ^ *(ulong*)later;
            if (difference != 0)
            {
                return (int)(later - start) + (BitOperations.TrailingZeroCount(difference) >> 3);
            }

            earlier += sizeof(ulong);
            later += sizeof(ulong);
        }

        while (later < end && *earlier == *later)
        {
            earlier++;
            later++;
        }

        return (int)(later - start);
    }

    private static byte* WriteLength(byte* output, uint length)
    {
        for (; length >= 128; length >>= 7)
        {
            *output++ = (byte)(length | 128);
        }

        *output++ = (byte)length;
        return output;
    }

    private static byte* WriteLiterals(byte* output, byte* literals, int length)
    {
        var code = length - 1;
        if (code < 60)
        {
            *output++ = (byte)(code << 2);
        }
        else if (code < 256)
        {
            *output++ = 60 << 2;
            *output++ = (byte)code;
        }
        else
        {
            // A fragment has no more than 64 KiB.
            *output++ = 61 << 2;
            *(ushort*)output = (ushort)code;
            output += sizeof(ushort);
        }

        Buffer.MemoryCopy(literals, output, length, length);
        return output + length;
    }

    private static byte* WriteCopy(byte* output, int distance, int length)
    {
        // The rest must be four bytes at least, so that a short copy can end it.
        for (; length >= MaxCopy + MinMatch; length -= MaxCopy)
        {
            output = WriteLongCopy(output, distance, MaxCopy);
        }

        if (length > MaxCopy)
        {
            output = WriteLongCopy(output, distance, MaxCopy - MinMatch);
            length -= MaxCopy - MinMatch;
        }

        if (length >= 12 || distance >= 1 << 11)
        {
            return WriteLongCopy(output, distance, length);
        }

        *output++ = (byte)(1 | ((length - MinMatch) << 2) | ((distance >> 8) << 5));
        *output++ = (byte)distance;
        return output;
    }

    private static byte* WriteLongCopy(byte* output, int distance, int length)
    {
        *output++ = (byte)(2 | ((length - 1) << 2));
        *(ushort*)output = (ushort)distance;
        return output + sizeof(ushort);
    }
}
