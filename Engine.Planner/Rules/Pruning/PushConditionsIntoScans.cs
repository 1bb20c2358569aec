using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Pruning;

/// <summary>
/// Hands conditions of the filter right above a scan over to it, where its source applies them itself. One that can fail stays in the filter, behind
/// those that guard it; so does one over columns that do not lie in the files.
/// </summary>
internal sealed class PushConditionsIntoScans : IPlanRule
{
    public string Name => "push_conditions_into_scans";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node =>
        node is LogicalFilter { Input: LogicalScan { Limit: null, Source: FileTableSource { AppliesConditions: true, ErrorsOnly: false } source } scan } filter
            ? Push(filter, scan, source)
            : node);

    private static LogicalNode Push(LogicalFilter filter, LogicalScan scan, FileTableSource source)
    {
        var places = scan.Columns.Select((column, i) => (column.Id, Place: scan.SourceColumns[i])).ToDictionary(pair => pair.Id, pair => pair.Place);
        var terms = filter.Predicate.Conjuncts().ToLookup(term =>
            !term.CanFail() && !term.IsVolatile() && term.ReferencedColumns().Any() && term.ReferencedColumns().All(id => places[id] < source.FileSchema.Count));
        if (!terms[true].Any())
        {
            return filter;
        }

        var pushed = terms[true].Select(term => term.Rewrite(part => part is ColumnReference column ? column with { Column = places[column.Column] } : part));
        var narrowed = scan with { Conditions = [.. scan.Conditions, .. pushed] };
        return terms[false].Any() ? new LogicalFilter(narrowed, ExpressionWalk.AndAll(terms[false])) : narrowed;
    }
}
