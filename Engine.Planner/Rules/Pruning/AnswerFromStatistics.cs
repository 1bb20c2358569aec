using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Pruning;

/// <summary>
/// Answers count, min and max over whole tables from what their files say of themselves, where they say it exactly: nothing is scanned then.
/// </summary>
internal sealed class AnswerFromStatistics : IPlanRule
{
    public string Name => "answer_from_statistics";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node =>
        node is LogicalAggregate
        {
            Keys.IsEmpty: true,
            Input: LogicalScan { Conditions.IsEmpty: true, Limit: null, Source: FileTableSource { ErrorsOnly: false } source } scan,
        } aggregate
        && aggregate.Aggregations.All(aggregation => IsAnswerable(aggregation.Call))
        && context.Binding.Tables.StatisticsOf(source, context.Binding.CancellationToken) is { } statistics
            ? Answer(aggregate, scan, source, statistics)
            : node);

    private static bool IsAnswerable(AggregateCall call) => call is { Filter: null, OrderBy.IsEmpty: true } && call switch
    {
        { Function: "count", Arguments.IsEmpty: true, IsDistinct: false } => true,
        { Function: "count", Arguments: [ColumnReference], IsDistinct: false } => true,
        { Function: "min" or "max", Arguments: [ColumnReference] } => true,
        _ => false,
    };

    /// <summary>The answers as a row of values; the aggregate as it was when one of them is not known.</summary>
    private static LogicalNode Answer(LogicalAggregate aggregate, LogicalScan scan, FileTableSource source, FileStatistics statistics)
    {
        var values = ImmutableArray.CreateBuilder<Expression>();
        foreach (var (column, call) in aggregate.Aggregations)
        {
            if (call.Arguments.IsEmpty)
            {
                values.Add(new Literal(statistics.RowCount, DataType.BigInt));
                continue;
            }

            var place = scan.SourceColumns[scan.Columns.Select(known => known.Id).ToList().IndexOf(((ColumnReference)call.Arguments[0]).Column)];
            var known = place < source.FileSchema.Count ? statistics.Columns[place] : null;
            var value = call.Function switch
            {
                "count" => statistics.RowCount - known?.NullCount,
                "min" => known?.Min,
                _ => known?.Max,
            };
            if (value is null && known?.NullCount != statistics.RowCount)
            {
                return aggregate;
            }

            values.Add(new Literal(value, column.Type));
        }

        return new LogicalValues(aggregate.Output, [values.ToImmutable()]);
    }
}
