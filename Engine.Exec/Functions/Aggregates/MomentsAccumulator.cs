using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>Count, means and squared distances of pairs (or single numbers, as pairs with themselves), from which variances and correlations follow.</summary>
internal readonly record struct Moments(long Count, double MeanX, double MeanY, double SquaresX, double SquaresY, double Products)
{
    /// <summary>With one pair more (Welford's method: no large sums that cancel).</summary>
    public Moments Add(double x, double y)
    {
        var count = Count + 1;
        var (dx, dy) = (x - MeanX, y - MeanY);
        var (meanX, meanY) = (MeanX + (dx / count), MeanY + (dy / count));
        return new Moments(count, meanX, meanY, SquaresX + (dx * (x - meanX)), SquaresY + (dy * (y - meanY)), Products + (dx * (y - meanY)));
    }

    /// <summary>Both together (Chan's method).</summary>
    public Moments Merge(in Moments other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        var count = Count + other.Count;
        var share = (double)Count * other.Count / count;
        var (dx, dy) = (other.MeanX - MeanX, other.MeanY - MeanY);
        return new Moments(
            count,
            MeanX + (dx * other.Count / count),
            MeanY + (dy * other.Count / count),
            SquaresX + other.SquaresX + (dx * dx * share),
            SquaresY + other.SquaresY + (dy * dy * share),
            Products + other.Products + (dx * dy * share));
    }
}

/// <summary>Aggregates that are a function of <see cref="Moments"/>.</summary>
/// <param name="result">The result, or null for NULL; without a function it is the count, a bigint that is 0 of no rows.</param>
/// <param name="isLogarithmic">Whether the logarithms of the numbers count.</param>
/// <param name="pool">What the states are accounted to.</param>
internal sealed unsafe class MomentsAccumulator(Func<Moments, double?>? result, bool isLogarithmic, MemoryPool pool) : GroupedAccumulator
{
    public static readonly ImmutableArray<DataType> State = [DataType.BigInt, .. Enumerable.Repeat(DataType.Double, 5)];

    private readonly GroupStates<Moments> _moments = new(pool);

    public override void Resize(int groupCount) => _moments.Resize(groupCount, default);

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        // corr(y, x): PostgreSQL puts the dependent variable first.
        var ys = ((FixedColumn)arguments[0]).Pointer<double>();
        var xs = ((FixedColumn)arguments[^1]).Pointer<double>();
        var mayHaveNulls = arguments[0].MayHaveNulls || arguments[^1].MayHaveNulls;
        for (var row = 0; row < groups.Length; row++)
        {
            if (!mayHaveNulls || !(arguments[0].IsNull(row) || arguments[^1].IsNull(row)))
            {
                var state = _moments.Pointer + groups[row];
                *state = isLogarithmic ? state->Add(Math.Log(xs[row]), 0) : state->Add(xs[row], ys[row]);
            }
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        var counts = ((FixedColumn)states[0]).Pointer<long>();
        for (var row = 0; row < groups.Length; row++)
        {
            var other = new Moments(counts[row], Number(states, 1, row), Number(states, 2, row), Number(states, 3, row), Number(states, 4, row), Number(states, 5, row));
            var state = _moments.Pointer + groups[row];
            *state = state->Merge(other);
        }
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount)
    {
        return
        [
            Counts(firstGroup, groupCount),
            Numbers(firstGroup, groupCount, state => state.MeanX),
            Numbers(firstGroup, groupCount, state => state.MeanY),
            Numbers(firstGroup, groupCount, state => state.SquaresX),
            Numbers(firstGroup, groupCount, state => state.SquaresY),
            Numbers(firstGroup, groupCount, state => state.Products),
        ];
    }

    public override Column GetResult(int firstGroup, int groupCount) =>
        result is null ? Counts(firstGroup, groupCount) : Numbers(firstGroup, groupCount, result);

    public override void Dispose() => _moments.Dispose();

    private static double Number(ReadOnlySpan<Column> states, int place, int row) => ((FixedColumn)states[place]).Pointer<double>()[row];

    private Column Counts(int firstGroup, int groupCount)
    {
        using var counts = new FixedBuilder<long>(DataType.BigInt, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            counts.Append(_moments.Pointer[group].Count);
        }

        return counts.Finish();
    }

    private Column Numbers(int firstGroup, int groupCount, Func<Moments, double?> number)
    {
        using var builder = new FixedBuilder<double>(DataType.Double, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            if (number(_moments.Pointer[group]) is { } value)
            {
                builder.Append(value);
            }
            else
            {
                builder.AppendNull();
            }
        }

        return builder.Finish();
    }
}
