using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Planner.Binding;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Pushdown;

/// <summary>
/// Moves conditions towards the scans: through projections (in terms of what they compute), sorts, unions and grouping keys, and into the side of
/// a join that they speak of. A condition over both sides of an inner join becomes part of the join.
/// </summary>
internal sealed class PushDownPredicates : IPlanRule
{
    public string Name => "push_down_predicates";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node => node is LogicalFilter filter ? Push(filter) : node);

    private static LogicalNode Push(LogicalFilter filter) => filter.Input switch
    {
        LogicalProject project => ThroughProject(filter, project),
        LogicalSort sort => sort with { Input = Push(new LogicalFilter(sort.Input, filter.Predicate)) },
        LogicalAggregate { Keys.IsEmpty: false, EmptyGroups.IsEmpty: true } aggregate => ThroughAggregate(filter, aggregate),
        LogicalWindow window => ThroughWindow(filter, window),
        LogicalJoin join => IntoJoin(filter, join),
        LogicalSetOperation { Operator: SetOperator.Union } union => ThroughUnion(filter, union),
        LogicalFilter inner => Push(new LogicalFilter(inner.Input, ExpressionWalk.AndAll([inner.Predicate, filter.Predicate]))),
        _ => filter,
    };

    /// <summary>Filters the input, pushing on; nothing to filter leaves it alone.</summary>
    private static LogicalNode Filter(LogicalNode input, IReadOnlyCollection<Expression> terms) =>
        terms.Count == 0 ? input : Push(new LogicalFilter(input, ExpressionWalk.AndAll(terms)));

    /// <summary>What stays above: the same filter object when nothing moved.</summary>
    private static LogicalNode Stay(LogicalFilter filter, LogicalNode input, List<Expression> left, int moved)
    {
        if (moved == 0)
        {
            return filter;
        }

        return left.Count == 0 ? input : new LogicalFilter(input, ExpressionWalk.AndAll(left));
    }

    private static LogicalNode ThroughProject(LogicalFilter filter, LogicalProject project)
    {
        var values = project.Projections.ToDictionary(projection => projection.Column.Id, projection => projection.Value);
        var (down, left) = Partition(filter.Predicate, term => term.ReferencedColumns().All(id => !values[id].IsVolatile()));
        return down.Count == 0
            ? filter
            : Stay(filter, project with { Input = Filter(project.Input, [.. down.Select(term => term.Inline(values))]) }, left, down.Count);
    }

    private static LogicalNode ThroughAggregate(LogicalFilter filter, LogicalAggregate aggregate)
    {
        var keys = aggregate.Keys.ToDictionary(key => key.Column.Id, key => key.Value);
        var (down, left) = Partition(filter.Predicate, term => term.ReferencedColumns().All(id => keys.TryGetValue(id, out var key) && !key.IsVolatile()));
        return down.Count == 0
            ? filter
            : Stay(filter, aggregate with { Input = Filter(aggregate.Input, [.. down.Select(term => term.Inline(keys))]) }, left, down.Count);
    }

    /// <summary>A condition over the values that partitions have in common leaves whole partitions out.</summary>
    private static LogicalNode ThroughWindow(LogicalFilter filter, LogicalWindow window)
    {
        var keys = window.PartitionBy.OfType<ColumnReference>().Select(key => key.Column).ToHashSet();
        var (down, left) = Partition(filter.Predicate, term => !term.CanFail() && term.ReferencedColumns().Any() && term.ReferencedColumns().All(keys.Contains));
        return down.Count == 0 ? filter : Stay(filter, window with { Input = Filter(window.Input, down) }, left, down.Count);
    }

    private static LogicalNode ThroughUnion(LogicalFilter filter, LogicalSetOperation union)
    {
        return filter.Predicate.IsVolatile()
            ? filter
            : union with { Left = Filter(union.Left, [InTermsOf(union.Left)]), Right = Filter(union.Right, [InTermsOf(union.Right)]) };

        Expression InTermsOf(LogicalNode side) => filter.Predicate.Inline(
            union.Columns.Zip(side.Output).ToDictionary(pair => pair.First.Id, pair => (Expression)pair.Second.Reference()));
    }

    private static LogicalNode IntoJoin(LogicalFilter filter, LogicalJoin join)
    {
        var leftIds = join.Left.Output.Select(column => column.Id).ToHashSet();
        var rightIds = join.Right.Output.Select(column => column.Id).ToHashSet();
        var takesLeft = join.Type is not (JoinType.Right or JoinType.Full);
        var takesRight = join.Type is JoinType.Inner or JoinType.Right;
        var toLeft = new List<Expression>();
        var toRight = new List<Expression>();
        var toCondition = new List<Expression>();
        var stays = new List<Expression>();
        foreach (var term in filter.Predicate.Conjuncts())
        {
            var columns = term.ReferencedColumns().ToList();
            var target = (columns.All(leftIds.Contains), columns.All(rightIds.Contains)) switch
            {
                _ when term.IsVolatile() => stays,
                (true, _) when takesLeft => toLeft,
                (_, true) when takesRight => toRight,
                (false, false) when join.Type == JoinType.Inner && !term.CanFail() => toCondition,
                _ => stays,
            };
            target.Add(term);
        }

        if (toLeft.Count + toRight.Count + toCondition.Count == 0)
        {
            return filter;
        }

        var (keys, residual) = JoinCondition.Split(ExpressionWalk.AndAll(toCondition), join.Left, join.Right);
        var rest = new[] { join.Residual, residual }.OfType<Expression>().ToList();
        var pushed = new LogicalJoin(
            join.Type, Filter(join.Left, toLeft), Filter(join.Right, toRight), join.Keys.AddRange(keys), rest.Count == 0 ? null : ExpressionWalk.AndAll(rest));
        return stays.Count == 0 ? pushed : new LogicalFilter(pushed, ExpressionWalk.AndAll(stays));
    }

    private static (List<Expression> Down, List<Expression> Left) Partition(Expression predicate, Func<Expression, bool> canMove)
    {
        var down = new List<Expression>();
        var left = new List<Expression>();
        foreach (var term in predicate.Conjuncts())
        {
            (canMove(term) && !term.IsVolatile() ? down : left).Add(term);
        }

        return (down, left);
    }
}
