using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Expressions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Keys;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;

namespace Engine.Exec.Operators.Join;

/// <summary>
/// Collects the right input of a join until all of it is there. When memory is tight its rows go to disk by partitions, and so do then the rows that
/// are to be matched with them.
/// </summary>
/// <param name="keys">Over the input's columns; none for a join without equalities, which cannot spill.</param>
/// <param name="matchesNull">For each key whether NULL equals NULL; none when it never does.</param>
/// <param name="schema">The input's.</param>
/// <param name="tracksMatches">Whether rows that find no match will be asked for.</param>
/// <param name="spill">Where rows go then.</param>
/// <param name="execution">The query.</param>
internal sealed class BuildSide(
    ImmutableArray<Expression> keys, ImmutableArray<bool> matchesNull, Schema schema, bool tracksMatches, SpillArea spill, QueryContext execution) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly JoinKeys _nulls = new(matchesNull);
    private readonly List<BuildPart> _parts = [];
    private readonly MemoryPool _pool = execution.Pool.CreatePart("the build side");
    private volatile SpilledJoin? _spilled;
    private volatile bool _hasNullKey;
    private volatile bool _hasRows;

    /// <summary>The rows, when all are there and were not spilled.</summary>
    public JoinTable? Table { get; private set; }

    /// <summary>The rows on disk, when they were spilled.</summary>
    public SpilledJoin? Spilled => _spilled;

    private ImmutableArray<KeyColumn> KeyColumns => [.. keys.Select(key => new KeyColumn(key.Type))];

    public IBatchSink CreateSink() => new Sink(this, keys, execution);

    /// <summary>All rows are there.</summary>
    public void Finish()
    {
        if (_spilled is { } spilled)
        {
            using var encoder = new KeyEncoder(KeyColumns, execution.Pool);
            foreach (var part in _parts)
            {
                spilled.WriteBuild(part, encoder);
            }

            return;
        }

        using var all = NewPart(0);
        foreach (var part in _parts.OrderBy(part => part.Morsel))
        {
            using var rows = part.Take();
            all.Append(rows.Columns.AsSpan(0, schema.Count), rows.Columns.AsSpan()[schema.Count..], rows.RowCount);
        }

        Table = NewTable(all);
    }

    /// <summary>The rows of one partition of those on disk.</summary>
    public JoinTable LoadPartition(int partition, CancellationToken cancellationToken)
    {
        using var part = NewPart(0);
        using var rows = _spilled!.OpenBuild(partition);
        while (rows.Next(cancellationToken) is { } batch)
        {
            using (batch)
            {
                part.Append(batch.Columns.AsSpan(0, schema.Count), batch.Columns.AsSpan()[schema.Count..], batch.RowCount);
            }
        }

        return NewTable(part);
    }

    public void Dispose()
    {
        _parts.ForEach(part => part.Dispose());
        _spilled?.Dispose();
        Table?.Dispose();
    }

    private JoinTable NewTable(BuildPart rows) => new(rows, new BuildFacts(!_hasRows, _hasNullKey), KeyColumns, _nulls, tracksMatches, _pool);

    private BuildPart NewPart(int morsel) => new(morsel, schema.Select(field => field.Type), keys.Select(key => key.Type), _pool);

    private BuildPart AddPart(int morsel)
    {
        var part = NewPart(morsel);
        lock (_lock)
        {
            _parts.Add(part);
        }

        return part;
    }

    private void Note(Batch keyRows)
    {
        _hasRows |= keyRows.RowCount > 0;
        _hasNullKey |= _nulls.HasNull(keyRows);
    }

    /// <summary>Where the rows go once memory is tight; null as long as it is not.</summary>
    private SpilledJoin? SpillTarget()
    {
        if (_spilled is null && !keys.IsEmpty && execution.ShouldSpill(_pool.ReservedBytes))
        {
            lock (_lock)
            {
                _spilled ??= new SpilledJoin(spill);
            }
        }

        return _spilled;
    }

    private sealed class Sink(BuildSide build, ImmutableArray<Expression> keys, QueryContext execution) : CollectingSink(execution.Pool)
    {
        private readonly ImmutableArray<Evaluator> _keys = [.. keys.Select(execution.Compiler.Compile)];
        private readonly KeyEncoder _encoder = new(build.KeyColumns, execution.Pool);
        private readonly List<BuildPart> _own = [];

        public override void BeginMorsel(int morsel) => _own.Add(build.AddPart(morsel));

        public override void Dispose()
        {
            base.Dispose();
            _encoder.Dispose();
            foreach (var key in _keys)
            {
                key.Dispose();
            }
        }

        protected override void Add(Batch rows)
        {
            using var keyRows = new Batch([.. _keys.Select(key => key.Evaluate(execution.Evaluation, rows))], rows.RowCount);
            build.Note(keyRows);
            _own[^1].Append(rows.Columns.AsSpan(), keyRows.Columns.AsSpan(), rows.RowCount);
            if (build.SpillTarget() is { } spilled)
            {
                foreach (var part in _own)
                {
                    spilled.WriteBuild(part, _encoder);
                }
            }
        }
    }
}
