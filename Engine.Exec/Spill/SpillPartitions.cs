using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Exec.Keys;

namespace Engine.Exec.Spill;

/// <summary>Rows on disk in partitions by the top bits of their hashes, so that what belongs together is read together. Written by many threads.</summary>
internal sealed class SpillPartitions(SpillArea area) : IDisposable
{
    public const int BitCount = 6;
    public const int Count = 1 << BitCount;

    private readonly SpillFile?[] _files = new SpillFile?[Count];
    private readonly Lock[] _locks = [.. Enumerable.Range(0, Count).Select(_ => new Lock())];

    /// <summary>Appends rows, always of the same types; the columns stay the caller's.</summary>
    public void Write(ImmutableArray<Column> columns, ReadOnlySpan<ulong> hashes)
    {
        using var partitions = new HashPartitions(hashes, BitCount, area.Pool);
        for (var partition = 0; partition < Count; partition++)
        {
            Write(partition, columns, partitions[partition]);
        }
    }

    /// <summary>Appends rows to one partition.</summary>
    /// <returns>How many rows it had before.</returns>
    public long Write(int partition, ImmutableArray<Column> columns, ReadOnlySpan<int> rows)
    {
        lock (_locks[partition])
        {
            var before = RowCount(partition);
            if (!rows.IsEmpty)
            {
                var file = _files[partition] ??= new SpillFile([.. columns.Select(column => column.Type)], area);
                file.Write(columns, rows);
            }

            return before;
        }
    }

    public long RowCount(int partition) => _files[partition]?.RowCount ?? 0;

    /// <summary>The rows of a partition. Nothing is written to it any more.</summary>
    public IBatchSource Open(int partition) => _files[partition] is { } file ? file.Open() : EmptyBatchSource.Instance;

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file?.Dispose();
        }
    }
}
