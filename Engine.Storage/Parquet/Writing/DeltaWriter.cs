using System.Numerics;

namespace Engine.Storage.Parquet.Writing;

/// <summary>DELTA_BINARY_PACKED (Encodings.md): blocks of 128 differences, each less the block's lowest, in four groups that are packed as narrowly as each allows.</summary>
internal static unsafe class DeltaWriter
{
    private const int BlockLength = 128;
    private const int GroupCount = 4;
    private const int GroupLength = BlockLength / GroupCount;

    /// <param name="values">int or long; differences wrap around in their own width.</param>
    /// <param name="target">What the encoding gives is appended to it.</param>
    public static void Write<T>(ReadOnlySpan<T> values, ByteSink target)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        target.AddVarint(BlockLength);
        target.AddVarint(GroupCount);
        target.AddVarint((ulong)values.Length);
        target.AddZigZag(values.IsEmpty ? 0 : long.CreateTruncating(values[0]));
        var deltas = stackalloc ulong[BlockLength];
        for (var start = 1; start < values.Length; start += BlockLength)
        {
            var count = Math.Min(BlockLength, values.Length - start);
            WriteBlock(values.Slice(start - 1, count + 1), deltas, target);
        }
    }

    private static void WriteBlock<T>(ReadOnlySpan<T> values, ulong* deltas, ByteSink target)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var count = values.Length - 1;
        var lowest = T.MaxValue;
        for (var i = 0; i < count; i++)
        {
            lowest = T.Min(lowest, unchecked(values[i + 1] - values[i]));
        }

        // The mask keeps 32-bit differences to 32 bits.
        var mask = ulong.MaxValue >> (64 - (sizeof(T) * 8));
        var low = ulong.CreateTruncating(lowest);
        for (var i = 0; i < count; i++)
        {
            deltas[i] = unchecked(ulong.CreateTruncating(values[i + 1] - values[i]) - low) & mask;
        }

        new Span<ulong>(deltas + count, BlockLength - count).Clear();
        target.AddZigZag(long.CreateTruncating(lowest));
        var widths = target.Reserve(GroupCount);
        var widthsAt = target.Length;
        target.Advance(GroupCount);
        new Span<byte>(widths, GroupCount).Clear();
        for (var group = 0; group * GroupLength < count; group++)
        {
            var all = 0UL;
            for (var i = 0; i < GroupLength; i++)
            {
                all |= deltas[(group * GroupLength) + i];
            }

            var width = BitPacker.WidthOf(all);
            BitPacker.Pack(deltas + (group * GroupLength), GroupLength, width, target);
            target.Pointer[widthsAt + group] = (byte)width;
        }
    }
}
