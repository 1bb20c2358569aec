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

    public override void UpdateFirst(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var values = (FixedColumn)arguments[0];
        var isIntegral = typeof(T) == typeof(sbyte) || typeof(T) == typeof(short) || typeof(T) == typeof(int) || typeof(T) == typeof(long);
        if (sign == 0 || !isIntegral)
        {
            Update(arguments, groups);
            return;
        }

        var isKnown = sizeof(T) switch
        {
            1 => TryFind<sbyte>(values, out var best) && Take((T)(object)best),
            2 => TryFind<short>(values, out var best) && Take((T)(object)best),
            4 => TryFind<int>(values, out var best) && Take((T)(object)best),
            _ => TryFind<long>(values, out var best) && Take((T)(object)best),
        };
        _isKnown.Pointer[0] |= isKnown ? (byte)1 : (byte)0;
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

    private bool TryFind<TValue>(FixedColumn values, out TValue best)
        where TValue : unmanaged, System.Numerics.IBinaryInteger<TValue> =>
        WholeColumn.TryFindExtreme(values.Pointer<TValue>(), values.Validity, values.Length, sign > 0, out best);

    /// <summary>Makes a value of the first group its best if it is.</summary>
    private bool Take(T value)
    {
        if (_isKnown.Pointer[0] == 0 || ValueComparison.Order(value, _best.Pointer[0]) * sign > 0)
        {
            _best.Pointer[0] = value;
        }

        return true;
    }

    public override void Dispose()
    {
        _best.Dispose();
        _isKnown.Dispose();
    }
}
