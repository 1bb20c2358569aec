using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Statistics;

/// <summary>How many rows a plan may give: from file sizes, and rules of thumb above them.</summary>
public static class RowEstimate
{
    /// <summary>The share of rows that a comparison other than an equality keeps.</summary>
    public const double RangeSelectivity = 0.3;

    private const double BytesPerTextRow = 100;
    private const double CompressionFactor = 4;
    private const double InspectionFactor = 0.001;
    private const double EqualitySelectivity = 0.05;
    private const double GroupsPerRow = 0.1;

    public static double Of(LogicalNode node) => node switch
    {
        LogicalScan scan => Math.Min(Math.Max(1, OfSource(scan.Source) * scan.Conditions.Aggregate(1.0, (product, term) => product * Selectivity(term))), scan.Limit ?? double.MaxValue),
        LogicalValues values => values.Rows.Length,
        LogicalFilter filter => Math.Max(1, Of(filter.Input) * Selectivity(filter.Predicate)),
        LogicalAggregate { Keys.IsEmpty: true } => 1,
        LogicalAggregate aggregate => Math.Max(1, Of(aggregate.Input) * GroupsPerRow),
        LogicalJoin join => OfJoin(join),
        LogicalLimit { Count: { } count } limit => Math.Min(Math.Max(0, Of(limit.Input) - limit.Offset), count),
        LogicalTopN top => Math.Min(Of(top.Input), top.Count),
        LogicalSingleRow => 1,
        LogicalSetOperation { Operator: SetOperator.Union } union => Of(union.Left) + Of(union.Right),
        LogicalSetOperation other => Of(other.Left),
        LogicalUnnest unnest => Of(unnest.Input) * 5,
        LogicalExpand expand => Of(expand.Input) * expand.Sets.Length,
        LogicalSharedScan shared => shared.EstimatedRows,
        LogicalWith with => Of(with.Body),
        LogicalRecursion recursion => Of(recursion.Base) * 10,
        _ => Of(node.Inputs[0]),
    };

    /// <summary>How many rows a plan would give were nothing left out: the size of the domain that its keys come from.</summary>
    public static double Unfiltered(LogicalNode node) => node switch
    {
        LogicalScan scan => OfSource(scan.Source),
        LogicalFilter or LogicalProject => Unfiltered(node.Inputs[0]),
        LogicalJoin { Keys.IsEmpty: false } join => Math.Max(Unfiltered(join.Left), Unfiltered(join.Right)),
        _ => Of(node),
    };

    private static double OfSource(TableSource source) => source switch
    {
        SeriesTableSource series => (double)series.Count,
        MemoryTableSource memory => memory.RowCount,
        TpchTableSource tpch => tpch.RowCount,
        FileTableSource files => Math.Max(1, files.Files.Sum(file => file.File.Size * Factor(files.Format, file.File.Path)) / BytesPerTextRow),
        _ => 1000,
    };

    /// <summary>Rows of text that a byte holds, times their bytes. What Parquet files say of themselves are rows for pages and chunks.</summary>
    private static double Factor(string format, string path) => format is "parquet_metadata" or "parquet_schema" or "parquet_pages"
        ? InspectionFactor
        : format is "parquet" || path.EndsWith(".gz", StringComparison.Ordinal) || path.EndsWith(".zst", StringComparison.Ordinal) ? CompressionFactor : 1;

    private static double OfJoin(LogicalJoin join)
    {
        var left = Of(join.Left);
        var right = Of(join.Right);
        return join.Type switch
        {
            JoinType.Semi => left * 0.5,
            JoinType.Anti or JoinType.NullAwareAnti => left * 0.5,
            _ when join.Keys.IsEmpty => left * right,

            // Mostly a key of the smaller table and references to it in the larger one.
            JoinType.Inner => Math.Max(1, left * right / Math.Max(1, Math.Min(Unfiltered(join.Left), Unfiltered(join.Right)))),
            _ => Math.Max(left, right),
        };
    }

    private static double Selectivity(Expression predicate) => predicate.Conjuncts().Aggregate(1.0, (product, term) => product * term switch
    {
        Call { Function: "=" } or IsNull { IsNegated: false } => EqualitySelectivity,
        InList list => Math.Min(1, list.Items.Length * EqualitySelectivity),
        Call { Function: "<>" } or IsNull => 0.95,
        _ => RangeSelectivity,
    });
}
