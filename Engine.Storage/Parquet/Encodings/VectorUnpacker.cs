using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Storage.Parquet.Encodings;

/// <summary>
/// Takes bit-packed numbers apart a register at a time: one permutation brings the bytes of each eight-byte lane's numbers together, one multi-shift
/// moves every number to its place in the lane, one mask cuts off what belongs to the next (AVX-512 VBMI).
/// </summary>
internal static unsafe class VectorUnpacker
{
    private const int LaneCount = 8;
    private const int MaxWidth = 57;

    /// <summary>By size of a number (1, 2, 4, 8 bytes as 0, 1, 2, 3) and width: places of the bytes, then the shifts; made on first use.</summary>
    private static readonly nint[] Plans = new nint[4 * (MaxWidth + 1)];

    /// <summary>Numbers that a register holds.</summary>
    public static int BlockLength<T>()
        where T : unmanaged => 64 / sizeof(T);

    /// <summary>Whether a lane's numbers, which may begin in the middle of a byte, lie in eight bytes.</summary>
    public static bool CanUnpack<T>(int width)
        where T : unmanaged => Avx512Vbmi.IsSupported && width > 0 && width <= sizeof(T) switch { 1 => 8, 2 => 16, 4 => 28, _ => MaxWidth };

    /// <summary>Unpacks whole blocks.</summary>
    /// <param name="source">Where the first number begins. 64 bytes behind the last one may be read.</param>
    /// <param name="width">As <see cref="CanUnpack"/> allows.</param>
    /// <param name="target">Room for the numbers.</param>
    /// <param name="blockCount">How many blocks.</param>
    /// <typeparam name="T">An unsigned integer of 1, 2, 4 or 8 bytes.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unpack<T>(byte* source, int width, T* target, long blockCount)
        where T : unmanaged, IBinaryInteger<T>
    {
        var plan = (Vector512<byte>*)PlanOf(BitOperations.Log2((uint)sizeof(T)), width);
        var (places, shifts) = (plan[0], plan[1]);
        var mask = Vector512.Create(T.CreateTruncating(ulong.MaxValue >> (64 - width))).AsByte();
        var output = (byte*)target;
        var step = BlockLength<T>() * width / 8;
        for (; blockCount > 0; blockCount--, source += step, output += 64)
        {
            var lanes = Avx512Vbmi.PermuteVar64x8(Vector512.Load(source), places);
            Vector512.Store(Avx512Vbmi.MultiShift(shifts, lanes.AsUInt64()) & mask, output);
        }
    }

    private static nint PlanOf(int sizeIndex, int width)
    {
        ref var plan = ref Plans[(sizeIndex * (MaxWidth + 1)) + width];
        if (plan == 0)
        {
            // Two threads may make the same plan; the second one is given up.
            var made = Make(1 << sizeIndex, width);
            if (Interlocked.CompareExchange(ref plan, made, 0) != 0)
            {
                NativeMemory.AlignedFree((void*)made);
            }
        }

        return plan;
    }

    private static nint Make(int size, int width)
    {
        var bytes = (byte*)NativeMemory.AlignedAlloc(128, 64);
        var numbers = 8 / size;
        for (var i = 0; i < 64; i++)
        {
            var (lane, place) = (i / LaneCount, i % LaneCount);
            var firstBit = lane * numbers * width;
            bytes[i] = (byte)((firstBit >> 3) + place);
            bytes[64 + i] = (byte)((firstBit & 7) + (place / size * width) + (place % size * 8));
        }

        return (nint)bytes;
    }
}
