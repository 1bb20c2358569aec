using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;

namespace Engine.Planner.Physical;

/// <summary>Makes columns of what the calls of a window need, beside those of its input.</summary>
internal sealed class WindowPlanner(PlanNode input, Func<Expression, Expression> bind)
{
    private readonly List<Expression> _values = [.. input.Output.Select((field, place) => (Expression)new ColumnReference(place, field.Name, field.Type))];

    public WindowNode Plan(LogicalWindow window, Schema output, Func<PlanNode, PlanNode> numbered)
    {
        var kept = input.Output.Count;
        ImmutableArray<int> partitionBy = [.. window.PartitionBy.Select(Place)];
        var orderBy = Keys(window.OrderBy);
        ImmutableArray<WindowCallSpecification> calls = [.. window.Calls.Select(call => Specify(call.Call))];
        var computed = _values.Count == kept
            ? input
            : numbered(new ProjectNode(input, [.. _values], new Schema([.. input.Output, .. _values.Skip(kept).Select((value, i) => new Field($"window {i + 1}", value.Type))])) { EstimatedRows = input.EstimatedRows });
        return new WindowNode(computed, partitionBy, orderBy, calls, kept, output);
    }

    private WindowCallSpecification Specify(WindowCall call) => new(
        call.Function,
        [.. call.Arguments.Select(Place)],
        call.Type,
        call.IsDistinct,
        call.IgnoresNulls,
        call.Filter is null ? null : Place(call.Filter),
        Keys(call.OrderBy),
        new FrameSpecification(call.Frame.Unit, End(call.Frame.Start), End(call.Frame.End), call.Frame.Exclusion));

    private FrameEnd End(FrameBound bound) => new(
        bound.Kind, bound.Offset, bound.Limit is { } limit ? Place(limit.Value) : null, bound.Limit is { } key ? Place(key.Key) : null);

    private ImmutableArray<WindowKey> Keys(ImmutableArray<SortKey> keys) => [.. keys.Select(key => new WindowKey(Place(key.Value), key.IsDescending, key.NullsFirst))];

    /// <summary>The column that has the value, a new one if need be.</summary>
    private int Place(Expression expression)
    {
        var value = bind(expression);
        var place = _values.FindIndex(known => known.Equals(value));
        if (place < 0)
        {
            place = _values.Count;
            _values.Add(value);
        }

        return place;
    }
}
