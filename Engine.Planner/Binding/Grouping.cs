using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;

namespace Engine.Planner.Binding;

/// <summary>The grouping of one SELECT: its keys, and how expressions over the groups refer to them.</summary>
/// <param name="Keys">All keys, in the order in which they were named.</param>
/// <param name="Sets">For each grouping set the places of its keys; one with all keys where no grouping sets were asked for.</param>
/// <param name="Set">The number of a group's set, where there are several.</param>
internal sealed record Grouping(ImmutableArray<Projection> Keys, ImmutableArray<ImmutableArray<int>> Sets, LogicalColumn Set)
{
    /// <summary>What <c>GROUPING(...)</c> is bound to until the keys are known.</summary>
    public const string Function = "grouping";

    private bool IsPlain => Sets.Length == 1 && Sets[0].Length == Keys.Length;

    /// <summary>The groups of the rows, with their aggregates.</summary>
    public LogicalNode Group(LogicalNode input, ImmutableArray<Aggregation> aggregations, BindingContext context)
    {
        if (IsPlain)
        {
            return new LogicalAggregate(input, Keys, aggregations);
        }

        // The arguments of aggregates see the columns as they are: only the keys become NULL.
        var keys = Keys.Select(key => key with { Column = context.NewColumn(key.Column.Name, key.Column.Type) }).ToImmutableArray();
        var set = context.NewColumn(Set.Name, Set.Type);
        var groups = new LogicalAggregate(
            new LogicalExpand(input, keys, Sets, set),
            [.. Keys.Zip(keys, (key, expanded) => key with { Value = expanded.Column.Reference() }), new Projection(Set, set.Reference())],
            aggregations);
        return groups with { EmptyGroups = [.. Enumerable.Range(0, Sets.Length).Where(place => Sets[place].IsEmpty).Select(EmptyGroup)] };
    }

    /// <summary>The expression over the groups: keys by their columns, everything else must be an aggregate or constant.</summary>
    /// <param name="expression">Over the rows.</param>
    /// <param name="ungrouped">The columns of the rows, which differ within a group.</param>
    public Expression OverGroups(Expression expression, IReadOnlySet<int> ungrouped)
    {
        if (expression is Call { Function: Function } grouping)
        {
            return BitsOf(grouping);
        }

        if (Keys.FirstOrDefault(key => key.Value.Equals(expression)) is { } match)
        {
            return match.Column.Reference(expression.Span);
        }

        if (expression is ColumnReference column)
        {
            return ungrouped.Contains(column.Column)
                ? throw new QueryException(
                    ErrorCodes.GroupingError,
                    $"column \"{column.Name}\" must appear in the GROUP BY clause or be used in an aggregate function",
                    column.Span)
                : column;
        }

        var children = expression.Children;
        return children.IsEmpty ? expression : expression.WithChildren([.. children.Select(child => OverGroups(child, ungrouped))]);
    }

    /// <summary>A bit for each argument, the first the highest: set when the group's set does not have that key.</summary>
    private Expression BitsOf(Call grouping)
    {
        var places = grouping.Arguments.Select(argument => Keys.Select((key, place) => (key, place)).FirstOrDefault(pair => pair.key.Value.Equals(argument), (null!, -1)).place).ToList();
        if (places.Contains(-1))
        {
            throw new QueryException(ErrorCodes.GroupingError, "arguments to GROUPING must be grouping expressions of the associated query level", grouping.Span);
        }

        var bits = Sets.Select(set => (Expression)new Literal(places.Aggregate(0, (value, place) => (value << 1) | (set.Contains(place) ? 0 : 1)), DataType.Integer)).ToImmutableArray();
        return IsPlain ? bits[0] : new Case([.. bits[..^1].Select((_, set) => IsSet(set))], bits[..^1], bits[^1]) { Span = grouping.Span };
    }

    private Expression IsSet(int set) => new Call("=", [Set.Reference(), new Literal(set, DataType.Integer)], DataType.Boolean);

    private ImmutableArray<Literal> EmptyGroup(int set) => [.. Keys.Select(key => Literal.Null(key.Column.Type)), new Literal(set, DataType.Integer)];
}
