using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Types;
using Engine.Exec.Keys;
using Engine.Exec.Spill;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>
/// Groups on disk, in partitions by their hashes, and beside them the rows that aggregates keep, whose group numbers count through the partition of
/// groups. The same key may stand there many times; merging a partition brings its rows together.
/// </summary>
internal sealed unsafe class SpilledGroups : IDisposable
{
    private readonly SpillArea _area;
    private readonly SpillPartitions _groups;
    private readonly ImmutableArray<SpillPartitions> _kept;

    public SpilledGroups(int aggregateCount, SpillArea area)
    {
        _area = area;
        _groups = new SpillPartitions(area);
        _kept = [.. Enumerable.Range(0, aggregateCount).Select(_ => new SpillPartitions(area))];
    }

    /// <summary>Writes what a driver has aggregated; called by many threads.</summary>
    public void Write(AggregateStates states)
    {
        using var partitions = new HashPartitions(states.Hashes, SpillPartitions.BitCount, _area.Pool);

        // Where each group goes: its number in its partition.
        using var numbers = new RowIndexes(states.Groups.RowCount, _area.Pool);
        for (var partition = 0; partition < SpillPartitions.Count; partition++)
        {
            var rows = partitions[partition];
            var first = _groups.Write(partition, states.Groups.Columns, rows);
            for (var i = 0; i < rows.Length; i++)
            {
                numbers.Span[rows[i]] = checked((int)(first + i));
            }
        }

        for (var aggregate = 0; aggregate < states.Kept.Length; aggregate++)
        {
            if (states.Kept[aggregate] is { RowCount: > 0 } kept)
            {
                WriteKept(_kept[aggregate], kept, states.Hashes, numbers.Span);
            }
        }
    }

    /// <summary>Adds all rows of a partition to a table.</summary>
    public void MergeInto(AggregateTable table, int partition, CancellationToken cancellationToken)
    {
        using var newGroups = new RowIndexes(checked((int)_groups.RowCount(partition)), _area.Pool);
        var done = 0;
        using var groups = _groups.Open(partition);
        while (groups.Next(cancellationToken) is { } batch)
        {
            using (batch)
            {
                table.MergeGroups(batch, newGroups.Span.Slice(done, batch.RowCount));
                done += batch.RowCount;
            }
        }

        for (var aggregate = 0; aggregate < _kept.Length; aggregate++)
        {
            using var kept = _kept[aggregate].Open(partition);
            while (kept.Next(cancellationToken) is { } batch)
            {
                using (batch)
                {
                    table.MergeKept(aggregate, batch, newGroups.Span);
                }
            }
        }
    }

    public void Dispose()
    {
        _groups.Dispose();
        foreach (var kept in _kept)
        {
            kept.Dispose();
        }
    }

    private void WriteKept(SpillPartitions target, Batch kept, ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> numbers)
    {
        var groups = ((FixedColumn)kept.Columns[^1]).Values<int>();
        var rowHashes = _area.Pool.Allocate((long)groups.Length * sizeof(ulong), "hashes");
        var rowNumbers = _area.Pool.Allocate((long)groups.Length * sizeof(int), "groups");
        for (var row = 0; row < groups.Length; row++)
        {
            ((ulong*)rowHashes.Pointer)[row] = hashes[groups[row]];
            ((int*)rowNumbers.Pointer)[row] = numbers[groups[row]];
        }

        using var hashLease = new BufferSlice(rowHashes).AsDisposable();
        using var numberColumn = new FixedColumn(DataType.Integer, groups.Length, new BufferSlice(rowNumbers), default);
        target.Write([.. kept.Columns.SkipLast(1), numberColumn], new ReadOnlySpan<ulong>(rowHashes.Pointer, groups.Length));
    }
}
