using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Keys;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>Groups and their aggregates: of one driver, or of one partition when drivers are merged.</summary>
internal sealed class AggregateTable : IDisposable
{
    private readonly QueryContext _execution;
    private readonly ImmutableArray<Evaluator> _keys;
    private readonly KeyEncoder _encoder;
    private readonly KeyTable _groups;
    private readonly RowStore _keyRows;
    private readonly ImmutableArray<AggregateInput> _aggregates;
    private readonly List<int> _newRows = [];

    public AggregateTable(AggregateNode node, QueryContext execution)
    {
        _execution = execution;
        _keys = [.. node.Keys.Select(execution.Compiler.Compile)];
        _encoder = new KeyEncoder([.. node.Keys.Select(key => new KeyColumn(key.Type))], execution.Pool);
        _groups = new KeyTable(_encoder.FixedWidth, execution.Pool);
        _keyRows = new RowStore(node.Keys.Select(key => key.Type), execution.Pool);
        _aggregates = [.. node.Aggregates.Select(aggregate => new AggregateInput(aggregate, execution))];
        if (node.Keys.IsEmpty)
        {
            HasSingleGroup = true;
            Resize(1);
        }
    }

    /// <summary>Without keys there is one group from the start.</summary>
    private bool HasSingleGroup { get; }

    public int GroupCount => HasSingleGroup ? 1 : _groups.Count;

    /// <summary>The hash of each group's key; empty without keys.</summary>
    public ReadOnlySpan<ulong> Hashes => _groups.Hashes;

    /// <summary>Adds the rows of a batch without selection, which the caller keeps.</summary>
    public void Add(Batch batch)
    {
        var groups = new int[batch.RowCount];
        if (!HasSingleGroup)
        {
            using var keys = new Batch([.. _keys.Select(key => key.Evaluate(_execution.Evaluation, batch))], batch.RowCount);
            Assign(keys, groups);
        }

        foreach (var aggregate in _aggregates)
        {
            aggregate.Add(batch, groups);
        }
    }

    /// <summary>All rows are in.</summary>
    public void Complete()
    {
        foreach (var aggregate in _aggregates)
        {
            aggregate.Complete();
        }
    }

    /// <summary>Adds groups of another table: their key columns, then the state columns of each aggregate.</summary>
    public void Merge(Batch states)
    {
        var keyCount = _keys.Length;
        var groups = new int[states.RowCount];
        if (!HasSingleGroup)
        {
            using var keys = new Batch([.. states.Columns.Take(keyCount).Select(column => column.Retain())], states.RowCount);
            Assign(keys, groups);
        }

        var next = keyCount;
        foreach (var aggregate in _aggregates)
        {
            var width = aggregate.Accumulator.GetState(0, 0);
            var states1 = states.Columns.Skip(next).Take(width.Length).ToArray();
            aggregate.Accumulator.Merge(states1, groups);
            next += width.Length;
            foreach (var column in width)
            {
                column.Dispose();
            }
        }
    }

    /// <summary>All groups as <see cref="Merge"/> takes them. The keys are used up.</summary>
    public Batch TakeStates()
    {
        var count = GroupCount;
        return new Batch([.. _keyRows.Finish(), .. _aggregates.SelectMany(aggregate => aggregate.Accumulator.GetState(0, count))], count);
    }

    /// <summary>All groups with their results. The keys are used up.</summary>
    public Batch TakeResults()
    {
        var count = GroupCount;
        return new Batch([.. _keyRows.Finish(), .. _aggregates.Select(aggregate => aggregate.Accumulator.GetResult(0, count))], count);
    }

    public void Dispose()
    {
        foreach (var key in _keys)
        {
            key.Dispose();
        }

        foreach (var aggregate in _aggregates)
        {
            aggregate.Dispose();
        }

        _encoder.Dispose();
        _groups.Dispose();
        _keyRows.Dispose();
    }

    private void Assign(Batch keys, Span<int> groups)
    {
        _newRows.Clear();
        _groups.FindOrAdd(_encoder.Encode([.. keys.Columns], keys.RowCount), groups, _newRows);
        if (_newRows.Count > 0)
        {
            _keyRows.Append([.. keys.Columns], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_newRows));
            Resize(_groups.Count);
        }
    }

    private void Resize(int groupCount)
    {
        foreach (var aggregate in _aggregates)
        {
            aggregate.Accumulator.Resize(groupCount);
        }
    }
}
