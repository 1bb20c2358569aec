using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Engine.Planner.Physical;

namespace Engine.Planner.Explain;

/// <summary>What a step did when it ran, for EXPLAIN ANALYZE.</summary>
public sealed record NodeFigures(long Rows, TimeSpan Time, IEnumerable<string> Details);

/// <summary>Physical plans as indented text, one step a line with its estimated rows, and what it did when it ran.</summary>
public static class PlanText
{
    public static IReadOnlyList<string> Of(PlanNode plan, Func<PlanNode, NodeFigures?>? figures = null)
    {
        var lines = new List<string>();
        Write(plan, 0, lines, figures);
        return lines;
    }

    private static void Write(PlanNode node, int depth, List<string> lines, Func<PlanNode, NodeFigures?>? figures)
    {
        var indent = new string(' ', depth * 2);
        var (title, details) = Describe(node);
        var line = new StringBuilder($"{indent}{title}  (rows ~{Rounded(node.EstimatedRows)}");
        var actual = figures?.Invoke(node);
        line.Append(actual is null
            ? ")"
            : string.Create(CultureInfo.InvariantCulture, $", actual {actual.Rows:N0}, {actual.Time.TotalMilliseconds:N1} ms)"));
        lines.Add(line.ToString());
        lines.AddRange(details.Concat(actual?.Details ?? []).Where(detail => !string.IsNullOrEmpty(detail)).Select(detail => $"{indent}    {detail}"));
        foreach (var input in node.Inputs)
        {
            Write(input, depth + 1, lines, figures);
        }
    }

    private static (string Title, IEnumerable<string> Details) Describe(PlanNode node) => node switch
    {
        ScanNode scan => ($"Scan {scan.Source.Name}", DescribeScan(scan)),
        ValuesNode values => ("Values", values.Output.Count == 0 ? [] : [Names(values.Output)]),
        FilterNode filter => ("Filter", [ExpressionText.Of(filter.Predicate)]),
        ProjectNode project => ("Project", [Computed(project)]),
        AggregateNode aggregate => (aggregate.Aggregates.IsEmpty ? "Distinct" : "Aggregate", DescribeAggregate(aggregate)),
        ExpandNode expand => ("Expand", [$"grouping sets: {string.Join(", ", expand.Sets.Select(set => $"({string.Join(", ", set.Select(key => ExpressionText.Of(expand.Keys[key])))})"))}"]),
        HashJoinNode join => ($"HashJoin {join.Type}", DescribeJoin(join)),
        NestedLoopJoinNode join => ($"NestedLoopJoin {join.Type}", join.Condition is null ? [] : [$"on {ExpressionText.Of(join.Condition)}"]),
        SortNode sort => ("Sort", [Keys(sort.Keys)]),
        TopNNode top => ($"TopN {top.Count}{Offset(top.Offset)}", [Keys(top.Keys)]),
        LimitNode limit => ($"Limit {(limit.Count is { } count ? count.ToString(CultureInfo.InvariantCulture) : "ALL")}{Offset(limit.Offset)}", []),
        UnionNode => ("UnionAll", []),
        SetOperationNode operation => ($"{operation.Operator}{(operation.IsAll ? " ALL" : string.Empty)}", []),
        SingleRowNode => ("SingleRow", []),
        UnnestNode unnest => ("Unnest", [string.Join(", ", unnest.Arrays.Select(ExpressionText.Of))]),
        WindowNode window => ("Window", DescribeWindow(window)),
        WithNode with => ("With", [string.Join(", ", with.Definitions.Select(definition => definition.Name))]),
        SharedScanNode shared => ($"SharedScan {shared.Name}", shared.Output.Count == 0 ? [] : [$"columns: {Names(shared.Output)}"]),
        RecursionNode recursion => ($"Recursion {recursion.Name}{(recursion.IsAll ? " ALL" : string.Empty)}", []),
        _ => (node.GetType().Name, []),
    };

    private static IEnumerable<string> DescribeScan(ScanNode scan)
    {
        if (scan.Output.Count > 0)
        {
            yield return $"columns: {Names(scan.Output)}";
        }

        if (scan.Source is FileTableSource files)
        {
            yield return $"{files.Format}, {files.Files.Length} {(files.Files.Length == 1 ? "file" : "files")}, {Bytes(files.Files.Sum(file => file.File.Size))}";
        }

        if (!scan.Constraints.IsEmpty)
        {
            yield return $"skips by: {string.Join(" AND ", scan.Constraints.Select(constraint => ConstraintText(constraint, scan.Source.Schema)))}";
        }

        if (!scan.Conditions.IsEmpty)
        {
            yield return $"filter: {ExpressionText.Of(ExpressionWalk.AndAll(scan.Conditions))}";
        }

        if (scan.Limit is { } limit)
        {
            yield return $"limit: {limit}";
        }
    }

    private static IEnumerable<string> DescribeAggregate(AggregateNode aggregate)
    {
        if (!aggregate.Keys.IsEmpty)
        {
            yield return $"by: {string.Join(", ", aggregate.Keys.Select(ExpressionText.Of))}";
        }

        if (!aggregate.Aggregates.IsEmpty)
        {
            yield return string.Join(", ", aggregate.Aggregates.Select(AggregateText));
        }
    }

    private static string AggregateText(AggregateSpecification aggregate)
    {
        var arguments = aggregate.Arguments.IsEmpty ? "*" : string.Join(", ", aggregate.Arguments.Select(ExpressionText.Of));
        var filter = aggregate.Filter is null ? string.Empty : $" FILTER (WHERE {ExpressionText.Of(aggregate.Filter)})";
        return $"{aggregate.Function}({(aggregate.IsDistinct ? "DISTINCT " : string.Empty)}{arguments}){filter}";
    }

    private static IEnumerable<string> DescribeWindow(WindowNode window)
    {
        string Column(int place) => window.Input is ProjectNode project ? ExpressionText.Of(project.Values[place]) : Field.Quote(window.Input.Output[place].Name);
        yield return string.Join(", ", window.Calls.Select(call => $"{call.Function}({string.Join(", ", call.Arguments.Select(Column))})"));
        if (!window.PartitionBy.IsEmpty)
        {
            yield return $"partition by: {string.Join(", ", window.PartitionBy.Select(Column))}";
        }

        if (!window.OrderBy.IsEmpty)
        {
            yield return $"order by: {string.Join(", ", window.OrderBy.Select(key => $"{Column(key.Column)}{Direction(key.IsDescending, key.NullsFirst)}"))}";
        }
    }

    private static IEnumerable<string> DescribeJoin(HashJoinNode join)
    {
        yield return $"on {string.Join(" AND ", join.LeftKeys.Zip(join.RightKeys).Select((pair, i) => $"{ExpressionText.Of(pair.First)} {(!join.MatchesNull.IsEmpty && join.MatchesNull[i] ? "IS NOT DISTINCT FROM" : "=")} {ExpressionText.Of(pair.Second)}"))}";
        if (join.Residual is not null)
        {
            yield return $"where {ExpressionText.Of(join.Residual)}";
        }
    }

    private static string Computed(ProjectNode project) => string.Join(", ", project.Values.Select((value, i) => value is ColumnReference column && column.Name == project.Output[i].Name
        ? ExpressionText.Of(value)
        : $"{Field.Quote(project.Output[i].Name)} := {ExpressionText.Of(value)}"));

    /// <summary>A constraint as a condition; the schema is that of the table.</summary>
    public static string ConstraintText(ColumnConstraint constraint, Schema schema)
    {
        var field = schema[constraint.Column];
        var name = Field.Quote(field.Name);
        return constraint.Operator switch
        {
            ConstraintOperator.IsNull => $"{name} IS NULL",
            ConstraintOperator.IsNotNull => $"{name} IS NOT NULL",
            var test => $"{name} {Symbol(test)} {ExpressionText.OfValue(constraint.Value, field.Type)}",
        };
    }

    private static string Symbol(ConstraintOperator test) => test switch
    {
        ConstraintOperator.Equal => "=",
        ConstraintOperator.NotEqual => "<>",
        ConstraintOperator.Less => "<",
        ConstraintOperator.LessOrEqual => "<=",
        ConstraintOperator.Greater => ">",
        _ => ">=",
    };

    private static string Keys(ImmutableArray<SortSpecification> keys) => string.Join(", ", keys.Select(key =>
        $"{ExpressionText.Of(key.Value)}{Direction(key.IsDescending, key.NullsFirst)}"));

    private static string Direction(bool isDescending, bool nullsFirst) =>
        $"{(isDescending ? " DESC" : string.Empty)}{(nullsFirst != isDescending ? nullsFirst ? " NULLS FIRST" : " NULLS LAST" : string.Empty)}";

    private static string Names(Schema schema) => string.Join(", ", schema.Select(field => Field.Quote(field.Name)));

    private static string Offset(long offset) => offset == 0 ? string.Empty : $" OFFSET {offset}";

    private static string Rounded(double rows) => rows.ToString(rows < 10_000 ? "N0" : "0.0e0", CultureInfo.InvariantCulture);

    /// <summary>A number of bytes in the unit that suits it.</summary>
    public static string Bytes(long count) => count switch
    {
        < 1 << 10 => $"{count} B",
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{count / 1024.0:N1} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{count / 1048576.0:N1} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count / 1073741824.0:N2} GiB"),
    };
}
