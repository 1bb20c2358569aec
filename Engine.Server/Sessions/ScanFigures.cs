using System.Globalization;
using Engine.Core.Connectors;
using Engine.Exec.Pipelines;
using Engine.Planner.Explain;
using Engine.Planner.Physical;

namespace Engine.Server.Sessions;

/// <summary>What a scan has read and what it was spared, as EXPLAIN ANALYZE shows it: in all, then by the filter that ruled it out.</summary>
internal static class ScanFigures
{
    public static IEnumerable<string> Of(ScanNode scan, ScanMetrics figures, QueryContext context)
    {
        var isParquet = scan.Source is FileTableSource { Format: "parquet" };
        var piece = isParquet ? "row groups" : "pieces";
        var scope = figures.BytesInScope > 0 ? $" of {PlanText.Bytes(figures.BytesInScope)} in these columns" : string.Empty;
        yield return Text($"read {PlanText.Bytes(figures.BytesRead)}{scope}, {figures.RowsRead:N0} rows");
        yield return isParquet
            ? Text($"{piece}: read {figures.PiecesRead:N0}, skipped {figures.PiecesSkipped:N0}; pages: read {figures.PagesRead:N0}, skipped {figures.PagesSkipped:N0}")
            : Text($"{piece}: read {figures.PiecesRead:N0}, skipped {figures.PiecesSkipped:N0}");
        foreach (var constraint in scan.Constraints)
        {
            if (Skipped(figures.Of(constraint)) is { } skipped)
            {
                yield return $"{PlanText.ConstraintText(constraint, scan.Source.Schema)}: {skipped}";
            }
        }

        if (!context.ScanRequests.TryGetValue(scan.Id, out var filters))
        {
            yield break;
        }

        foreach (var constraint in filters.RuntimeConstraints)
        {
            if (constraint.Current is { } bound)
            {
                var metrics = figures.Of(constraint);
                var skipped = Skipped(metrics) is { } pieces ? $"; {pieces}" : string.Empty;
                yield return $"{PlanText.ConstraintText(bound, scan.Source.Schema)} (found while running): {Kept(metrics)}{skipped}";
            }
        }

        foreach (var (condition, expression) in filters.Conditions.Zip(scan.Conditions))
        {
            yield return $"{ExpressionText.Of(expression)}: {Kept(figures.Of(condition))}";
        }
    }

    private static string? Skipped(FilterMetrics metrics) => (metrics.Pieces, metrics.Pages) switch
    {
        (0, 0) => null,
        (var groups, 0) => Text($"skipped {groups:N0} row groups"),
        (0, var pages) => Text($"ruled out {pages:N0} pages"),
        var (groups, pages) => Text($"skipped {groups:N0} row groups, ruled out {pages:N0} pages"),
    };

    private static string Kept(FilterMetrics metrics) => Text($"kept {metrics.RowsKept:N0} of {metrics.RowsTested:N0} rows");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
