using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Storage.Parquet.Encodings;

/// <summary>
/// Takes numbers of 0 to 64 bits apart that follow each other without gaps, least significant bit first. Up to 64 bytes behind the last number are
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
        if (VectorUnpacker.CanUnpack<T>(width))
        {
            // Blocks begin at whole bytes, which every eighth number does.
            var head = 0;
            while (head < 8 && head < count && ((firstBit + ((long)head * width)) & 7) != 0)
            {
                head++;
            }

            var blockCount = head == 8 ? 0 : (count - head) / VectorUnpacker.BlockLength<T>();
            if (blockCount > 0)
            {
                UnpackSingly(source, firstBit, width, target, head);
                VectorUnpacker.Unpack(source + ((firstBit + ((long)head * width)) >> 3), width, target + head, blockCount);
                var done = head + (blockCount * VectorUnpacker.BlockLength<T>());
                target += done;
                count -= done;
                firstBit += (long)done * width;
            }
        }

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
