using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>
/// The row of each group whose key wins, of equal ones the first that comes: min, max and any_value over values of any type, which are their own
/// keys; max_by and min_by, whose key is the last argument. Rows that won in a batch are copied, and each group knows where its winner is. When most
/// copies have lost since, the winners are moved together.
/// </summary>
/// <param name="types">Of the arguments; the first is the result's, the last the key's.</param>
/// <param name="sign">1 for the greatest key, -1 for the least, 0 for the first that comes, <see cref="Last"/> for the last.</param>
/// <param name="pool">What the rows are accounted to.</param>
internal sealed unsafe class WinnerAccumulator(ImmutableArray<DataType> types, int sign, MemoryPool pool) : GroupedAccumulator
{
    public const int Last = 2;

    private const int MinPackedRows = 1 << 16;

    private readonly GroupStates<Place> _winners = new(pool);
    private readonly List<ImmutableArray<Column>> _parts = [];
    private readonly List<int> _groupsWonHere = [];
    private long _keptRows;

    public override void Resize(int groupCount) => _winners.Resize(groupCount, Place.None);

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        // While the batch is looked at, it counts as the part after those that are kept.
        var here = _parts.Count;
        var keys = arguments[^1];
        _groupsWonHere.Clear();
        for (var row = 0; row < groups.Length; row++)
        {
            var winner = _winners.Pointer + groups[row];
            if (keys.IsNull(row) || (winner->Part >= 0 && !IsBetter(keys, row, winner->Part == here ? keys : _parts[winner->Part][^1], winner->Row)))
            {
                continue;
            }

            if (winner->Part != here)
            {
                _groupsWonHere.Add(groups[row]);
            }

            *winner = new Place(here, row);
        }

        if (_groupsWonHere.Count > 0)
        {
            KeepWinners(arguments);
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups) => Update(states, groups);

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount)
    {
        var states = ImmutableArray.CreateBuilder<Column>(types.Length);
        for (var column = 0; column < types.Length; column++)
        {
            states.Add(Collect(column, firstGroup, groupCount));
        }

        return states.MoveToImmutable();
    }

    public override Column GetResult(int firstGroup, int groupCount) => Collect(0, firstGroup, groupCount);

    public override void Dispose()
    {
        _winners.Dispose();
        Release();
    }

    private bool IsBetter(Column keys, int row, Column others, int other) =>
        sign == Last || (sign != 0 && ValueComparison.Compare(keys, row, others, other) * sign > 0);

    /// <summary>Copies the batch's winners, so that no batch stays alive for a few rows.</summary>
    private void KeepWinners(ReadOnlySpan<Column> arguments)
    {
        using var rows = new RowIndexes(_groupsWonHere.Count, pool);
        for (var i = 0; i < rows.Count; i++)
        {
            var winner = _winners.Pointer + _groupsWonHere[i];
            rows.Span[i] = winner->Row;
            winner->Row = i;
        }

        using var store = new RowStore(types, pool);
        store.Append(arguments, rows.Span);
        _parts.Add(store.Finish());
        _keptRows += rows.Count;
        if (_keptRows > MinPackedRows + (2L * _winners.Count))
        {
            Pack();
        }
    }

    private Column Collect(int column, int firstGroup, int groupCount)
    {
        using var builder = ColumnBuilder.Create(types[column], pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            var (part, row) = _winners.Pointer[group];
            if (part < 0)
            {
                builder.AppendNull();
            }
            else
            {
                builder.AppendFlat(_parts[part][column], [row]);
            }
        }

        return builder.Finish();
    }

    private void Pack()
    {
        var packed = GetState(0, _winners.Count);
        Release();
        _parts.Add(packed);
        _keptRows = _winners.Count;
        for (var group = 0; group < _winners.Count; group++)
        {
            var winner = _winners.Pointer + group;
            *winner = winner->Part < 0 ? Place.None : new Place(0, group);
        }
    }

    private void Release()
    {
        foreach (var column in _parts.SelectMany(part => part))
        {
            column.Dispose();
        }

        _parts.Clear();
    }

    /// <summary>A row of a part.</summary>
    private record struct Place(int Part, int Row)
    {
        public static readonly Place None = new(-1, -1);
    }
}
