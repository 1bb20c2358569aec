using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Binding;

/// <summary>Gathers the window calls of one SELECT; equal calls share a column, and calls with the same partitions and order a node.</summary>
internal sealed class WindowCollector(BindingContext context)
{
    private readonly List<Window> _windows = [];

    public bool IsEmpty => _windows.Count == 0;

    public IEnumerable<int> Columns => _windows.SelectMany(window => window.Calls).Select(call => call.Column.Id);

    public Expression Add(ImmutableArray<Expression> partitionBy, ImmutableArray<SortKey> orderBy, WindowCall call, SourceSpan? span)
    {
        var window = _windows.Find(known => known.PartitionBy.AsSpan().SequenceEqual(partitionBy.AsSpan()) && known.OrderBy.AsSpan().SequenceEqual(orderBy.AsSpan()));
        if (window is null)
        {
            window = new Window(partitionBy, orderBy, []);
            _windows.Add(window);
        }

        var known = window.Calls.Find(other => other.Call.Equals(call));
        if (known is null)
        {
            known = new WindowAggregation(context.NewColumn(call.Function, call.Type), call);
            window.Calls.Add(known);
        }

        return known.Column.Reference(span);
    }

    /// <summary>The plan with a column for each call.</summary>
    /// <param name="plan">The rows.</param>
    /// <param name="overPlan">What an expression of the calls is over the plan, which may be groups.</param>
    public LogicalNode Attach(LogicalNode plan, Func<Expression, Expression> overPlan) => _windows.Aggregate(plan, (input, window) => new LogicalWindow(
        input,
        [.. window.PartitionBy.Select(overPlan)],
        [.. window.OrderBy.Select(key => key with { Value = overPlan(key.Value) })],
        [.. window.Calls.Select(call => call with { Call = call.Call.Rewrite(overPlan) })]));

    private sealed record Window(ImmutableArray<Expression> PartitionBy, ImmutableArray<SortKey> OrderBy, List<WindowAggregation> Calls);
}
