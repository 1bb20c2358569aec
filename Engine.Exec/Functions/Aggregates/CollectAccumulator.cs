using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>Appends the result for the collected rows of one group, in the order they came; there is at least one.</summary>
internal delegate void CollectedWriter(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result);

/// <summary>Keeps all rows of a group: array_agg, string_agg, median. Its partial results are arrays.</summary>
/// <param name="types">Of the arguments.</param>
/// <param name="resultType">Of the result.</param>
/// <param name="skipsNulls">Whether rows whose first argument is NULL are left out.</param>
/// <param name="write">Makes the result.</param>
/// <param name="pool">What the rows are accounted to.</param>
internal sealed unsafe class CollectAccumulator(ImmutableArray<DataType> types, DataType resultType, bool skipsNulls, CollectedWriter write, MemoryPool pool)
    : GroupedAccumulator
{
    private readonly RowStore _rows = new(types, pool);
    private readonly GrowingBuffer _groups = new(pool, "collected groups");
    private int _groupCount;
    private Collected? _collected;

    public static ImmutableArray<DataType> StateOf(ImmutableArray<DataType> types) => [.. types.Select(type => DataType.Array(type))];

    public override void Resize(int groupCount)
    {
        Reopen();
        _groupCount = groupCount;
    }

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        Reopen();
        using var rows = new RowIndexes(groups.Length, pool);
        var count = 0;
        for (var row = 0; row < groups.Length; row++)
        {
            if (!skipsNulls || !arguments[0].IsNull(row))
            {
                AddGroup(groups[row], count);
                rows.Span[count++] = row;
            }
        }

        _rows.Append(arguments, rows.Span[..count]);
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        Reopen();
        var lists = (ListColumn)states[0];
        using var items = new RowIndexes(lists.Offsets[groups.Length] - lists.Offsets[0], pool);
        var count = 0;
        for (var row = 0; row < groups.Length; row++)
        {
            // The lists of all arguments have the same lengths, so their items lie at the same places.
            for (var item = lists.Offsets[row]; item < lists.Offsets[row + 1] && !lists.IsNull(row); item++)
            {
                AddGroup(groups[row], count);
                items.Span[count++] = item;
            }
        }

        var children = new Column[states.Length];
        for (var i = 0; i < children.Length; i++)
        {
            children[i] = ((ListColumn)states[i]).Child;
        }

        _rows.Append(children, items.Span[..count]);
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount)
    {
        var collected = Collect();
        var rows = collected.RowsOf(firstGroup, groupCount);
        var states = ImmutableArray.CreateBuilder<Column>(types.Length);
        for (var i = 0; i < types.Length; i++)
        {
            var offsets = pool.Allocate((groupCount + 1L) * sizeof(int), "offsets");
            for (var group = 0; group <= groupCount; group++)
            {
                ((int*)offsets.Pointer)[group] = collected.Ends[firstGroup + group] - collected.Ends[firstGroup];
            }

            var items = collected.Rows.Columns[i].Take(rows, pool);
            states.Add(new ListColumn(DataType.Array(types[i]), groupCount, new BufferSlice(offsets), items, default));
        }

        return states.MoveToImmutable();
    }

    public override Column GetResult(int firstGroup, int groupCount)
    {
        var collected = Collect();
        using var builder = ColumnBuilder.Create(resultType, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            var rows = collected.RowsOf(group, 1);
            if (rows.IsEmpty)
            {
                builder.AppendNull();
            }
            else
            {
                write(collected.Rows.Columns, rows, builder);
            }
        }

        return builder.Finish();
    }

    public override void Dispose()
    {
        _rows.Dispose();
        _groups.Dispose();
        _collected?.Dispose();
    }

    private void AddGroup(int group, int newCount)
    {
        var place = (long)_rows.Count + newCount;
        _groups.Ensure((place + 1) * sizeof(int), place * sizeof(int));
        ((int*)_groups.Pointer)[place] = group;
    }

    /// <summary>Puts the rows of each group together, by counting.</summary>
    private Collected Collect()
    {
        if (_collected is not null)
        {
            return _collected;
        }

        var count = _rows.Count;
        var groups = new ReadOnlySpan<int>(_groups.Pointer, count);
        var collected = new Collected(new Batch(_rows.Finish(), count), _groupCount, pool);
        var ends = collected.Ends;
        foreach (var group in groups)
        {
            ends[group + 1]++;
        }

        for (var group = 0; group < _groupCount; group++)
        {
            ends[group + 1] += ends[group];
        }

        // Each group's rows go to where the group before it ends; the counts are moved up by one while they serve as cursors.
        for (var row = 0; row < count; row++)
        {
            collected.Order[ends[groups[row]]++] = row;
        }

        for (var group = _groupCount; group > 0; group--)
        {
            ends[group] = ends[group - 1];
        }

        ends[0] = 0;
        return _collected = collected;
    }

    /// <summary>Rows may come after a look at the results, as a window moves on.</summary>
    private void Reopen()
    {
        if (_collected is null)
        {
            return;
        }

        _rows.Append(_collected.Rows.Columns.AsSpan(), _collected.Rows.RowCount);
        _collected.Dispose();
        _collected = null;
    }

    /// <summary>The rows, and for each group where its row numbers lie in the order.</summary>
    private sealed class Collected(Batch rows, int groupCount, MemoryPool pool) : IDisposable
    {
        private readonly NativeBuffer _ends = pool.AllocateCleared((groupCount + 1L) * sizeof(int), "collected groups");
        private readonly NativeBuffer _order = pool.Allocate((long)rows.RowCount * sizeof(int), "collected order");

        public Batch Rows => rows;

        public int* Ends => (int*)_ends.Pointer;

        public int* Order => (int*)_order.Pointer;

        public ReadOnlySpan<int> RowsOf(int firstGroup, int count) => new(Order + Ends[firstGroup], Ends[firstGroup + count] - Ends[firstGroup]);

        public void Dispose()
        {
            rows.Dispose();
            _ends.Release();
            _order.Release();
        }
    }
}
