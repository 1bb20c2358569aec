using System.Collections.Immutable;
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
            case LogicalSharedScan shared:
                return PruneSharedScan(shared, needed);
            case LogicalWith with:
                return PruneShared(with, needed);
            case LogicalProject project:
                node = PruneProject(project, needed);
                break;
            case LogicalAggregate aggregate when aggregate.Aggregations.Any(aggregation => !needed.Contains(aggregation.Column.Id)):
                node = aggregate with { Aggregations = [.. aggregate.Aggregations.Where(aggregation => needed.Contains(aggregation.Column.Id))] };
                break;
        }

        if (node is LogicalWindow window && window.Calls.Any(call => !needed.Contains(call.Column.Id)))
        {
            ImmutableArray<WindowAggregation> calls = [.. window.Calls.Where(call => needed.Contains(call.Column.Id))];
            if (calls.IsEmpty)
            {
                return Prune(window.Input, needed);
            }

            node = window with { Calls = calls };
        }

        var below = node.Expressions.SelectMany(expression => expression.ReferencedColumns()).ToHashSet();
        var inputs = node.Inputs.Select((input, i) => Prune(input, NeededOf(node, input, i, needed, below))).ToList();
        return inputs.Zip(node.Inputs).All(pair => ReferenceEquals(pair.First, pair.Second)) ? node : node.WithInputs([.. inputs]);
    }

    private static HashSet<int> NeededOf(LogicalNode node, LogicalNode input, int place, HashSet<int> needed, HashSet<int> below) => node switch
    {
        // Rows are compared or counted as a whole: UNION ALL could drop columns too, but its sides must stay aligned.
        LogicalSetOperation or LogicalRecursion => [.. input.Output.Select(column => column.Id)],
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

    private static LogicalSharedScan PruneSharedScan(LogicalSharedScan scan, HashSet<int> needed)
    {
        var kept = Enumerable.Range(0, scan.Columns.Length).Where(i => needed.Contains(scan.Columns[i].Id)).ToList();
        return kept.Count == scan.Columns.Length
            ? scan
            : scan with { Columns = [.. kept.Select(i => scan.Columns[i])], Places = [.. kept.Select(i => scan.Places[i])] };
    }

    /// <summary>A shared plan computes what one of its scans reads.</summary>
    private static LogicalNode PruneShared(LogicalWith with, HashSet<int> needed)
    {
        LogicalNode pruned = with with { Body = Prune(with.Body, needed) };
        for (var i = with.Definitions.Length - 1; i >= 0; i--)
        {
            var definition = ((LogicalWith)pruned).Definitions[i];
            var read = pruned.SelfAndDescendants().OfType<LogicalSharedScan>().Where(scan => scan.Id == definition.Id).SelectMany(scan => scan.Places).Distinct().Order().ToList();
            var columns = read.Select(place => definition.Plan.Output[place]).ToList();
            var plan = Prune(definition.Plan, [.. columns.Select(column => column.Id)]);
            if (read.Count < definition.Plan.Output.Length)
            {
                plan = new LogicalProject(plan, [.. columns.Select(Projection.Keep)]);
                pruned = pruned.RewriteUp(node => node is LogicalSharedScan scan && scan.Id == definition.Id ? scan with { Places = [.. scan.Places.Select(place => read.IndexOf(place))] } : node);
            }

            var result = (LogicalWith)pruned;
            pruned = ReferenceEquals(plan, definition.Plan) ? result : result with { Definitions = result.Definitions.SetItem(i, definition with { Plan = plan }) };
        }

        var same = (LogicalWith)pruned;
        return ReferenceEquals(same.Body, with.Body) && same.Definitions.SequenceEqual(with.Definitions) ? with : pruned;
    }

    /// <summary>What nobody needs goes, unless it may do something besides: nextval, pg_sleep.</summary>
    private static LogicalProject PruneProject(LogicalProject project, HashSet<int> needed)
    {
        var kept = project.Projections.Where(projection => needed.Contains(projection.Column.Id) || projection.Value.IsVolatile()).ToList();
        return kept.Count == project.Projections.Length ? project : new LogicalProject(project.Input, [.. kept]);
    }
}
