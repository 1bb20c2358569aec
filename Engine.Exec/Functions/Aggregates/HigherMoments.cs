using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>
/// Count, mean, and sums of the second to fourth powers of distances from the mean. Two are merged by the formulas of Pébay (2008), "Formulas for
/// Robust, One-Pass Parallel Computation of Covariances and Arbitrary-Order Statistical Moments".
/// </summary>
internal readonly record struct Powers(double Count, double Mean, double Second, double Third, double Fourth)
{
    public Powers Merge(in Powers other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        var (a, b, n) = (Count, other.Count, Count + other.Count);
        var d = other.Mean - Mean;
        return new Powers(
            n,
            Mean + (d * b / n),
            Second + other.Second + (d * d * a * b / n),
            Third + other.Third + (d * d * d * a * b * (a - b) / (n * n)) + (3 * d * ((a * other.Second) - (b * Second)) / n),
            Fourth + other.Fourth + (d * d * d * d * a * b * ((a * a) - (a * b) + (b * b)) / (n * n * n))
                + (6 * d * d * ((a * a * other.Second) + (b * b * Second)) / (n * n)) + (4 * d * ((a * other.Third) - (b * Third)) / n));
    }
}

/// <summary>Aggregates that are a function of <see cref="Powers"/>.</summary>
internal sealed unsafe class PowersAccumulator(Func<Powers, double?> result, MemoryPool pool) : GroupedAccumulator
{
    public static readonly ImmutableArray<DataType> State = [.. Enumerable.Repeat(DataType.Double, 5)];

    private readonly GroupStates<Powers> _powers = new(pool);

    public override void Resize(int groupCount) => _powers.Resize(groupCount, default);

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var values = ((FixedColumn)arguments[0]).Pointer<double>();
        for (var row = 0; row < groups.Length; row++)
        {
            if (!arguments[0].IsNull(row))
            {
                var state = _powers.Pointer + groups[row];
                *state = state->Merge(new Powers(1, values[row], 0, 0, 0));
            }
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        for (var row = 0; row < groups.Length; row++)
        {
            var state = _powers.Pointer + groups[row];
            *state = state->Merge(new Powers(Number(states, 0, row), Number(states, 1, row), Number(states, 2, row), Number(states, 3, row), Number(states, 4, row)));
        }
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount) =>
    [
        Numbers(firstGroup, groupCount, state => state.Count),
        Numbers(firstGroup, groupCount, state => state.Mean),
        Numbers(firstGroup, groupCount, state => state.Second),
        Numbers(firstGroup, groupCount, state => state.Third),
        Numbers(firstGroup, groupCount, state => state.Fourth),
    ];

    public override Column GetResult(int firstGroup, int groupCount) => Numbers(firstGroup, groupCount, result);

    public override void Dispose() => _powers.Dispose();

    private static double Number(ReadOnlySpan<Column> states, int place, int row) => ((FixedColumn)states[place]).Pointer<double>()[row];

    private Column Numbers(int firstGroup, int groupCount, Func<Powers, double?> number)
    {
        using var builder = new FixedBuilder<double>(DataType.Double, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            builder.AppendValue(number(_powers.Pointer[group]));
        }

        return builder.Finish();
    }
}
