using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Storage.Parquet.Encodings;

/// <summary>
/// Takes numbers of 0 to 64 bits apart that follow each other without gaps, least significant bit first. Up to 16 bytes behind the last number are
/// read, which the padding of native buffers allows.
/// </summary>
internal static unsafe class BitUnpacker
{
    /// <summary>The bits that a load of eight bytes gives at any bit of a byte.</summary>
    private const int SafeLoad = 64 - 7;

    /// <param name="source">The bytes.</param>
    /// <param name="firstBit">Where the first number begins.</param>
    /// <param name="width">Bits of a number, no more than <typeparamref name="T"/> has.</param>
    /// <param name="target">Room for the numbers.</param>
    /// <param name="count">How many.</param>
    /// <typeparam name="T">An unsigned integer.</typeparam>
    public static void Unpack<T>(byte* source, long firstBit, int width, T* target, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        var lanes = 8 / sizeof(T);
        if (Bmi2.X64.IsSupported && lanes > 1 && width > 0 && lanes * width <= SafeLoad)
        {
            // One instruction puts a word of numbers into their places.
            var one = (1UL << width) - 1;
            var places = 0UL;
            for (var lane = 0; lane < lanes; lane++)
            {
                places |= one << (lane * 8 * sizeof(T));
            }

            for (; count >= lanes; count -= lanes, target += lanes, firstBit += lanes * width)
            {
                *(ulong*)target = Bmi2.X64.ParallelBitDeposit(*(ulong*)(source + (firstBit >> 3)) >> (int)(firstBit & 7), places);
            }
        }

        UnpackSingly(source, firstBit, width, target, count);
    }

    /// <summary>The same, number by number.</summary>
    public static void UnpackSingly<T>(byte* source, long firstBit, int width, T* target, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (width == 0)
        {
            new Span<T>(target, count).Clear();
            return;
        }

        var mask = ulong.MaxValue >> (64 - width);
        for (var i = 0; i < count; i++, firstBit += width)
        {
            var from = source + (firstBit >> 3);
            var shift = (int)(firstBit & 7);
            var value = *(ulong*)from >> shift;
            if (shift + width > 64)
            {
                value |= (ulong)from[8] << (64 - shift);
            }

            target[i] = T.CreateTruncating(value & mask);
        }
    }
}
