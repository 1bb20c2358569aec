using System.Collections.Immutable;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>
/// Where a row would stand among the rows of a group: rank(value) WITHIN GROUP (ORDER BY key) and its relatives. The arguments are the keys and the
/// values as rows, and a letter a key: a ascending, d descending, large where NULLs come first.
/// </summary>
internal static class HypotheticalAggregates
{
    public static readonly ImmutableArray<AggregateFunction> All =
    [
        Of("rank", "The rank that a row of the values would have.", "rank(2) WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (2), (3)) t(x) = 2", DataType.BigInt, (before, _, _, _, result) =>
            ((FixedBuilder<long>)result).Append(before + 1)),
        Of("dense_rank", "The rank that a row of the values would have, without gaps.", "dense_rank(3) WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (1), (2)) t(x) = 3", DataType.BigInt, (_, distinct, _, _, result) =>
            ((FixedBuilder<long>)result).Append(distinct + 1)),
        Of("percent_rank", "The share of rows that would come before a row of the values.", "percent_rank(2) WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (3)) t(x) = 0.5", DataType.Double, (before, _, _, total, result) =>
            ((FixedBuilder<double>)result).Append(total == 0 ? 0 : (double)before / total)),
        Of("cume_dist", "The share of rows that would not come behind a row of the values, itself among them.", "cume_dist(2) WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (2), (3)) t(x) = 0.75", DataType.Double, (before, _, equal, total, result) =>
            ((FixedBuilder<double>)result).Append((double)(before + equal + 1) / (total + 1))),
    ];

    /// <summary>Appends the result, given rows before, different ones of these, equal rows, and all.</summary>
    private delegate void Standing(long before, long distinctBefore, long equal, long total, ColumnBuilder result);

    private static AggregateFunction Of(string name, string description, string example, DataType result, Standing write) => new(
        new FunctionInfo($"hypothetical_{name}(keys, values, directions)", "aggregate", $"{description} For {name}(value) WITHIN GROUP (ORDER BY key).", example),
        [CollectedAggregates.Of([AnyParameter.T, AnyParameter.T, DataType.Varchar], _ => result, skipsNulls: false, (columns, rows, builder) =>
        {
            var directions = Encoding.UTF8.GetString(((TextColumn)columns[2]).Bytes(rows[0]));
            var (before, equal) = (new List<int>(), 0L);
            foreach (var row in rows)
            {
                var sign = Compare(columns[0], row, columns[1], rows[0], directions);
                equal += sign == 0 ? 1 : 0;
                if (sign < 0)
                {
                    before.Add(row);
                }
            }

            var distinct = new SortedSet<int>(before, Comparer<int>.Create((left, right) => Compare(columns[0], left, columns[0], right, directions)));
            write(before.Count, distinct.Count, equal, rows.Length, builder);
        })]);

    private static int Compare(Column left, int leftRow, Column right, int rightRow, string directions)
    {
        var (keys, values) = ((StructColumn)left, (StructColumn)right);
        for (var i = 0; i < directions.Length; i++)
        {
            var (a, b) = (keys.Children[i], values.Children[i]);
            var (leftIsNull, rightIsNull) = (a.IsNull(leftRow), b.IsNull(rightRow));
            var sign = leftIsNull || rightIsNull
                ? leftIsNull.CompareTo(rightIsNull) * (char.IsUpper(directions[i]) ? -1 : 1)
                : ValueComparison.Compare(a, leftRow, b, rightRow) * (char.ToLowerInvariant(directions[i]) == 'd' ? -1 : 1);
            if (sign != 0)
            {
                return sign;
            }
        }

        return 0;
    }
}
