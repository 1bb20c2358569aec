using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Binding;

/// <summary>Gathers the aggregate calls of one SELECT; equal calls share a column.</summary>
internal sealed class AggregateCollector(BindingContext context)
{
    private readonly List<Aggregation> _aggregations = [];

    public IReadOnlyList<Aggregation> Aggregations => _aggregations;

    /// <summary>Whether GROUPING was called, which only groups can answer.</summary>
    public bool HasGrouping { get; set; }

    public Expression Add(AggregateCall call, string name, SourceSpan? span)
    {
        var known = _aggregations.FirstOrDefault(aggregation => aggregation.Call.Equals(call));
        if (known is null)
        {
            known = new Aggregation(context.NewColumn(name, call.Type, call.Function == "array_agg" && call.Arguments is [var item] ? context.FormOf(item) : default), call);
            _aggregations.Add(known);
        }

        return known.Column.Reference(span);
    }
}
