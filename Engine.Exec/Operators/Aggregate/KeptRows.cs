using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Keys;
using Engine.Exec.Operators.Sort;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>
/// The input of an aggregate with DISTINCT or ORDER BY, kept until all rows are there and then fed in order. A kept row is the arguments, the sort
/// keys, the row's place in the input, and its group; with DISTINCT each group's arguments are kept once.
/// </summary>
internal sealed unsafe class KeptRows : IDisposable
{
    private readonly AggregateSpecification _specification;
    private readonly QueryContext _execution;
    private readonly ImmutableArray<Evaluator> _sortKeys;
    private readonly ImmutableArray<DataType> _types;
    private readonly RowStore _rows;
    private readonly KeyEncoder? _distinctKeys;
    private readonly KeyTable? _distinct;
    private readonly List<int> _newRows = [];
    private readonly bool _sortsFed;

    public KeptRows(AggregateSpecification specification, QueryContext execution, MemoryPool pool)
    {
        _specification = specification;
        _execution = execution;
        _sortKeys = [.. specification.OrderBy.Select(key => execution.Compiler.Compile(key.Value))];
        _types =
        [
            .. specification.Arguments.Select(argument => argument.Type),
            .. specification.OrderBy.Select(key => key.Value.Type),
            DataType.BigInt,
            DataType.Integer,
        ];
        _rows = new RowStore(_types, pool);
        _sortsFed = execution.Functions.FindAggregate(specification.Function)!.DependsOnOrder;
        if (specification.IsDistinct)
        {
            _distinctKeys = new KeyEncoder([new KeyColumn(DataType.Integer), .. specification.Arguments.Select(argument => new KeyColumn(argument.Type))], pool);
            _distinct = new KeyTable(_distinctKeys.FixedWidth, pool);
        }
    }

    private int ArgumentCount => _specification.Arguments.Length;

    /// <summary>Adds rows; row i belongs to <paramref name="groups"/>[i]. The rows' places follow on from the first's.</summary>
    public void Add(Batch batch, ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups, long firstPlace)
    {
        using var keys = new Batch([.. _sortKeys.Select(key => key.Evaluate(_execution.Evaluation, batch))], batch.RowCount);
        var places = _execution.Pool.Allocate(groups.Length * sizeof(long), "places");
        for (var row = 0; row < groups.Length; row++)
        {
            ((long*)places.Pointer)[row] = firstPlace + row;
        }

        using var place = new FixedColumn(DataType.BigInt, groups.Length, new BufferSlice(places), default);
        using var group = GroupColumn(groups);
        Keep([.. arguments, .. keys.Columns, place, group], groups.Length);
    }

    /// <summary>Adds what another driver has kept.</summary>
    /// <param name="kept">As <see cref="Take"/> gave it.</param>
    /// <param name="newGroups">For each of the other's groups the group here, or -1 to leave its rows out.</param>
    public void Merge(Batch kept, ReadOnlySpan<int> newGroups)
    {
        var oldGroups = ((FixedColumn)kept.Columns[^1]).Values<int>();
        var rows = new List<int>();
        var groups = new List<int>();
        for (var row = 0; row < oldGroups.Length; row++)
        {
            if (newGroups[oldGroups[row]] >= 0)
            {
                rows.Add(row);
                groups.Add(newGroups[oldGroups[row]]);
            }
        }

        using var part = new Batch([.. kept.Columns.SkipLast(1).Select(column => column.Take(CollectionsMarshal.AsSpan(rows), _execution.Pool))], rows.Count);
        using var group = GroupColumn(CollectionsMarshal.AsSpan(groups));
        Keep([.. part.Columns, group], rows.Count);
    }

    /// <summary>All that is kept; nothing is kept any more.</summary>
    public Batch Take()
    {
        var count = _rows.Count;
        return new Batch(_rows.Finish(), count);
    }

    /// <summary>Feeds all rows, in order, to the accumulator; nothing is kept any more.</summary>
    public void Feed(GroupedAccumulator accumulator)
    {
        using var rows = Take();
        if (_sortsFed)
        {
            FeedSorted(rows, accumulator);
            return;
        }

        for (var start = 0; start < rows.RowCount; start += Batch.DefaultRowCount)
        {
            using var part = rows.Slice(start, Math.Min(Batch.DefaultRowCount, rows.RowCount - start), _execution.Pool);
            Feed(part, accumulator);
        }
    }

    public void Dispose()
    {
        foreach (var key in _sortKeys)
        {
            key.Dispose();
        }

        _rows.Dispose();
        _distinctKeys?.Dispose();
        _distinct?.Dispose();
    }

    /// <summary>By ORDER BY and, where that leaves a choice, by place; distinct arguments without ORDER BY by themselves, as PostgreSQL gives them.</summary>
    private void FeedSorted(Batch rows, GroupedAccumulator accumulator)
    {
        ImmutableArray<KeyColumn> order = _sortKeys.IsEmpty
            ? [.. _specification.Arguments.Select(argument => new KeyColumn(argument.Type))]
            : [.. _specification.OrderBy.Select(key => new KeyColumn(key.Value.Type, key.IsDescending, key.NullsFirst)), new KeyColumn(DataType.BigInt)];
        var keys = _sortKeys.IsEmpty ? ..ArgumentCount : ArgumentCount..^1;
        using var buffer = new SortBuffer(order, _types, bound: null, _execution.Pool);
        for (var start = 0; start < rows.RowCount; start += Batch.DefaultRowCount)
        {
            using var part = rows.Slice(start, Math.Min(Batch.DefaultRowCount, rows.RowCount - start), _execution.Pool);
            buffer.Append(part.Columns.AsSpan()[keys], part.Columns.AsSpan(), part.RowCount);
        }

        using var sorted = buffer.Finish();
        for (var start = 0; start < sorted.RowCount; start += Batch.DefaultRowCount)
        {
            using var part = sorted.Read(start, Math.Min(Batch.DefaultRowCount, sorted.RowCount - start), _execution.Pool);
            Feed(part, accumulator);
        }
    }

    private void Feed(Batch rows, GroupedAccumulator accumulator) =>
        accumulator.Update(rows.Columns.AsSpan()[..ArgumentCount], ((FixedColumn)rows[_types.Length - 1]).Values<int>());

    private FixedColumn GroupColumn(ReadOnlySpan<int> groups)
    {
        var buffer = _execution.Pool.Allocate(groups.Length * sizeof(int), "groups");
        groups.CopyTo(new Span<int>(buffer.Pointer, groups.Length));
        return new FixedColumn(DataType.Integer, groups.Length, new BufferSlice(buffer), default);
    }

    private void Keep(Column[] columns, int rowCount)
    {
        if (_distinct is null)
        {
            _rows.Append(columns, rowCount);
            return;
        }

        _newRows.Clear();
        using var places = new RowIndexes(rowCount, _execution.Pool);
        _distinct.FindOrAdd(_distinctKeys!.Encode([columns[^1], .. columns[..ArgumentCount]], rowCount), places.Span, _newRows);
        _rows.Append(columns, CollectionsMarshal.AsSpan(_newRows));
    }
}
