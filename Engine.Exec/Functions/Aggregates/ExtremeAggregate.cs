using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>min, max and any_value over fixed-width values.</summary>
/// <param name="type">Of argument and result.</param>
/// <param name="sign">1 for the greatest, -1 for the least, 0 for the first that comes.</param>
/// <param name="pool">What the states are accounted to.</param>
internal sealed unsafe class FixedExtremeAccumulator<T>(DataType type, int sign, MemoryPool pool) : GroupedAccumulator
    where T : unmanaged, IComparable<T>
{
    private readonly GroupStates<T> _best = new(pool);
    private readonly GroupStates<byte> _isKnown = new(pool);

    public override void Resize(int groupCount)
    {
        _best.Resize(groupCount, default);
        _isKnown.Resize(groupCount, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var values = ((FixedColumn)arguments[0]).Pointer<T>();
        var mayHaveNulls = arguments[0].MayHaveNulls;
        for (var row = 0; row < groups.Length; row++)
        {
            if (mayHaveNulls && arguments[0].IsNull(row))
            {
                continue;
            }

            var group = groups[row];
            if (_isKnown.Pointer[group] == 0 || ValueComparison.Order(values[row], _best.Pointer[group]) * sign > 0)
            {
                _best.Pointer[group] = values[row];
                _isKnown.Pointer[group] = 1;
            }
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups) => Update(states, groups);

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount) => [GetResult(firstGroup, groupCount)];

    public override Column GetResult(int firstGroup, int groupCount)
    {
        using var builder = new FixedBuilder<T>(type, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            builder.Append(_best.Pointer[group]);
            if (_isKnown.Pointer[group] == 0)
            {
                builder.MakeLastNull();
            }
        }

        return builder.Finish();
    }

    public override void Dispose()
    {
        _best.Dispose();
        _isKnown.Dispose();
    }
}

/// <summary>
/// min, max and any_value over values of any type: the rows that won a batch are kept as they came, and each group knows where its winner is. When
/// most kept rows have lost since, the winners are moved together.
/// </summary>
internal sealed class ExtremeAccumulator(DataType type, int sign, MemoryPool pool) : GroupedAccumulator
{
    private const int MinPackedRows = 1 << 16;

    private readonly List<Column> _kept = [];
    private (int Part, int Row)[] _winners = [];
    private int _groupCount;
    private long _keptRows;

    public override void Resize(int groupCount)
    {
        var before = _winners.Length;
        if (groupCount > before)
        {
            Array.Resize(ref _winners, Math.Max(groupCount, before * 2));
            _winners.AsSpan(before).Fill((-1, -1));
        }

        _groupCount = groupCount;
    }

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var values = arguments[0];
        var winnersHere = new Dictionary<int, int>();
        for (var row = 0; row < groups.Length; row++)
        {
            if (!values.IsNull(row) && (winnersHere.TryGetValue(groups[row], out var best) ? IsBetter(values, row, values, best) : BeatsKept(values, row, groups[row])))
            {
                winnersHere[groups[row]] = row;
            }
        }

        if (winnersHere.Count == 0)
        {
            return;
        }

        Keep(values, [.. winnersHere.Values]);
        var place = 0;
        foreach (var group in winnersHere.Keys)
        {
            _winners[group] = (_kept.Count - 1, place++);
        }

        if (_keptRows > MinPackedRows + (2L * _groupCount))
        {
            Pack();
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups) => Update(states, groups);

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount) => [GetResult(firstGroup, groupCount)];

    public override Column GetResult(int firstGroup, int groupCount)
    {
        using var builder = ColumnBuilder.Create(type, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            var (part, row) = _winners[group];
            if (part < 0)
            {
                builder.AppendNull();
            }
            else
            {
                builder.AppendFlat(_kept[part], [row]);
            }
        }

        return builder.Finish();
    }

    public override void Dispose() => _kept.ForEach(part => part.Dispose());

    private bool BeatsKept(Column values, int row, int group)
    {
        var (part, place) = _winners[group];
        return part < 0 || IsBetter(values, row, _kept[part], place);
    }

    private bool IsBetter(Column values, int row, Column others, int other) => sign != 0 && ValueComparison.Compare(values, row, others, other) * sign > 0;

    /// <summary>Copies rows, so that no batch stays alive for a few of them.</summary>
    private void Keep(Column values, int[] rows)
    {
        using var builder = ColumnBuilder.Create(type, pool);
        builder.AppendFlat(values, rows);
        _kept.Add(builder.Finish());
        _keptRows += rows.Length;
    }

    private void Pack()
    {
        var packed = GetResult(0, _groupCount);
        _kept.ForEach(part => part.Dispose());
        _kept.Clear();
        _kept.Add(packed);
        _keptRows = _groupCount;
        for (var group = 0; group < _groupCount; group++)
        {
            _winners[group] = _winners[group].Part < 0 ? (-1, -1) : (0, group);
        }
    }
}
