using Engine.Core.Connectors;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Scan;

/// <summary>The splits of a table as the pieces of a pipeline.</summary>
internal static class ScanSource
{
    /// <param name="node">The scan.</param>
    /// <param name="constraints">Bounds that breakers above find while the query runs.</param>
    /// <param name="execution">The query.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public static IMorselSource Open(ScanNode node, IEnumerable<IRuntimeConstraint> constraints, QueryContext execution, CancellationToken cancellationToken)
    {
        var connector = execution.ConnectorFor(node.Source);
        var request = new ScanRequest(node.Projection, node.Constraints, node.Limit)
        {
            Conditions = [.. node.Conditions.Select(condition => ScanCondition.Of(condition, execution))],
            RuntimeConstraints = [.. constraints],
        };
        execution.ScanRequests[node.Id] = request;
        var metrics = execution.Scans.GetOrAdd(node.Id, _ => new ScanMetrics());
        var context = new ScanContext(execution.Pool, metrics, execution.RowErrors, execution.Options.BatchRowCount);
        var splits = connector.ListSplits(node.Source, request, cancellationToken);
        return new MorselList(splits.Count, piece => connector.Open(splits[piece], node.Source, request, context));
    }
}
