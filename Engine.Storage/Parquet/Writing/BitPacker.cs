using System.Numerics;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Numbers of few bits one behind the other, least significant bit first.</summary>
internal static unsafe class BitPacker
{
    /// <summary>Bits that a number needs; 0 for 0.</summary>
    public static int WidthOf(ulong value) => 64 - BitOperations.LeadingZeroCount(value);

    /// <summary>Appends <paramref name="count"/> numbers below 2^<paramref name="width"/>, and fills the last byte with zero bits.</summary>
    public static void Pack(ulong* values, int count, int width, ByteSink target)
    {
        var output = target.Reserve((((long)count * width) + 7) / 8);
        var (word, filled) = (0UL, 0);
        var next = output;
        for (var i = 0; i < count; i++)
        {
            word |= values[i] << filled;
            filled += width;
            if (filled >= 64)
            {
                *(ulong*)next = word;
                next += sizeof(ulong);
                filled -= 64;

                // What did not fit begins the next word; a shift by 64 would do nothing.
                word = filled == 0 ? 0 : values[i] >> (width - filled);
            }
        }

        *(ulong*)next = word;
        target.Advance((((long)count * width) + 7) / 8);
    }

    /// <summary>As <see cref="Pack(ulong*, int, int, ByteSink)"/>, for widths up to 32.</summary>
    public static void Pack<T>(ReadOnlySpan<T> values, int width, ByteSink target)
        where T : unmanaged, IBinaryInteger<T>
    {
        var byteCount = (((long)values.Length * width) + 7) / 8;
        var next = target.Reserve(byteCount);
        var (word, filled) = (0UL, 0);
        foreach (var value in values)
        {
            word |= ulong.CreateTruncating(value) << filled;
            filled += width;
            if (filled >= 32)
            {
                *(uint*)next = (uint)word;
                next += sizeof(uint);
                word >>= 32;
                filled -= 32;
            }
        }

        *(ulong*)next = word;
        target.Advance(byteCount);
    }
}
