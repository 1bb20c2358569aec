using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Engine.Core.Columns;

namespace Engine.Exec.Kernels;

/// <summary>Brings a bit of each dictionary entry to the rows that have its id: a condition tested on a dictionary becomes one on rows.</summary>
internal static unsafe class DictionaryBits
{
    private const int ByteIds = 256;

    /// <summary>Fills a bit for each row; those behind the last row are clear.</summary>
    /// <param name="rows">Their ids; NULLs beside the ids are not looked at.</param>
    /// <param name="entries">A bit for each entry, in whole words.</param>
    /// <param name="target">Room for whole words.</param>
    public static void Spread(DictionaryColumn rows, ulong* entries, ulong* target)
    {
        switch (rows.IdWidth)
        {
            case 1 when Avx512Vbmi.IsSupported: SpreadBytes(rows.Ids.Pointer, rows.Length, entries, rows.Dictionary.Length, target); break;
            case 1: SpreadSingly(rows.Ids.Pointer, rows.Length, entries, target); break;
            case 2: SpreadSingly((ushort*)rows.Ids.Pointer, rows.Length, entries, target); break;
            default: SpreadSingly((uint*)rows.Ids.Pointer, rows.Length, entries, target); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SpreadSingly<TId>(TId* ids, int count, ulong* entries, ulong* target)
        where TId : unmanaged, IBinaryInteger<TId>
    {
        for (var row = 0; row < count; row += 64)
        {
            var word = 0UL;
            var lanes = Math.Min(64, count - row);
            for (var lane = 0; lane < lanes; lane++)
            {
                var id = uint.CreateTruncating(ids[row + lane]);
                word |= (entries[id >> 6] >> (int)(id & 63) & 1) << lane;
            }

            target[row >> 6] = word;
        }
    }

    /// <summary>Four registers hold a byte for each of 256 ids, and two permutations look 64 ids up in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SpreadBytes(byte* ids, int count, ulong* entries, int entryCount, ulong* target)
    {
        var table = stackalloc byte[ByteIds];
        for (var i = 0; i < ByteIds; i++)
        {
            table[i] = i < entryCount && (entries[i >> 6] >> (i & 63) & 1) != 0 ? byte.MaxValue : (byte)0;
        }

        var (first, second) = (Vector512.Load(table), Vector512.Load(table + 64));
        var (third, fourth) = (Vector512.Load(table + 128), Vector512.Load(table + 192));
        for (var row = 0; row < count; row += 64)
        {
            // What lies behind the last id is the buffer's padding.
            var block = Vector512.Load(ids + row);
            var low = Avx512Vbmi.PermuteVar64x8x2(first, block, second);
            var word = low.ExtractMostSignificantBits();
            if (entryCount > 128)
            {
                var high = Avx512Vbmi.PermuteVar64x8x2(third, block, fourth).ExtractMostSignificantBits();
                var isHigh = block.ExtractMostSignificantBits();
                word = (word & ~isHigh) | (high & isHigh);
            }

            target[row >> 6] = count - row >= 64 ? word : word & Bitmap.TailMask(count);
        }
    }
}
