using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>Aggregates that look at all rows of a group at once: maps, sets, documents, counts by value, the first of an order.</summary>
internal static unsafe class CollectedAggregates
{
    private static readonly AnyParameter K = new("K");
    private static readonly AnyParameter V = new("V");
    private static readonly DataType Histogram = new MapType(DataType.Double, DataType.Double);

    public static readonly ImmutableArray<AggregateFunction> All =
    [
        new(
            Info("set_agg(value)", "The different values, NULL among them, as an array.", "cardinality(set_agg(x)) FROM (VALUES (1), (2), (1)) t(x) = 2"),
            [Of([AnyParameter.T], types => new ArrayType(types[0]), skipsNulls: false, (columns, rows, result) => WriteSet(columns[0], rows, (ListBuilder)result))])
        {
            IgnoresDistinct = true,
        },
        new(
            Info("set_union(array)", "The different items of all arrays.", "cardinality(set_union(x)) FROM (VALUES (ARRAY[1, 2]), (ARRAY[2, 3])) t(x) = 3"),
            [Of([ArrayParameter.OfT], types => types[0], skipsNulls: true, (columns, rows, result) =>
            {
                var lists = (ListColumn)columns[0];
                var items = new List<int>();
                foreach (var row in rows)
                {
                    items.AddRange(Enumerable.Range(lists.Offsets[row], lists.ItemCount(row)));
                }

                WriteSet(lists.Child, items.ToArray(), (ListBuilder)result);
            })])
        {
            IgnoresDistinct = true,
        },
        new(
            Info("histogram(value)", "A map of the values that are not NULL with how often each comes.", "histogram(x) FROM (VALUES ('a'), ('b'), ('a')) t(x) = MAP {'a': 2, 'b': 1}"),
            [Of([AnyParameter.T], types => new MapType(types[0], DataType.BigInt), skipsNulls: true, (columns, rows, result) =>
                WriteCounts(columns[0], CountsOf(columns[0], rows), (ListBuilder)result))]),
        new(
            Info("approx_most_frequent(buckets, value, capacity)", "A map of the most frequent values with how often each comes; the counts are exact.", "approx_most_frequent(1, x, 10) FROM (VALUES ('a'), ('b'), ('a')) t(x) = MAP {'a': 2}"),
            [Of([DataType.BigInt, AnyParameter.T, DataType.BigInt], types => new MapType(types[1], DataType.BigInt), skipsNulls: false, (columns, rows, result) =>
            {
                var buckets = Number(columns[0], rows[0], 1, "buckets of approx_most_frequent");
                var counts = CountsOf(columns[1], WithoutNulls(columns[1], rows)).OrderByDescending(pair => pair.Value).Take((int)buckets);
                WriteCounts(columns[1], counts, (ListBuilder)result);
            })]),
        new(
            Info("numeric_histogram(buckets, value)", "A map of at most as many means of neighbouring values with how many values each stands for.", "numeric_histogram(2, x) FROM (VALUES (1), (10), (11)) t(x) = MAP {1: 1e0, 10.5: 2e0}"),
            [
                Of([DataType.BigInt, DataType.Double], _ => Histogram, skipsNulls: false, WriteHistogram),
                Of([DataType.BigInt, DataType.Double, DataType.Double], _ => Histogram, skipsNulls: false, WriteHistogram),
            ]),
        new(
            Info("map_agg(key, value)", "A map of keys and values; of a key that comes twice the first value.", "map_agg(k, v) FROM (VALUES ('a', 1), ('b', 2)) t(k, v) = MAP {'a': 1, 'b': 2}"),
            [Of([K, V], types => new MapType(types[0], types[1]), skipsNulls: true, (columns, rows, result) => WriteMap(columns[0], columns[1], rows, (ListBuilder)result))])
        {
            DependsOnOrder = true,
        },
        new(
            Info("multimap_agg(key, value)", "A map in which each key has the array of its values.", "multimap_agg(k, v) FROM (VALUES ('a', 1)) t(k, v) = MAP {'a': ARRAY[1]}"),
            [Of([K, V], types => new MapType(types[0], new ArrayType(types[1])), skipsNulls: true, WriteMultimap)])
        {
            DependsOnOrder = true,
        },
        new(
            Info("map_union(map)", "The entries of all maps; of a key that comes twice the first value.", "map_union(m) FROM (VALUES (MAP {'a': 1}), (MAP {'b': 2})) t(m) = MAP {'a': 1, 'b': 2}"),
            [Of([new MapParameter(K, V)], types => types[0], skipsNulls: true, (columns, rows, result) =>
            {
                var maps = (ListColumn)columns[0];
                var entries = new List<int>();
                foreach (var row in rows)
                {
                    entries.AddRange(Enumerable.Range(maps.Offsets[row], maps.ItemCount(row)));
                }

                var pairs = (StructColumn)maps.Child;
                WriteMap(pairs.Children[0], pairs.Children[1], entries.ToArray(), (ListBuilder)result);
            })])
        {
            DependsOnOrder = true,
        },
        new(
            Info("json_agg(value)", "All values, NULLs among them, as a JSON array.", "json_agg(x ORDER BY x)::varchar FROM (VALUES (1), (2)) t(x) = '[1,2]'", "jsonb_agg", "json_group_array", "json_arrayagg"),
            [Of([AnyParameter.T], _ => DataType.Json, skipsNulls: false, (columns, rows, result) =>
            {
                var writer = new ByteWriter();
                foreach (var row in rows)
                {
                    writer.Add((byte)(writer.Length == 0 ? '[' : ','));
                    ColumnJson.Write(columns[0], row, writer);
                }

                writer.Add((byte)']');
                ((TextBuilder)result).Append(writer.Written);
            })])
        {
            DependsOnOrder = true,
        },
        new(
            Info("json_object_agg(name, value)", "All names and values as a JSON object.", "json_object_agg(k, v)::varchar FROM (VALUES ('a', 1)) t(k, v) = '{\"a\":1}'", "jsonb_object_agg", "json_group_object", "json_objectagg"),
            [Of([K, V], _ => DataType.Json, skipsNulls: false, WriteObject)])
        {
            DependsOnOrder = true,
        },
        new(
            Info("mode(value)", "The most frequent value, of several the least; also as mode() WITHIN GROUP (ORDER BY value).", "mode(x) FROM (VALUES (1), (2), (2)) t(x) = 2"),
            [Of([AnyParameter.T], types => types[0], skipsNulls: true, (columns, rows, result) =>
            {
                var best = CountsOf(columns[0], rows).Aggregate((known, other) => other.Value > known.Value ? other : known);
                result.AppendFlat(columns[0], [best.Key]);
            })]),
        new(
            Info("entropy(value)", "The binary entropy of how often each value comes.", "entropy(x) FROM (VALUES (1), (2)) t(x) = 1"),
            [Of([AnyParameter.T], _ => DataType.Double, skipsNulls: true, (columns, rows, result) =>
            {
                double total = rows.Length;
                ((FixedBuilder<double>)result).Append(CountsOf(columns[0], rows).Sum(pair => pair.Value / total * Math.Log2(total / pair.Value)));
            })]),
        new(
            Info("mad(value)", "The median of the distances from the median.", "mad(x) FROM (VALUES (1), (2), (4), (9)) t(x) = 1.5"),
            [Of([DataType.Double], _ => DataType.Double, skipsNulls: true, (columns, rows, result) =>
            {
                var values = Quantiles.Sorted(columns[0], rows);
                var median = Quantiles.Between(values, 0.5);
                var distances = Array.ConvertAll(values, value => Math.Abs(value - median));
                distances.AsSpan().Sort(ValueComparison.Order);
                ((FixedBuilder<double>)result).Append(Quantiles.Between(distances, 0.5));
            })]),
    ];

    /// <summary>min(x, n) and max(x, n): the n values that come first in an order.</summary>
    public static AggregateOverload FirstOf(int sign) => Of([AnyParameter.T, DataType.BigInt], types => new ArrayType(types[0]), skipsNulls: true, (columns, rows, result) =>
        WriteFirst(columns[0], columns[0], columns[1], rows, sign, (ListBuilder)result));

    /// <summary>min_by(x, y, n) and max_by(x, y, n).</summary>
    public static AggregateOverload FirstBy(int sign) => Of([V, K, DataType.BigInt], types => new ArrayType(types[0]), skipsNulls: false, (columns, rows, result) =>
        WriteFirst(columns[0], columns[1], columns[2], WithoutNulls(columns[1], rows), sign, (ListBuilder)result));

    /// <summary>An overload over the collected rows of a group.</summary>
    public static AggregateOverload Of(
        ImmutableArray<ParameterType> parameters, Func<ImmutableArray<DataType>, DataType> result, bool skipsNulls, CollectedWriter write) => new(
        parameters,
        result,
        CollectAccumulator.StateOf,
        (binding, pool) => new CollectAccumulator(binding.ArgumentTypes, binding.ResultType, skipsNulls, write, pool));

    public static int[] WithoutNulls(Column column, ReadOnlySpan<int> rows)
    {
        var kept = new List<int>();
        foreach (var row in rows)
        {
            if (!column.IsNull(row))
            {
                kept.Add(row);
            }
        }

        return [.. kept];
    }

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, "aggregate", description, example) { Aliases = aliases };

    private static Comparer<int> OrderOf(Column column) => Comparer<int>.Create((left, right) => ValueComparison.CompareNullable(column, left, column, right));

    private static long Number(Column column, int row, long least, string what)
    {
        var value = column.IsNull(row) ? (long?)null : ((FixedColumn)column).Pointer<long>()[row];
        return value >= least && value <= int.MaxValue
            ? value.Value
            : throw new QueryException(ErrorCodes.InvalidParameterValue, $"{what} must be at least {least}: {(value is null ? "NULL" : value)}");
    }

    /// <summary>The first row of each value with how often the value comes, in the order of the values.</summary>
    private static SortedDictionary<int, long> CountsOf(Column column, ReadOnlySpan<int> rows)
    {
        var counts = new SortedDictionary<int, long>(OrderOf(column));
        foreach (var row in rows)
        {
            counts[row] = counts.GetValueOrDefault(row) + 1;
        }

        return counts;
    }

    private static void WriteCounts(Column values, IEnumerable<KeyValuePair<int, long>> counts, ListBuilder result)
    {
        var entries = (StructBuilder)result.Items;
        foreach (var (row, count) in counts)
        {
            entries.Fields[0].AppendFlat(values, [row]);
            ((FixedBuilder<long>)entries.Fields[1]).Append(count);
            entries.EndRow();
        }

        result.EndRow();
    }

    private static void WriteSet(Column values, ReadOnlySpan<int> rows, ListBuilder result)
    {
        var seen = new SortedSet<int>(OrderOf(values));
        foreach (var row in rows)
        {
            if (seen.Add(row))
            {
                result.Items.AppendFlat(values, [row]);
            }
        }

        result.EndRow();
    }

    private static void WriteMap(Column keys, Column values, ReadOnlySpan<int> rows, ListBuilder result)
    {
        var entries = (StructBuilder)result.Items;
        var seen = new SortedSet<int>(OrderOf(keys));
        foreach (var row in rows)
        {
            if (seen.Add(row))
            {
                entries.Fields[0].AppendFlat(keys, [row]);
                entries.Fields[1].AppendFlat(values, [row]);
                entries.EndRow();
            }
        }

        result.EndRow();
    }

    private static void WriteMultimap(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result)
    {
        var groups = new SortedDictionary<int, List<int>>(OrderOf(columns[0]));
        var order = new List<List<int>>();
        foreach (var row in rows)
        {
            if (!groups.TryGetValue(row, out var group))
            {
                group = groups[row] = [];
                order.Add(group);
            }

            group.Add(row);
        }

        var list = (ListBuilder)result;
        var entries = (StructBuilder)list.Items;
        foreach (var group in order)
        {
            entries.Fields[0].AppendFlat(columns[0], [group[0]]);
            var values = (ListBuilder)entries.Fields[1];
            values.Items.AppendFlat(columns[1], group.ToArray());
            values.EndRow();
            entries.EndRow();
        }

        list.EndRow();
    }

    private static void WriteObject(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result)
    {
        var writer = new ByteWriter();
        var name = new ByteWriter();
        foreach (var row in rows)
        {
            name.Clear();
            if (!ColumnText.TryWrite(columns[0], row, name))
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, "field name must not be null");
            }

            writer.Add((byte)(writer.Length == 0 ? '{' : ','));
            ColumnJson.WriteString(name.Written, writer);
            writer.Add((byte)':');
            ColumnJson.Write(columns[1], row, writer);
        }

        writer.Add((byte)'}');
        ((TextBuilder)result).Append(writer.Written);
    }

    private static void WriteFirst(Column values, Column keys, Column counts, ReadOnlySpan<int> rows, int sign, ListBuilder result)
    {
        if (rows.IsEmpty)
        {
            result.AppendNull();
            return;
        }

        var count = Number(counts, rows[0], 0, "number of values wanted");
        var order = rows.ToArray().Order(Comparer<int>.Create((left, right) => -sign * ValueComparison.Compare(keys, left, keys, right)));
        result.Items.AppendFlat(values, order.Take((int)count).ToArray());
        result.EndRow();
    }

    /// <summary>The streaming histogram of Ben-Haim and Tom-Tov (2010): each value is a bucket of its own until the two nearest have to be merged.</summary>
    private static void WriteHistogram(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ColumnBuilder result)
    {
        var limit = Number(columns[0], rows[0], 2, "buckets of numeric_histogram");
        var numbers = (FixedColumn)columns[1];
        var weights = columns.Length > 2 ? (FixedColumn)columns[2] : null;
        var buckets = new List<(double Mean, double Weight)>();
        foreach (var row in WithoutNulls(numbers, rows))
        {
            var weight = weights is null ? 1 : weights.IsNull(row) ? 0 : weights.Pointer<double>()[row];
            var value = numbers.Pointer<double>()[row];
            if (weight == 0)
            {
                continue;
            }

            var place = buckets.BinarySearch((value, 0), Comparer<(double Mean, double Weight)>.Create((left, right) => left.Mean.CompareTo(right.Mean)));
            if (place >= 0)
            {
                buckets[place] = (value, buckets[place].Weight + weight);
                continue;
            }

            buckets.Insert(~place, (value, weight));
            if (buckets.Count > limit)
            {
                MergeNearest(buckets);
            }
        }

        var list = (ListBuilder)result;
        if (buckets.Count == 0)
        {
            list.AppendNull();
            return;
        }

        var entries = (StructBuilder)list.Items;
        foreach (var (mean, weight) in buckets)
        {
            ((FixedBuilder<double>)entries.Fields[0]).Append(mean);
            ((FixedBuilder<double>)entries.Fields[1]).Append(weight);
            entries.EndRow();
        }

        list.EndRow();
    }

    private static void MergeNearest(List<(double Mean, double Weight)> buckets)
    {
        var nearest = Enumerable.Range(0, buckets.Count - 1).MinBy(i => buckets[i + 1].Mean - buckets[i].Mean);
        var (left, right) = (buckets[nearest], buckets[nearest + 1]);
        var weight = left.Weight + right.Weight;
        buckets[nearest] = (((left.Mean * left.Weight) + (right.Mean * right.Weight)) / weight, weight);
        buckets.RemoveAt(nearest + 1);
    }
}
