using System.Numerics;
using System.Runtime.Intrinsics.X86;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Storage.Parquet.Encodings;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet.Nested;

/// <summary>
/// What the levels of a leaf say of the nodes around it. An entry is a slot of a node, a place for one of its values, when all lists around the
/// node have an item there and the entry does not go on inside of a list below. All in words of 64 entries, without a branch per entry.
/// </summary>
internal static unsafe class LevelShape
{
    public static int CountSlots(LevelBuffer levels, int start, NodeLevels node)
    {
        var count = 0;
        for (var i = start; i < levels.Count; i += LevelMask.Lanes)
        {
            count += BitOperations.PopCount(Slots(levels, i, node));
        }

        return count;
    }

    /// <summary>Which slots of a node have a value; none when all have.</summary>
    /// <param name="levels">Of a leaf below the node, or of the node itself.</param>
    /// <param name="start">The first entry.</param>
    /// <param name="node">The node.</param>
    /// <param name="slotCount">Its slots from there on.</param>
    /// <param name="pool">For the bits.</param>
    /// <param name="valueCount">Slots with a value.</param>
    public static BufferSlice Validity(LevelBuffer levels, int start, NodeLevels node, int slotCount, MemoryPool pool, out int valueCount)
    {
        valueCount = slotCount;
        if (!node.IsOptional)
        {
            return default;
        }

        // A word more, as the last bits may be written over a word's border.
        var bits = pool.AllocateCleared(Bitmap.ByteCount(slotCount) + sizeof(ulong), "validity");
        var words = (ulong*)bits.Pointer;
        var (slot, found) = (0, 0);
        for (var i = start; i < levels.Count; i += LevelMask.Lanes)
        {
            var slots = Slots(levels, i, node);
            var valid = Compress(LevelMask.AtLeast(levels.Definitions + i, node.Definition), slots);
            var shift = slot & 63;
            words[slot >> 6] |= valid << shift;
            if (shift > 0)
            {
                words[(slot >> 6) + 1] |= valid >> (64 - shift);
            }

            slot += BitOperations.PopCount(slots);
            found += BitOperations.PopCount(valid);
        }

        valueCount = found;
        if (valueCount < slotCount)
        {
            return new BufferSlice(bits);
        }

        bits.Release();
        return default;
    }

    /// <summary>Where the items of each slot of a list begin, and behind the last slot where they end.</summary>
    /// <param name="levels">Of a leaf below the list.</param>
    /// <param name="list">The list.</param>
    /// <param name="item">Its item.</param>
    /// <param name="slotCount">The list's slots.</param>
    /// <param name="pool">For the offsets.</param>
    public static BufferSlice Offsets(LevelBuffer levels, NodeLevels list, NodeLevels item, int slotCount, MemoryPool pool)
    {
        var offsets = pool.Allocate((slotCount + 1L) * sizeof(int), "offsets");
        var next = (int*)offsets.Pointer;
        var itemCount = 0;
        for (var i = 0; i < levels.Count; i += LevelMask.Lanes)
        {
            var items = Slots(levels, i, item);
            for (var slots = Slots(levels, i, list); slots != 0; slots &= slots - 1)
            {
                // The items before the slot's own first one, which lies in the same entry.
                var before = (slots ^ (slots - 1)) >> 1;
                *next++ = itemCount + BitOperations.PopCount(items & before);
            }

            itemCount += BitOperations.PopCount(items);
        }

        *next = itemCount;
        return new BufferSlice(offsets);
    }

    /// <summary>Which of the next 64 entries are slots of a node.</summary>
    private static ulong Slots(LevelBuffer levels, int start, NodeLevels node)
    {
        var slots = LevelMask.Inside(levels.Count - start);
        if (node.Slot > 0)
        {
            slots &= LevelMask.AtLeast(levels.Definitions + start, node.Slot);
        }

        return levels.Repetitions == null ? slots : slots & ~LevelMask.AtLeast(levels.Repetitions + start, (byte)(node.Repetition + 1));
    }

    /// <summary>The bits that the mask chooses, moved together.</summary>
    private static ulong Compress(ulong bits, ulong mask) =>
        mask == ulong.MaxValue ? bits : Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitExtract(bits, mask) : CompressSingly(bits, mask);

    /// <summary>The same, bit by bit.</summary>
    internal static ulong CompressSingly(ulong bits, ulong mask)
    {
        var result = 0UL;
        for (var place = 0; mask != 0; mask &= mask - 1, place++)
        {
            result |= (bits >> BitOperations.TrailingZeroCount(mask) & 1) << place;
        }

        return result;
    }
}
