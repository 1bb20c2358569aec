using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>
/// Hash aggregation. Every driver aggregates into a table of its own; afterwards the groups are merged partition by partition, by the top bits of
/// their hash, each partition by one thread.
/// </summary>
internal sealed class AggregateBreaker(AggregateNode node, QueryContext execution) : IDisposable
{
    private const int PartitionBits = 4;

    /// <summary>Up to so many groups, merging by partitions is not worth it.</summary>
    private const int SmallGroupCount = 4096;

    private readonly bool _canMerge = node.Aggregates.All(Aggregates.CanMerge);
    private readonly Lock _lock = new();
    private readonly List<AggregateTable> _tables = [];
    private readonly List<Batch> _states = [];
    private readonly List<ulong[]> _hashes = [];
    private Batch? _result;

    public IBatchSink CreateSink()
    {
        lock (_lock)
        {
            if (_tables.Count == 0 || _canMerge)
            {
                _tables.Add(new AggregateTable(node, execution));
            }

            return new Sink(_tables[^1], _canMerge ? null : _lock, execution);
        }
    }

    public void Finish()
    {
        if (_tables.Count == 0)
        {
            _tables.Add(new AggregateTable(node, execution));
        }

        foreach (var table in _tables)
        {
            table.Complete();
        }

        if (_tables.Count == 1)
        {
            _result = _tables[0].TakeResults();
            return;
        }

        foreach (var table in _tables)
        {
            _hashes.Add(table.Hashes.ToArray());
            _states.Add(table.TakeStates());
            table.Dispose();
        }

        _tables.Clear();
    }

    public IMorselSource OpenResult()
    {
        if (_result is { } result)
        {
            _result = null;
            return new MorselList(1, _ => new Source(result, execution));
        }

        var isSmall = node.Keys.IsEmpty || _states.Sum(states => (long)states.RowCount) <= SmallGroupCount;
        var partitions = isSmall ? 1 : 1 << PartitionBits;
        return new MorselList(partitions, partition => new Source(MergePartition(isSmall ? null : partition), execution));
    }

    public void Dispose()
    {
        _tables.ForEach(table => table.Dispose());
        _states.ForEach(states => states.Dispose());
        _result?.Dispose();
    }

    /// <summary>The results of all groups whose hash begins with the partition's bits, or of all groups.</summary>
    private Batch MergePartition(int? partition)
    {
        using var merged = new AggregateTable(node, execution);
        for (var i = 0; i < _states.Count; i++)
        {
            var states = _states[i];
            if (partition is null)
            {
                merged.Merge(states);
                continue;
            }

            var rows = RowsOf(partition.Value, _hashes[i]);
            if (rows.Length == 0)
            {
                continue;
            }

            using var part = new Batch([.. states.Columns.Select(column => column.Take(rows, execution.Pool))], rows.Length);
            merged.Merge(part);
        }

        return merged.TakeResults();
    }

    private static int[] RowsOf(int partition, ulong[] hashes)
    {
        var rows = new List<int>(hashes.Length >> PartitionBits);
        for (var row = 0; row < hashes.Length; row++)
        {
            if ((int)(hashes[row] >> (64 - PartitionBits)) == partition)
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }

    private sealed class Sink(AggregateTable table, Lock? sharedBy, QueryContext execution) : CollectingSink(execution.Pool)
    {
        protected override void Add(Batch rows)
        {
            if (sharedBy is null)
            {
                table.Add(rows);
                return;
            }

            lock (sharedBy)
            {
                table.Add(rows);
            }
        }
    }

    /// <summary>A large batch in pieces.</summary>
    private sealed class Source(Batch rows, QueryContext execution) : IBatchSource
    {
        private int _next;

        public Batch? Next(CancellationToken cancellationToken)
        {
            var length = Math.Min(execution.Options.BatchRowCount, rows.RowCount - _next);
            if (length <= 0)
            {
                return null;
            }

            var batch = rows.Slice(_next, length, execution.Pool);
            _next += length;
            return batch;
        }

        public void Dispose() => rows.Dispose();
    }
}
