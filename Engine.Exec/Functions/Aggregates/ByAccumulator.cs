using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>max_by and min_by: the value of the row whose key is the greatest or least; of equal keys the first that comes.</summary>
internal sealed class ByAccumulator(DataType valueType, DataType keyType, int sign, MemoryPool pool) : GroupedAccumulator
{
    private const int MinPackedRows = 1 << 16;

    private readonly List<(Column Values, Column Keys)> _kept = [];
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
        var keys = arguments[1];
        var winnersHere = new Dictionary<int, int>();
        for (var row = 0; row < groups.Length; row++)
        {
            if (keys.IsNull(row))
            {
                continue;
            }

            var (part, place) = _winners[groups[row]];
            var isBetter = winnersHere.TryGetValue(groups[row], out var best)
                ? ValueComparison.Compare(keys, row, keys, best) * sign > 0
                : part < 0 || ValueComparison.Compare(keys, row, _kept[part].Keys, place) * sign > 0;
            if (isBetter)
            {
                winnersHere[groups[row]] = row;
            }
        }

        if (winnersHere.Count == 0)
        {
            return;
        }

        int[] rows = [.. winnersHere.Values];
        _kept.Add((Copy(arguments[0], valueType, rows), Copy(keys, keyType, rows)));
        _keptRows += rows.Length;
        var next = 0;
        foreach (var group in winnersHere.Keys)
        {
            _winners[group] = (_kept.Count - 1, next++);
        }

        if (_keptRows > MinPackedRows + (2L * _groupCount))
        {
            Pack();
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups) => Update(states, groups);

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount) =>
        [GetResult(firstGroup, groupCount), Collect(keyType, part => part.Keys, firstGroup, groupCount)];

    public override Column GetResult(int firstGroup, int groupCount) => Collect(valueType, part => part.Values, firstGroup, groupCount);

    public override void Dispose() => Release();

    private Column Copy(Column source, DataType type, int[] rows)
    {
        using var builder = ColumnBuilder.Create(type, pool);
        builder.AppendFlat(source, rows);
        return builder.Finish();
    }

    private Column Collect(DataType type, Func<(Column Values, Column Keys), Column> column, int firstGroup, int groupCount)
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
                builder.AppendFlat(column(_kept[part]), [row]);
            }
        }

        return builder.Finish();
    }

    private void Pack()
    {
        var packed = (GetResult(0, _groupCount), Collect(keyType, part => part.Keys, 0, _groupCount));
        Release();
        _kept.Add(packed);
        _keptRows = _groupCount;
        for (var group = 0; group < _groupCount; group++)
        {
            _winners[group] = _winners[group].Part < 0 ? (-1, -1) : (0, group);
        }
    }

    private void Release()
    {
        foreach (var (values, keys) in _kept)
        {
            values.Dispose();
            keys.Dispose();
        }

        _kept.Clear();
    }
}
