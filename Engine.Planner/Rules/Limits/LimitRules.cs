using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Limits;

/// <summary>Limit(Limit(x)) becomes one Limit over the rows that both let through.</summary>
internal sealed class MergeLimits : IPlanRule
{
    public string Name => "merge_limits";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node => node is LogicalLimit { Input: LogicalLimit inner } outer
        ? new LogicalLimit(inner.Input, checked(inner.Offset + outer.Offset), Least(inner.Count - outer.Offset, outer.Count))
        : node);

    private static long? Least(long? inner, long? outer) => (inner, outer) switch
    {
        (null, _) => outer,
        ({ } rows, null) => Math.Max(rows, 0),
        ({ } a, { } b) => Math.Max(Math.Min(a, b), 0),
    };
}

/// <summary>
/// Moves a Limit below projections, tells scans how many rows are enough, and limits each side of a UNION ALL and the kept side of an outer join.
/// </summary>
internal sealed class PushDownLimits : IPlanRule
{
    public string Name => "push_down_limits";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node => node is LogicalLimit limit ? Push(limit) : node);

    private static LogicalNode Push(LogicalLimit limit)
    {
        var enough = limit.Count is { } count && limit.Offset <= long.MaxValue - count ? count + limit.Offset : (long?)null;
        return limit.Input switch
        {
            LogicalProject project => project with { Input = limit with { Input = project.Input } },
            LogicalScan scan when enough is { } rows && (scan.Limit is null || scan.Limit > rows) => limit with { Input = scan with { Limit = rows } },
            LogicalSetOperation { Operator: SetOperator.Union, IsAll: true } union when enough is { } rows && !(IsLimited(union.Left, rows) && IsLimited(union.Right, rows)) =>
                limit with { Input = union with { Left = new LogicalLimit(union.Left, 0, rows), Right = new LogicalLimit(union.Right, 0, rows) } },
            LogicalJoin { Type: JoinType.Left } join when enough is { } rows && !IsLimited(join.Left, rows) =>
                limit with { Input = new LogicalJoin(join.Type, new LogicalLimit(join.Left, 0, rows), join.Right, join.Keys, join.Residual) },
            _ => limit,
        };
    }

    private static bool IsLimited(LogicalNode node, long rows) => node switch
    {
        LogicalLimit { Count: { } count } => count <= rows,
        LogicalTopN top => top.Count <= rows,
        LogicalProject project => IsLimited(project.Input, rows),
        LogicalScan { Limit: { } limit } => limit <= rows,
        LogicalValues values => values.Rows.Length <= rows,
        _ => false,
    };
}

/// <summary>Limit(Sort(x)) becomes TopN(x) when the rows to keep are few enough to hold.</summary>
internal sealed class UseTopN : IPlanRule
{
    /// <summary>More rows than this are sorted as a whole.</summary>
    public const long MaxRows = 1_000_000;

    public string Name => "use_top_n";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node =>
        node is LogicalLimit { Input: LogicalSort sort, Count: { } count } limit && count <= MaxRows && limit.Offset <= MaxRows
            ? new LogicalTopN(sort.Input, sort.Keys, limit.Offset, count)
            : node);
}
