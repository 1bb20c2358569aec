using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>Appends the result for the collected rows of one group, in the order they came; there is at least one.</summary>
internal delegate void CollectedWriter(IReadOnlyList<(ImmutableArray<Column> Columns, int Row)> rows, ColumnBuilder result);

/// <summary>Keeps all rows of a group: array_agg, string_agg, median. Its partial results are arrays.</summary>
/// <param name="types">Of the arguments.</param>
/// <param name="resultType">Of the result.</param>
/// <param name="skipsNulls">Whether rows whose first argument is NULL are left out.</param>
/// <param name="write">Makes the result.</param>
/// <param name="pool">What the rows are accounted to.</param>
internal sealed unsafe class CollectAccumulator(ImmutableArray<DataType> types, DataType resultType, bool skipsNulls, CollectedWriter write, MemoryPool pool)
    : GroupedAccumulator
{
    private readonly List<(ImmutableArray<Column> Columns, int[] Groups)> _parts = [];
    private List<(ImmutableArray<Column> Columns, int Row)>?[]? _byGroup;
    private int _groupCount;

    public static ImmutableArray<DataType> StateOf(ImmutableArray<DataType> types) => [.. types.Select(type => DataType.Array(type))];

    public override void Resize(int groupCount)
    {
        _groupCount = groupCount;
        _byGroup = null;
    }

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var rows = new List<int>(groups.Length);
        for (var row = 0; row < groups.Length; row++)
        {
            if (!skipsNulls || !arguments[0].IsNull(row))
            {
                rows.Add(row);
            }
        }

        var kept = new int[rows.Count];
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = groups[rows[i]];
        }

        Keep(arguments, rows.ToArray(), kept);
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        var lists = (ListColumn)states[0];
        var items = new List<int>();
        var kept = new List<int>();
        for (var row = 0; row < groups.Length; row++)
        {
            for (var item = lists.Offsets[row]; item < lists.Offsets[row + 1] && !lists.IsNull(row); item++)
            {
                // The lists of all arguments have the same lengths, so their items lie at the same places.
                items.Add(item);
                kept.Add(groups[row]);
            }
        }

        var children = new Column[states.Length];
        for (var i = 0; i < children.Length; i++)
        {
            children[i] = ((ListColumn)states[i]).Child;
        }

        Keep(children, items.ToArray(), kept.ToArray());
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount)
    {
        var states = ImmutableArray.CreateBuilder<Column>(types.Length);
        for (var i = 0; i < types.Length; i++)
        {
            using var builder = new ListBuilder(DataType.Array(types[i]), pool);
            for (var group = firstGroup; group < firstGroup + groupCount; group++)
            {
                foreach (var (columns, row) in RowsOf(group))
                {
                    builder.Items.AppendFlat(columns[i], [row]);
                }

                builder.EndRow();
            }

            states.Add(builder.Finish());
        }

        return states.MoveToImmutable();
    }

    public override Column GetResult(int firstGroup, int groupCount)
    {
        using var builder = ColumnBuilder.Create(resultType, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            if (RowsOf(group) is { Count: > 0 } rows)
            {
                write(rows, builder);
            }
            else
            {
                builder.AppendNull();
            }
        }

        return builder.Finish();
    }

    public override void Dispose()
    {
        foreach (var (columns, _) in _parts)
        {
            foreach (var column in columns)
            {
                column.Dispose();
            }
        }
    }

    /// <summary>Copies rows, so that no batch stays alive for a few of them.</summary>
    private void Keep(ReadOnlySpan<Column> columns, int[] rows, int[] groups)
    {
        if (rows.Length == 0)
        {
            return;
        }

        var copies = ImmutableArray.CreateBuilder<Column>(columns.Length);
        for (var i = 0; i < columns.Length; i++)
        {
            using var builder = ColumnBuilder.Create(types[i], pool);
            builder.AppendFlat(columns[i], rows);
            copies.Add(builder.Finish());
        }

        _parts.Add((copies.MoveToImmutable(), groups));
        _byGroup = null;
    }

    private List<(ImmutableArray<Column> Columns, int Row)> RowsOf(int group)
    {
        if (_byGroup is null)
        {
            _byGroup = new List<(ImmutableArray<Column>, int)>?[_groupCount];
            foreach (var (columns, groups) in _parts)
            {
                for (var row = 0; row < groups.Length; row++)
                {
                    (_byGroup[groups[row]] ??= []).Add((columns, row));
                }
            }
        }

        return _byGroup[group] ?? [];
    }
}
