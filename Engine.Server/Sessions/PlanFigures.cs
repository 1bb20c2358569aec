using Engine.Exec.Pipelines;
using Engine.Planner.Explain;
using Engine.Planner.Physical;

namespace Engine.Server.Sessions;

/// <summary>A plan with what each of its steps has done so far. The plan may run meanwhile.</summary>
internal static class PlanFigures
{
    public static IReadOnlyList<string> Lines(PlanNode plan, QueryContext context) => [.. PlanText.Of(plan, node => FiguresOf(node, context))];

    /// <summary>A step's own time: what its rows cost from the step below on, less what the steps above it took. Summed over threads.</summary>
    private static NodeFigures? FiguresOf(PlanNode node, QueryContext context)
    {
        if (!context.Nodes.TryGetValue(node.Id, out var metrics))
        {
            return null;
        }

        var arrivals = node.Inputs.Select(input => context.Nodes.TryGetValue(input.Id, out var below) ? below.DownstreamTime : default);
        var own = arrivals.Aggregate(metrics.SourceTime, (sum, time) => sum + time) - metrics.DownstreamTime;
        var time = own < TimeSpan.Zero ? metrics.SourceTime : node.Inputs.IsEmpty ? metrics.SourceTime : own;
        return new NodeFigures(metrics.Rows, time, DetailsOf(node, metrics, context));
    }

    private static IEnumerable<string> DetailsOf(PlanNode node, NodeMetrics metrics, QueryContext context)
    {
        if (node is ScanNode scan && context.Scans.TryGetValue(node.Id, out var figures))
        {
            return ScanFigures.Of(scan, figures, context);
        }

        return metrics.SpilledBytes > 0 ? [$"spilled {PlanText.Bytes(metrics.SpilledBytes)}"] : [];
    }
}
