using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>Quantiles, exact ones over all values and approximate ones by a sketch. A fraction, or an array of fractions, says which.</summary>
internal static unsafe class Quantiles
{
    private static readonly ArrayParameter Fractions = new(DataType.Double);

    public static readonly ImmutableArray<AggregateFunction> All =
    [
        new(
            Info("percentile_cont(value, fraction)", "The value below which a fraction of all lies, between two values if need be; also as percentile_cont(fraction) WITHIN GROUP (ORDER BY value).", "percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (2)) t(x) = 1.5", "quantile_cont"),
            [
                CollectedAggregates.Of([DataType.Double, DataType.Double], _ => DataType.Double, skipsNulls: true, WriteBetween),
                CollectedAggregates.Of([DataType.Double, Fractions], _ => DataType.Array(DataType.Double), skipsNulls: true, WriteAllBetween),
                CollectedAggregates.Of([DataType.Interval, DataType.Double], _ => DataType.Interval, skipsNulls: true, WriteIntervalBetween),
            ]),
        new(
            Info("percentile_disc(value, fraction)", "The first value up to which at least a fraction of all lies; also as percentile_disc(fraction) WITHIN GROUP (ORDER BY value).", "percentile_disc(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (2)) t(x) = 1", "quantile_disc", "quantile"),
            [
                CollectedAggregates.Of([AnyParameter.T, DataType.Double], types => types[0], skipsNulls: true, (columns, rows, result) => WriteAt(columns, rows, result, isDescending: false)),
                CollectedAggregates.Of([AnyParameter.T, Fractions], types => new ArrayType(types[0]), skipsNulls: true, (columns, rows, result) => WriteAllAt(columns, rows, result, isDescending: false)),
            ]),
        new(
            Info("percentile_disc_desc(value, fraction)", "percentile_disc over descending values, for WITHIN GROUP (ORDER BY value DESC).", "percentile_disc(0.5) WITHIN GROUP (ORDER BY x DESC) FROM (VALUES (1), (2)) t(x) = 2"),
            [
                CollectedAggregates.Of([AnyParameter.T, DataType.Double], types => types[0], skipsNulls: true, (columns, rows, result) => WriteAt(columns, rows, result, isDescending: true)),
                CollectedAggregates.Of([AnyParameter.T, Fractions], types => new ArrayType(types[0]), skipsNulls: true, (columns, rows, result) => WriteAllAt(columns, rows, result, isDescending: true)),
            ]),
        new(
            Info("approx_percentile(value, fraction)", "About the value below which a fraction of all lies, by a t-digest; with three arguments the second is a weight.", "approx_percentile(x, 0.5) FROM (VALUES (1), (2), (3)) t(x) = 2", "approx_quantile"),
            [
                Approximate([DataType.BigInt, DataType.Double], DataType.BigInt),
                Approximate([DataType.BigInt, Fractions], DataType.BigInt),
                Approximate([DataType.Double, DataType.Double], DataType.Double),
                Approximate([DataType.Double, Fractions], DataType.Double),
                Approximate([DataType.BigInt, DataType.Double, DataType.Double], DataType.BigInt),
                Approximate([DataType.BigInt, DataType.Double, Fractions], DataType.BigInt),
                Approximate([DataType.Double, DataType.Double, DataType.Double], DataType.Double),
                Approximate([DataType.Double, DataType.Double, Fractions], DataType.Double),
            ]),
    ];

    /// <summary>The doubles of some rows, ascending.</summary>
    public static double[] Sorted(Column column, ReadOnlySpan<int> rows)
    {
        var all = ((FixedColumn)column).Values<double>();
        var values = new double[rows.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = all[rows[i]];
        }

        values.AsSpan().Sort(ValueComparison.Order);
        return values;
    }

    /// <summary>The value at a fraction of the way from the first to the last; between two of them as far as the fraction goes.</summary>
    /// <param name="sorted">At least one value, ascending.</param>
    /// <param name="fraction">0 to 1.</param>
    public static double Between(ReadOnlySpan<double> sorted, double fraction)
    {
        var place = fraction * (sorted.Length - 1);
        var low = (int)Math.Floor(place);
        var high = (int)Math.Ceiling(place);
        return low == high || sorted[low] == sorted[high] ? sorted[low] : sorted[low] + ((sorted[high] - sorted[low]) * (place - low));
    }

    /// <exception cref="QueryException">22003 when it is not from 0 to 1.</exception>
    public static double CheckFraction(double fraction) => fraction is >= 0 and <= 1
        ? fraction
        : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"percentile value {fraction.ToString(System.Globalization.CultureInfo.InvariantCulture)} is not between 0 and 1");

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, "aggregate", description, example) { Aliases = aliases };

    private static AggregateOverload Approximate(ImmutableArray<ParameterType> parameters, DataType value) => new(
        parameters,
        _ => parameters[^1] is ArrayParameter ? DataType.Array(value) : value,
        types => [DataType.Varbinary, types[^1]],
        (binding, pool) => new QuantileSketch(binding.ArgumentTypes, binding.ResultType, pool));

    private static double? FractionOf(Column fractions, int row) => fractions.IsNull(row) ? null : CheckFraction(((FixedColumn)fractions).Pointer<double>()[row]);

    private static void WriteBetween(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result) =>
        result.AppendValue(FractionOf(columns[1], rows[0]) is { } fraction ? Between(Sorted(columns[0], rows), fraction) : null);

    private static void WriteAllBetween(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result)
    {
        var values = Sorted(columns[0], rows);
        WriteAll(columns[1], rows[0], (ListBuilder)result, (fraction, items) => items.AppendValue(Between(values, fraction)));
    }

    private static void WriteAll(Column fractions, int row, ListBuilder result, Action<double, ColumnBuilder> write)
    {
        var lists = (ListColumn)fractions;
        if (lists.IsNull(row))
        {
            result.AppendNull();
            return;
        }

        for (var item = lists.Offsets[row]; item < lists.Offsets[row + 1]; item++)
        {
            if (FractionOf(lists.Child, item) is { } fraction)
            {
                write(fraction, result.Items);
            }
            else
            {
                result.Items.AppendNull();
            }
        }

        result.EndRow();
    }

    private static void WriteIntervalBetween(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result)
    {
        if (FractionOf(columns[1], rows[0]) is not { } fraction)
        {
            result.AppendNull();
            return;
        }

        var sorted = InOrder(columns[0], rows, isDescending: false);
        var place = fraction * (sorted.Length - 1);
        var low = (int)Math.Floor(place);
        var values = ((FixedColumn)columns[0]).Pointer<Interval>();
        var (first, second) = (values[sorted[low]], values[sorted[(int)Math.Ceiling(place)]]);
        var share = place - low;

        // A part of a month counts 30 days to it, a part of a day 24 hours, as intervals are multiplied.
        var months = (second.Months - first.Months) * share;
        var days = ((second.Days - first.Days) * share) + ((months - Math.Truncate(months)) * 30);
        var micros = ((second.Micros - first.Micros) * share) + ((days - Math.Truncate(days)) * Core.Text.Calendar.MicrosPerDay);
        ((FixedBuilder<Interval>)result).Append(new Interval(first.Months + (int)months, first.Days + (int)days, first.Micros + (long)Math.Round(micros)));
    }

    private static int[] InOrder(Column values, ReadOnlySpan<int> rows, bool isDescending)
    {
        var sorted = rows.ToArray();
        sorted.AsSpan().Sort((left, right) => isDescending ? ValueComparison.Compare(values, right, values, left) : ValueComparison.Compare(values, left, values, right));
        return sorted;
    }

    private static int PlaceOf(double fraction, int count) => Math.Max((int)Math.Ceiling(fraction * count) - 1, 0);

    private static void WriteAt(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result, bool isDescending)
    {
        if (FractionOf(columns[1], rows[0]) is { } fraction)
        {
            result.AppendFlat(columns[0], [InOrder(columns[0], rows, isDescending)[PlaceOf(fraction, rows.Length)]]);
        }
        else
        {
            result.AppendNull();
        }
    }

    private static void WriteAllAt(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result, bool isDescending)
    {
        var sorted = InOrder(columns[0], rows, isDescending);
        WriteAll(columns[1], rows[0], (ListBuilder)result, (fraction, items) => items.AppendFlat(columns[0], [sorted[PlaceOf(fraction, sorted.Length)]]));
    }
}
