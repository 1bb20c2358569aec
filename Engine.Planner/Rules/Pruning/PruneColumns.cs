using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Pruning;

/// <summary>Drops columns that nobody above reads, down to what scans fetch.</summary>
internal sealed class PruneColumns : IPlanRule
{
    public string Name => "prune_columns";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => Prune(plan, [.. plan.Output.Select(column => column.Id)]);

    private static LogicalNode Prune(LogicalNode node, HashSet<int> needed)
    {
        switch (node)
        {
            case LogicalScan scan:
                return PruneScan(scan, needed);
            case LogicalProject project:
                node = PruneProject(project, needed);
                break;
            case LogicalAggregate aggregate when aggregate.Aggregations.Any(aggregation => !needed.Contains(aggregation.Column.Id)):
                node = new LogicalAggregate(
                    aggregate.Input, aggregate.Keys, [.. aggregate.Aggregations.Where(aggregation => needed.Contains(aggregation.Column.Id))]);
                break;
        }

        var below = node.Expressions.SelectMany(expression => expression.ReferencedColumns()).ToHashSet();
        var inputs = node.Inputs.Select((input, i) => Prune(input, NeededOf(node, input, i, needed, below))).ToList();
        return inputs.Zip(node.Inputs).All(pair => ReferenceEquals(pair.First, pair.Second)) ? node : node.WithInputs([.. inputs]);
    }

    private static HashSet<int> NeededOf(LogicalNode node, LogicalNode input, int place, HashSet<int> needed, HashSet<int> below) => node switch
    {
        // Rows are compared or counted as a whole: UNION ALL could drop columns too, but its sides must stay aligned.
        LogicalSetOperation => [.. input.Output.Select(column => column.Id)],
        LogicalProject or LogicalAggregate => below,
        LogicalJoin join when place == 1 && join.Output.Length == join.Left.Output.Length => below,
        LogicalSingleRow => [.. input.Output.Select(column => column.Id)],
        _ => [.. needed, .. below],
    };

    private static LogicalScan PruneScan(LogicalScan scan, HashSet<int> needed)
    {
        var kept = Enumerable.Range(0, scan.Columns.Length).Where(i => needed.Contains(scan.Columns[i].Id)).ToList();
        return kept.Count == scan.Columns.Length
            ? scan
            : scan with { Columns = [.. kept.Select(i => scan.Columns[i])], SourceColumns = [.. kept.Select(i => scan.SourceColumns[i])] };
    }

    private static LogicalProject PruneProject(LogicalProject project, HashSet<int> needed)
    {
        var kept = project.Projections.Where(projection => needed.Contains(projection.Column.Id)).ToList();
        return kept.Count == project.Projections.Length ? project : new LogicalProject(project.Input, [.. kept]);
    }
}
