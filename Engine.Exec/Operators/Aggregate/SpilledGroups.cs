using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Types;
using Engine.Exec.Keys;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>
/// Groups on disk, partition by partition by the top bits of their hashes: a file of groups, and one for each aggregate that keeps rows, whose group
/// numbers count through the file of groups. The same key may stand there many times; merging a partition brings its rows together.
/// </summary>
internal sealed unsafe class SpilledGroups(QueryContext execution) : IDisposable
{
    public const int PartitionBits = 6;

    private readonly Partition[] _partitions = [.. Enumerable.Range(0, 1 << PartitionBits).Select(_ => new Partition())];

    public static int PartitionCount => 1 << PartitionBits;

    /// <summary>Writes what a driver has aggregated; called by many threads.</summary>
    public void Write(AggregateStates states)
    {
        using var groups = new HashPartitions(states.Hashes, PartitionBits, execution.Pool);
        var firstNumbers = new long[PartitionCount];
        for (var partition = 0; partition < PartitionCount; partition++)
        {
            firstNumbers[partition] = _partitions[partition].WriteGroups(states.Groups, groups[partition], execution);
        }

        // Where a group has gone: its number in the file of its partition.
        using var numbers = new RowIndexes(states.Groups.RowCount, execution.Pool);
        for (var partition = 0; partition < PartitionCount; partition++)
        {
            for (var i = 0; i < groups[partition].Length; i++)
            {
                numbers.Span[groups[partition][i]] = checked((int)(firstNumbers[partition] + i));
            }
        }

        for (var aggregate = 0; aggregate < states.Kept.Length; aggregate++)
        {
            if (states.Kept[aggregate] is { RowCount: > 0 } kept)
            {
                WriteKept(aggregate, kept, states.Hashes, numbers.Span);
            }
        }
    }

    /// <summary>Adds all rows of a partition to a table.</summary>
    public void MergeInto(AggregateTable table, int partition, CancellationToken cancellationToken) =>
        _partitions[partition].MergeInto(table, execution, cancellationToken);

    public void Dispose()
    {
        foreach (var partition in _partitions)
        {
            partition.Dispose();
        }
    }

    private void WriteKept(int aggregate, Batch kept, ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> numbers)
    {
        var groupColumn = (FixedColumn)kept.Columns[^1];
        var groups = groupColumn.Values<int>();
        var rowHashes = execution.Pool.Allocate((long)groups.Length * sizeof(ulong), "hashes");
        var rowNumbers = execution.Pool.Allocate((long)groups.Length * sizeof(int), "groups");
        for (var row = 0; row < groups.Length; row++)
        {
            ((ulong*)rowHashes.Pointer)[row] = hashes[groups[row]];
            ((int*)rowNumbers.Pointer)[row] = numbers[groups[row]];
        }

        using var hashLease = new BufferSlice(rowHashes).AsDisposable();
        using var numberColumn = new FixedColumn(DataType.Integer, groups.Length, new BufferSlice(rowNumbers), default);
        using var rows = new HashPartitions(new ReadOnlySpan<ulong>(rowHashes.Pointer, groups.Length), PartitionBits, execution.Pool);
        ImmutableArray<Column> columns = [.. kept.Columns.SkipLast(1), numberColumn];
        for (var partition = 0; partition < PartitionCount; partition++)
        {
            _partitions[partition].WriteKept(aggregate, columns, rows[partition], execution);
        }
    }

    private sealed class Partition : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly SortedDictionary<int, SpillFile> _kept = [];
        private SpillFile? _groups;

        /// <returns>The number of the first of these groups in the file.</returns>
        public long WriteGroups(Batch groups, ReadOnlySpan<int> rows, QueryContext execution)
        {
            lock (_lock)
            {
                var first = _groups?.RowCount ?? 0;
                if (!rows.IsEmpty)
                {
                    _groups ??= NewFile(groups.Columns, execution);
                    Write(_groups, groups.Columns, rows, execution);
                }

                return first;
            }
        }

        public void WriteKept(int aggregate, ImmutableArray<Column> columns, ReadOnlySpan<int> rows, QueryContext execution)
        {
            if (rows.IsEmpty)
            {
                return;
            }

            lock (_lock)
            {
                if (!_kept.TryGetValue(aggregate, out var file))
                {
                    file = NewFile(columns, execution);
                    _kept.Add(aggregate, file);
                }

                Write(file, columns, rows, execution);
            }
        }

        public void MergeInto(AggregateTable table, QueryContext execution, CancellationToken cancellationToken)
        {
            if (_groups is null)
            {
                return;
            }

            using var newGroups = new RowIndexes(checked((int)_groups.RowCount), execution.Pool);
            var done = 0;
            using (var batches = _groups.Open())
            {
                while (batches.Next(cancellationToken) is { } batch)
                {
                    using (batch)
                    {
                        table.MergeGroups(batch, newGroups.Span.Slice(done, batch.RowCount));
                        done += batch.RowCount;
                    }
                }
            }

            foreach (var (aggregate, file) in _kept)
            {
                using var batches = file.Open();
                while (batches.Next(cancellationToken) is { } batch)
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
            _groups?.Dispose();
            foreach (var file in _kept.Values)
            {
                file.Dispose();
            }
        }

        private static SpillFile NewFile(ImmutableArray<Column> columns, QueryContext execution) =>
            new(columns.Select(column => column.Type), execution.Spill, execution.Pool);

        private static void Write(SpillFile file, ImmutableArray<Column> columns, ReadOnlySpan<int> rows, QueryContext execution)
        {
            for (var start = 0; start < rows.Length; start += Batch.DefaultRowCount)
            {
                var part = rows.Slice(start, Math.Min(Batch.DefaultRowCount, rows.Length - start));
                var taken = ImmutableArray.CreateBuilder<Column>(columns.Length);
                foreach (var column in columns)
                {
                    taken.Add(column.Take(part, execution.Pool));
                }

                using var batch = new Batch(taken.MoveToImmutable(), part.Length);
                file.Write(batch);
            }
        }
    }
}
