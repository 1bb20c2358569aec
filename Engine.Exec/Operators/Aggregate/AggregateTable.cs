using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
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

    private int GroupCount => HasSingleGroup ? 1 : _groups.Count;

    /// <summary>Adds the rows of a batch without selection, which the caller keeps.</summary>
    public void Add(Batch batch)
    {
        using var groups = new RowIndexes(batch.RowCount, _execution.Pool);
        groups.Span.Clear();
        if (!HasSingleGroup)
        {
            using var keys = new Batch([.. _keys.Select(key => key.Evaluate(_execution.Evaluation, batch))], batch.RowCount);
            Assign(keys, groups.Span);
        }

        foreach (var aggregate in _aggregates)
        {
            aggregate.Add(batch, groups.Span);
        }
    }

    /// <summary>The rows that follow come from this piece of the input.</summary>
    public void BeginMorsel(int morsel)
    {
        foreach (var aggregate in _aggregates)
        {
            aggregate.Kept?.BeginMorsel(morsel);
        }
    }

    /// <summary>Adds groups of another table.</summary>
    /// <param name="other">What the other table held.</param>
    /// <param name="rows">Which of its groups.</param>
    public void Merge(AggregateStates other, ReadOnlySpan<int> rows)
    {
        using var states = new Batch([.. TakeRows(other.Groups.Columns, rows)], rows.Length);
        using var groups = new RowIndexes(rows.Length, _execution.Pool);
        groups.Span.Clear();
        if (!HasSingleGroup)
        {
            using var keys = new Batch([.. states.Columns.Take(_keys.Length).Select(column => column.Retain())], states.RowCount);
            Assign(keys, groups.Span);
        }

        var next = _keys.Length;
        for (var i = 0; i < _aggregates.Length; i++)
        {
            var aggregate = _aggregates[i];
            if (other.Kept[i] is { } kept)
            {
                aggregate.Kept!.Merge(kept, NewGroups(other.Groups.RowCount, rows, groups.Span));
                continue;
            }

            aggregate.Accumulator.Merge(states.Columns.AsSpan(next, aggregate.StateCount), groups.Span);
            next += aggregate.StateCount;
        }
    }

    /// <summary>All groups as <see cref="Merge"/> takes them. They are used up.</summary>
    public AggregateStates TakeStates()
    {
        var count = GroupCount;
        var hashes = _groups.Hashes.ToArray();
        ImmutableArray<Column> columns =
        [
            .. _keyRows.Finish(),
            .. _aggregates.Where(aggregate => aggregate.Kept is null).SelectMany(aggregate => aggregate.Accumulator.GetState(0, count)),
        ];
        return new AggregateStates(new Batch(columns, count), hashes, [.. _aggregates.Select(aggregate => aggregate.Kept?.Take())]);
    }

    /// <summary>All groups with their results. They are used up.</summary>
    public Batch TakeResults()
    {
        var count = GroupCount;
        foreach (var aggregate in _aggregates)
        {
            aggregate.Complete();
        }

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
        _groups.FindOrAdd(_encoder.Encode(keys.Columns.AsSpan(), keys.RowCount), groups, _newRows);
        if (_newRows.Count > 0)
        {
            _keyRows.Append(keys.Columns.AsSpan(), CollectionsMarshal.AsSpan(_newRows));
            Resize(_groups.Count);
        }
    }

    private IEnumerable<Column> TakeRows(ImmutableArray<Column> columns, ReadOnlySpan<int> rows)
    {
        var taken = new List<Column>(columns.Length);
        foreach (var column in columns)
        {
            taken.Add(column.Take(rows, _execution.Pool));
        }

        return taken;
    }

    /// <summary>For each group of another table the group here; -1 for those that are not among <paramref name="rows"/>.</summary>
    private static int[] NewGroups(int groupCount, ReadOnlySpan<int> rows, ReadOnlySpan<int> groups)
    {
        var newGroups = new int[groupCount];
        newGroups.AsSpan().Fill(-1);
        for (var i = 0; i < rows.Length; i++)
        {
            newGroups[rows[i]] = groups[i];
        }

        return newGroups;
    }

    private void Resize(int groupCount)
    {
        foreach (var aggregate in _aggregates)
        {
            aggregate.Accumulator.Resize(groupCount);
        }
    }
}
