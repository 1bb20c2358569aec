using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Exec.Keys;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>
/// Hash aggregation. Every driver aggregates into a table of its own; afterwards the groups are merged partition by partition, by the top bits of
/// their hash, each partition by one thread. When memory is tight, a driver puts its groups on disk and begins anew.
/// </summary>
internal sealed class AggregateBreaker(AggregateNode node, QueryContext execution) : IDisposable
{
    /// <summary>Partitions that are merged apart when all groups are in memory.</summary>
    private const int PartitionBits = 4;

    /// <summary>Up to so many groups, merging by partitions is not worth it.</summary>
    private const int SmallGroupCount = 4096;

    private readonly Lock _lock = new();
    private readonly List<AggregateTable> _tables = [];
    private readonly List<AggregateStates> _states = [];
    private readonly List<HashPartitions> _partitions = [];
    private SpilledGroups? _spilled;
    private int _partitionBits;

    public IBatchSink CreateSink() => new Sink(this, execution);

    /// <summary>All rows are in.</summary>
    public void Finish()
    {
        if (_tables.Count == 0)
        {
            AddTable();
        }

        foreach (var key in node.EmptyGroups)
        {
            _tables[0].AddGroup(key);
        }

        if (_spilled is not null)
        {
            _tables.ToList().ForEach(Spill);
            return;
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
        var isSmall = node.Keys.IsEmpty || _states.Sum(states => (long)states.Groups.RowCount) <= SmallGroupCount;
        _partitionBits = isSmall ? 0 : PartitionBits;
        _partitions.AddRange(_states.Select(states => new HashPartitions(states.Hashes, _partitionBits, execution.Pool)));
    }

    public IMorselSource OpenResult()
    {
        if (_spilled is not null)
        {
            return new MorselList(SpillPartitions.Count, partition => new Source(MergeSpilled(_spilled, partition), execution));
        }

        return _tables.Count == 1
            ? new MorselList(1, _ => new Source(_tables[0].TakeResults(), execution))
            : new MorselList(1 << _partitionBits, partition => new Source(MergePartition(partition), execution));
    }

    public void Dispose()
    {
        _tables.ForEach(table => table.Dispose());
        _states.ForEach(states => states.Dispose());
        _partitions.ForEach(partitions => partitions.Dispose());
        _spilled?.Dispose();
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
    private Batch MergePartition(int partition)
    {
        using var merged = new AggregateTable(node, execution);
        for (var i = 0; i < _states.Count; i++)
        {
            // Without keys there are no hashes, and one group.
            merged.Merge(_states[i], node.Keys.IsEmpty ? [0] : _partitions[i][partition]);
        }

        return merged.TakeResults();
    }

    private Batch MergeSpilled(SpilledGroups spilled, int partition)
    {
        using var merged = new AggregateTable(node, execution);
        spilled.MergeInto(merged, partition, CancellationToken.None);
        return merged.TakeResults();
    }

    /// <summary>Puts a driver's groups on disk. Without keys there is nothing to part them by.</summary>
    private void Spill(AggregateTable table)
    {
        SpilledGroups spilled;
        lock (_lock)
        {
            _tables.Remove(table);
            spilled = _spilled ??= new SpilledGroups(node.Aggregates.Length, execution.SpillArea(node.Id));
        }

        using (table)
        {
            using var states = table.TakeStates();
            spilled.Write(states);
        }
    }

    private bool CanSpill => !node.Keys.IsEmpty;

    private sealed class Sink(AggregateBreaker breaker, QueryContext execution) : CollectingSink(execution.Pool)
    {
        private AggregateTable _table = breaker.AddTable();

        public override void BeginMorsel(int morsel) => _table.Place = (long)morsel << 32;

        protected override void Add(Batch rows)
        {
            _table.Add(rows);
            if (breaker.CanSpill && execution.ShouldSpill(_table.ByteCount))
            {
                var place = _table.Place;
                breaker.Spill(_table);
                _table = breaker.AddTable();
                _table.Place = place;
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
