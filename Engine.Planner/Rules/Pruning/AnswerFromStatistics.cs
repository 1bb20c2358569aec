using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Binding;
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
            ? Answer(aggregate, scan, source, context.Binding) ?? node
            : node);

    private static bool IsAnswerable(AggregateCall call) => call is { Filter: null, OrderBy.IsEmpty: true } && call switch
    {
        { Function: "count", Arguments.IsEmpty: true, IsDistinct: false } => true,
        { Function: "count", Arguments: [ColumnReference], IsDistinct: false } => true,
        { Function: "min" or "max", Arguments: [ColumnReference] } => true,
        _ => false,
    };

    /// <summary>The answers as a row of values; null when one of them is not known.</summary>
    private static LogicalValues? Answer(LogicalAggregate aggregate, LogicalScan scan, FileTableSource source, BindingContext binding)
    {
        var asked = aggregate.Aggregations.SelectMany(aggregation => aggregation.Call.Arguments)
            .Select(argument => PlaceOf(((ColumnReference)argument).Column, scan))
            .Distinct()
            .ToImmutableArray();

        // Of partition columns files know nothing.
        if (asked.Any(place => place >= source.FileSchema.Count) || binding.Tables.StatisticsOf(source, asked, binding.CancellationToken) is not { } statistics)
        {
            return null;
        }

        var values = ImmutableArray.CreateBuilder<Expression>();
        foreach (var (column, call) in aggregate.Aggregations)
        {
            if (call.Arguments.IsEmpty)
            {
                values.Add(new Literal(statistics.RowCount, DataType.BigInt));
                continue;
            }

            var known = statistics.Columns[asked.IndexOf(PlaceOf(((ColumnReference)call.Arguments[0]).Column, scan))];
            var value = call.Function switch
            {
                "count" => statistics.RowCount - known?.NullCount,
                "min" => known?.Min,
                _ => known?.Max,
            };
            if (value is null && known?.NullCount != statistics.RowCount)
            {
                return null;
            }

            values.Add(new Literal(value, column.Type));
        }

        return new LogicalValues(aggregate.Output, [values.ToImmutable()]);
    }

    /// <summary>Where in the table's columns, those of the files first, a column of the scan stands.</summary>
    private static int PlaceOf(int column, LogicalScan scan) => scan.SourceColumns[scan.Columns.Select(known => known.Id).ToList().IndexOf(column)];
}
