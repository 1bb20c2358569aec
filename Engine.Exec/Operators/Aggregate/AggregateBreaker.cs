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

    private readonly Lock _lock = new();
    private readonly List<AggregateTable> _tables = [];
    private readonly List<AggregateStates> _states = [];

    public IBatchSink CreateSink() => new Sink(AddTable(), execution);

    /// <summary>All rows are in.</summary>
    public void Finish()
    {
        if (_tables.Count == 0)
        {
            AddTable();
        }

        if (_tables.Count == 1)
        {
            return;
        }

        foreach (var table in _tables)
        {
            _states.Add(table.TakeStates());
            table.Dispose();
        }

        _tables.Clear();
    }

    public IMorselSource OpenResult()
    {
        if (_tables.Count == 1)
        {
            return new MorselList(1, _ => new Source(_tables[0].TakeResults(), execution));
        }

        var isSmall = node.Keys.IsEmpty || _states.Sum(states => (long)states.Groups.RowCount) <= SmallGroupCount;
        var bitCount = isSmall ? 0 : PartitionBits;
        return new MorselList(1 << bitCount, partition => new Source(MergePartition(partition, bitCount), execution));
    }

    public void Dispose()
    {
        _tables.ForEach(table => table.Dispose());
        _states.ForEach(states => states.Dispose());
    }

    private AggregateTable AddTable()
    {
        var table = new AggregateTable(node, execution);
        lock (_lock)
        {
            _tables.Add(table);
        }

        return table;
    }

    /// <summary>The results of all groups whose hash begins with the partition's bits.</summary>
    private Batch MergePartition(int partition, int bitCount)
    {
        using var merged = new AggregateTable(node, execution);
        foreach (var states in _states)
        {
            merged.Merge(states, states.RowsOf(partition, bitCount));
        }

        return merged.TakeResults();
    }

    private sealed class Sink(AggregateTable table, QueryContext execution) : CollectingSink(execution.Pool)
    {
        public override void BeginMorsel(int morsel) => table.BeginMorsel(morsel);

        protected override void Add(Batch rows) => table.Add(rows);
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
