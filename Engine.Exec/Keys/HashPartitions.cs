using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Exec.Keys;

/// <summary>Rows put together by the top bits of their hashes, in their order within each partition.</summary>
internal sealed class HashPartitions : IDisposable
{
    private readonly RowIndexes _rows;
    private readonly int[] _starts;

    /// <param name="hashes">One a row.</param>
    /// <param name="bitCount">0 to 16: there are 2 to that power partitions.</param>
    /// <param name="pool">Holds the row numbers.</param>
    public HashPartitions(ReadOnlySpan<ulong> hashes, int bitCount, MemoryPool pool)
    {
        _rows = new RowIndexes(hashes.Length, pool);
        _starts = new int[(1 << bitCount) + 1];
        foreach (var hash in hashes)
        {
            _starts[PartitionOf(hash, bitCount) + 1]++;
        }

        for (var partition = 0; partition < 1 << bitCount; partition++)
        {
            _starts[partition + 1] += _starts[partition];
        }

        var next = _starts.AsSpan().ToArray();
        for (var row = 0; row < hashes.Length; row++)
        {
            _rows.Span[next[PartitionOf(hashes[row], bitCount)]++] = row;
        }
    }

    /// <summary>The rows of a partition, ascending.</summary>
    public ReadOnlySpan<int> this[int partition] => _rows.Span[_starts[partition].._starts[partition + 1]];

    public void Dispose() => _rows.Dispose();

    private static int PartitionOf(ulong hash, int bitCount) => (int)((hash >> 48) >> (16 - bitCount));
}
