using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Expressions;
using Engine.Core.Memory;
using Engine.Exec.Expressions;
using Engine.Exec.Keys;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>Groups and their aggregates: of one driver, or of one partition when drivers are merged.</summary>
internal sealed unsafe class AggregateTable : IDisposable
{
    private readonly QueryContext _execution;
    private readonly MemoryPool _pool;
    private readonly ImmutableArray<Evaluator> _keys;
    private readonly KeyEncoder _encoder;
    private readonly KeyTable _groups;
    private readonly DictionaryGroups _dictionaryGroups;
    private readonly RowStore _keyRows;
    private readonly ImmutableArray<AggregateInput> _aggregates;
    private readonly List<int> _newRows = [];

    public AggregateTable(AggregateNode node, QueryContext execution)
    {
        _execution = execution;
        _pool = execution.Pool.CreatePart("the groups");
        _keys = [.. node.Keys.Select(execution.Compiler.Compile)];
        _encoder = new KeyEncoder([.. node.Keys.Select(key => new KeyColumn(key.Type))], _pool);
        _groups = new KeyTable(_encoder.FixedWidth, _pool);
        _dictionaryGroups = new DictionaryGroups(_pool);
        _keyRows = new RowStore(node.Keys.Select(key => key.Type), _pool);
        _aggregates = [.. node.Aggregates.Select(aggregate => new AggregateInput(aggregate, node.Keys.IsEmpty, execution, _pool))];
        if (node.Keys.IsEmpty)
        {
            HasSingleGroup = true;
            Resize(1);
        }
    }

    /// <summary>Without keys there is one group from the start.</summary>
    private bool HasSingleGroup { get; }

    /// <summary>The place of the next row in the input, by which aggregates that want an order settle what is equal.</summary>
    public long Place { get; set; }

    /// <summary>Memory that the table holds.</summary>
    public long ByteCount => _pool.ReservedBytes;

    private int GroupCount => HasSingleGroup ? 1 : _groups.Count;

    /// <summary>Adds the rows of a batch without selection, which the caller keeps.</summary>
    public void Add(Batch batch)
    {
        using var groups = new RowIndexes(batch.RowCount, _pool);
        groups.Span.Clear();
        if (!HasSingleGroup)
        {
            using var keys = new Batch([.. _keys.Select(key => key.Evaluate(_execution.Evaluation, batch))], batch.RowCount);
            if (!_dictionaryGroups.TryAssign(keys.Columns.AsSpan(), groups.Span, (rows, found) => Assign(rows, found.Span)))
            {
                Assign(keys, groups.Span);
            }
        }

        foreach (var aggregate in _aggregates)
        {
            aggregate.Add(batch, groups.Span, Place);
        }

        Place += batch.RowCount;
    }

    /// <summary>Makes sure that there is a group with these keys.</summary>
    public void AddGroup(ImmutableArray<Literal> key)
    {
        using var keys = new Batch([.. key.Select(value => ColumnValue.ToConstant(value.Type, value.Value, 1, _pool))], 1);
        Assign(keys, [0]);
    }

    /// <summary>Adds groups of another table.</summary>
    /// <param name="states">As in <see cref="AggregateStates.Groups"/>.</param>
    /// <param name="groups">Filled with the group that each has become here.</param>
    public void MergeGroups(Batch states, Span<int> groups)
    {
        groups.Clear();
        if (!HasSingleGroup)
        {
            using var keys = new Batch([.. states.Columns.Take(_keys.Length).Select(column => column.Retain())], states.RowCount);
            Assign(keys, groups);
        }

        var next = _keys.Length;
        foreach (var aggregate in _aggregates.Where(aggregate => aggregate.Kept is null))
        {
            aggregate.Accumulator.Merge(states.Columns.AsSpan(next, aggregate.StateCount), groups);
            next += aggregate.StateCount;
        }
    }

    /// <summary>Adds rows that an aggregate of another table has kept.</summary>
    /// <param name="aggregate">Its place.</param>
    /// <param name="kept">As in <see cref="AggregateStates.Kept"/>.</param>
    /// <param name="newGroups">For each of the other's groups what it is here, or -1 to leave its rows out.</param>
    public void MergeKept(int aggregate, Batch kept, ReadOnlySpan<int> newGroups) => _aggregates[aggregate].Kept!.Merge(kept, newGroups);

    /// <summary>Adds some groups of another table, with the rows kept for them.</summary>
    public void Merge(AggregateStates other, ReadOnlySpan<int> rows)
    {
        using var states = new Batch(other.Groups.TakeColumns(rows, _pool), rows.Length);
        using var groups = new RowIndexes(rows.Length, _pool);
        MergeGroups(states, groups.Span);
        using var newGroups = RowIndexes.Repeat(-1, other.Groups.RowCount, _pool);
        for (var i = 0; i < rows.Length; i++)
        {
            newGroups.Span[rows[i]] = groups.Span[i];
        }

        for (var i = 0; i < _aggregates.Length; i++)
        {
            if (other.Kept[i] is { } kept)
            {
                MergeKept(i, kept, newGroups.Span);
            }
        }
    }

    /// <summary>All groups as <see cref="Merge"/> takes them. They are used up.</summary>
    public AggregateStates TakeStates()
    {
        var count = GroupCount;
        NativeBuffer? hashes = null;
        if (!HasSingleGroup)
        {
            hashes = _pool.Allocate((long)count * sizeof(ulong), "hashes");
            _groups.Hashes.CopyTo(new Span<ulong>(hashes.Pointer, count));
        }

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
        _dictionaryGroups.Dispose();
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

    private void Resize(int groupCount)
    {
        foreach (var aggregate in _aggregates)
        {
            aggregate.Accumulator.Resize(groupCount);
        }
    }
}
