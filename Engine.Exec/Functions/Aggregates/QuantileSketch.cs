using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>
/// approx_percentile: the merging t-digest of Dunning and Ertl (2019), "Computing Extremely Accurate Quantiles Using t-Digests", with the scale
/// function k1 and a compression of 100. A group's centroids are pairs of mean and weight in native memory, new values behind them; when the room is
/// used up they are sorted and merged. Up to <see cref="Room"/> values quantiles are exact.
/// </summary>
internal sealed unsafe class QuantileSketch(ImmutableArray<DataType> types, DataType resultType, MemoryPool pool) : GroupedAccumulator
{
    private const int Room = 256;
    private const double Compression = 100;

    private readonly GroupStates<Centroid> _centroids = new(pool);
    private readonly GroupStates<int> _counts = new(pool);
    private readonly Dictionary<int, object?> _fractions = [];

    public override void Resize(int groupCount)
    {
        _centroids.Resize(checked(groupCount * Room), default);
        _counts.Resize(groupCount, 0);
    }

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var values = (FixedColumn)arguments[0];
        var weights = arguments.Length > 2 ? (FixedColumn)arguments[1] : null;
        var isWhole = types[0].Kind == TypeKind.BigInt;
        for (var row = 0; row < groups.Length; row++)
        {
            if (values.IsNull(row) || weights?.IsNull(row) == true)
            {
                continue;
            }

            // The fraction is the same in all rows of a group: the first one counts.
            if (!_fractions.ContainsKey(groups[row]))
            {
                _fractions[groups[row]] = ColumnValue.Get(arguments[^1], row);
            }

            var weight = weights is null ? 1 : weights.Pointer<double>()[row];
            if (!(weight > 0))
            {
                throw new Core.Errors.QueryException(
                    Core.Errors.ErrorCodes.InvalidParameterValue, $"weight of approx_percentile must be above 0: {weight.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
            }

            Add(groups[row], new Centroid(isWhole ? values.Pointer<long>()[row] : values.Pointer<double>()[row], weight));
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        for (var row = 0; row < groups.Length; row++)
        {
            foreach (var centroid in MemoryMarshal.Cast<byte, Centroid>(((TextColumn)states[0]).Bytes(row)))
            {
                Add(groups[row], centroid);
            }

            if (!states[0].IsNull(row) && ((TextColumn)states[0]).Bytes(row).Length > 0)
            {
                _fractions.TryAdd(groups[row], ColumnValue.Get(states[1], row));
            }
        }
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount)
    {
        using var digests = new TextBuilder(DataType.Varbinary, pool);
        using var fractions = ColumnBuilder.Create(types[^1], pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            digests.Append(MemoryMarshal.AsBytes(CentroidsOf(group)));
            fractions.AppendValue(_fractions.GetValueOrDefault(group));
        }

        return [digests.Finish(), fractions.Finish()];
    }

    public override Column GetResult(int firstGroup, int groupCount)
    {
        using var builder = ColumnBuilder.Create(resultType, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            var centroids = CentroidsOf(group);
            centroids.Sort((left, right) => ValueComparison.Order(left.Mean, right.Mean));
            var fraction = _fractions.GetValueOrDefault(group);
            builder.AppendValue(centroids.IsEmpty ? null : fraction switch
            {
                double number => ValueAt(centroids, number),
                ImmutableArray<object?> numbers => ValuesAt(centroids, numbers),
                _ => null,
            });
        }

        return builder.Finish();
    }

    public override void Dispose()
    {
        _centroids.Dispose();
        _counts.Dispose();
    }

    private Span<Centroid> CentroidsOf(int group) => new(_centroids.Pointer + ((long)group * Room), _counts.Pointer[group]);

    private void Add(int group, Centroid centroid)
    {
        if (_counts.Pointer[group] == Room)
        {
            _counts.Pointer[group] = Compress(CentroidsOf(group));
        }

        _centroids.Pointer[((long)group * Room) + _counts.Pointer[group]++] = centroid;
    }

    /// <summary>
    /// Merges neighbours as long as one spans no more than a unit of the scale, which is finest at both ends. The first and the last stay by themselves:
    /// they are the least value and the greatest.
    /// </summary>
    private static int Compress(Span<Centroid> centroids)
    {
        centroids.Sort((left, right) => ValueComparison.Order(left.Mean, right.Mean));
        var total = TotalOf(centroids);
        var (count, before) = (1, centroids[0].Weight);
        var limit = LimitFrom(before / total);
        for (var i = 2; i < centroids.Length - 1; i++)
        {
            var weight = centroids[count].Weight + centroids[i].Weight;
            if ((before + weight) / total <= limit)
            {
                var mean = centroids[count].Mean + ((centroids[i].Mean - centroids[count].Mean) * centroids[i].Weight / weight);
                centroids[count] = new Centroid(double.IsNaN(mean) ? centroids[i].Mean : mean, weight);
            }
            else
            {
                before += centroids[count].Weight;
                limit = LimitFrom(before / total);
                centroids[++count] = centroids[i];
            }
        }

        centroids[++count] = centroids[^1];
        return count + 1;

        static double LimitFrom(double fraction)
        {
            var k = (Compression / (2 * Math.PI) * Math.Asin((2 * fraction) - 1)) + 1;
            return k >= Compression / 4 ? 1 : (Math.Sin(k * 2 * Math.PI / Compression) + 1) / 2;
        }
    }

    private static double TotalOf(ReadOnlySpan<Centroid> centroids)
    {
        var total = 0.0;
        foreach (var centroid in centroids)
        {
            total += centroid.Weight;
        }

        return total;
    }

    private ImmutableArray<object?> ValuesAt(ReadOnlySpan<Centroid> sorted, ImmutableArray<object?> fractions)
    {
        var values = ImmutableArray.CreateBuilder<object?>(fractions.Length);
        foreach (var fraction in fractions)
        {
            values.Add(fraction is double number ? ValueAt(sorted, number) : null);
        }

        return values.MoveToImmutable();
    }

    /// <summary>Between the middles of two centroids in proportion; single values stand for themselves.</summary>
    private object ValueAt(ReadOnlySpan<Centroid> sorted, double fraction)
    {
        var value = Interpolate(sorted, Quantiles.CheckFraction(fraction));
        var isWhole = resultType.Kind == TypeKind.BigInt || resultType is ArrayType { Element.Kind: TypeKind.BigInt };
        return isWhole ? (object)(long)Math.Round(value, MidpointRounding.AwayFromZero) : value;
    }

    private static double Interpolate(ReadOnlySpan<Centroid> sorted, double fraction)
    {
        var wanted = fraction * (TotalOf(sorted) - 1);
        var (middle, last) = (double.NegativeInfinity, 0.0);
        var before = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var next = before + ((sorted[i].Weight - 1) / 2);
            if (wanted <= next)
            {
                return i == 0 || next == middle || sorted[i].Mean == last ? sorted[i].Mean : last + ((sorted[i].Mean - last) * (wanted - middle) / (next - middle));
            }

            (middle, last) = (next, sorted[i].Mean);
            before += sorted[i].Weight;
        }

        return last;
    }

    private readonly record struct Centroid(double Mean, double Weight);
}
