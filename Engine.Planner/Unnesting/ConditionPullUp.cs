using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Planner.Binding;
using Engine.Planner.Logical;

namespace Engine.Planner.Unnesting;

/// <summary>A subquery's plan that stands on its own, and what it demanded of the rows of the query around it.</summary>
/// <param name="Plan">Refers to no column that it does not give or read itself.</param>
/// <param name="Conditions">Over its output and the columns of the queries around it; none for a subquery that refers to nothing outside.</param>
internal sealed record IndependentPlan(LogicalNode Plan, ImmutableArray<Expression> Conditions);

/// <summary>
/// Takes out of a subquery's plan the conditions that refer to the query around it, so that they become those of a join: through projections, which
/// then keep the columns that are needed, through joins, and through groupings, where an equality's inner side becomes one more key. Most subqueries
/// can be unnested so, without asking for the values that they depend on; null is the answer for the others.
/// </summary>
internal sealed class ConditionPullUp(BindingContext context)
{
    public IndependentPlan? PullUp(LogicalNode node)
    {
        if (node.FreeColumns().Count == 0)
        {
            return new IndependentPlan(node, []);
        }

        return node switch
        {
            LogicalFilter filter => ThroughFilter(filter),
            LogicalProject project => ThroughProject(project),
            LogicalSort sort when sort.Keys.All(key => IsOver(key.Value, sort.Input)) => Over(PullUp(sort.Input), input => sort with { Input = input }),
            LogicalExpand expand when expand.Expressions.All(value => IsOver(value, expand.Input)) => Over(PullUp(expand.Input), input => expand with { Input = input }),
            LogicalAggregate { Keys.IsEmpty: false, EmptyGroups.IsEmpty: true } aggregate => ThroughAggregate(aggregate),
            LogicalJoin { Type: JoinType.Inner } join => ThroughInnerJoin(join),
            LogicalJoin { Type: not (JoinType.Right or JoinType.Full) } join when join.Right.FreeColumns().Count == 0 && join.Expressions.All(expression => IsOver(expression, join.Left, join.Right)) =>
                Over(PullUp(join.Left), left => join with { Left = left }),
            LogicalWith with => Over(PullUp(with.Body), body => with with { Body = body }),
            _ => null,
        };
    }

    /// <summary>Groups the rows by the inner sides of conditions, which must all be equalities; null when they are not.</summary>
    /// <returns>The keys of the grouping, and those of the join to it.</returns>
    public (ImmutableArray<Projection> Keys, ImmutableArray<JoinKey> JoinKeys)? ToKeys(IndependentPlan inner)
    {
        var keys = ImmutableArray.CreateBuilder<Projection>();
        var joinKeys = ImmutableArray.CreateBuilder<JoinKey>();
        foreach (var condition in inner.Conditions)
        {
            if (condition is not Call { Function: "=", Arguments: [var a, var b] } || Sides(a, b, inner.Plan) is not { } sides || a.Type.IsNested)
            {
                return null;
            }

            var key = new Projection(context.NewColumn("key", sides.Inner.Type), sides.Inner);
            keys.Add(key);
            joinKeys.Add(new JoinKey(sides.Outer, key.Column.Reference(condition.Span)));
        }

        return (keys.ToImmutable(), joinKeys.ToImmutable());
    }

    private static IndependentPlan? Over(IndependentPlan? inner, Func<LogicalNode, LogicalNode> build) => inner is null ? null : inner with { Plan = build(inner.Plan) };

    private static bool IsOver(Expression expression, params ReadOnlySpan<LogicalNode> inputs)
    {
        var known = new HashSet<int>();
        foreach (var input in inputs)
        {
            known.UnionWith(input.Output.Select(column => column.Id));
        }

        return expression.ReferencedColumns().All(known.Contains);
    }

    private static (Expression Inner, Expression Outer)? Sides(Expression a, Expression b, LogicalNode plan)
    {
        var known = plan.Output.Select(column => column.Id).ToHashSet();
        bool IsInner(Expression side) => side.ReferencedColumns().All(known.Contains);
        bool IsOuter(Expression side) => !side.ReferencedColumns().Any(known.Contains);
        return IsInner(a) && IsOuter(b) ? (a, b) : IsInner(b) && IsOuter(a) ? (b, a) : null;
    }

    private IndependentPlan? ThroughFilter(LogicalFilter filter)
    {
        if (PullUp(filter.Input) is not { } inner)
        {
            return null;
        }

        var terms = filter.Predicate.Conjuncts().ToLookup(term => IsOver(term, filter.Input));
        var plan = terms[true].Any() ? new LogicalFilter(inner.Plan, ExpressionWalk.AndAll(terms[true])) : inner.Plan;
        return new IndependentPlan(plan, [.. inner.Conditions, .. terms[false]]);
    }

    private IndependentPlan? ThroughProject(LogicalProject project)
    {
        if (!project.Expressions.All(value => IsOver(value, project.Input)) || PullUp(project.Input) is not { } inner)
        {
            return null;
        }

        return inner with { Plan = new LogicalProject(inner.Plan, [.. project.Projections, .. Missing(inner, project.Output).Select(Projection.Keep)]) };
    }

    private IndependentPlan? ThroughAggregate(LogicalAggregate aggregate)
    {
        if (!aggregate.Expressions.All(value => IsOver(value, aggregate.Input)) || PullUp(aggregate.Input) is not { } inner || ToKeys(inner) is not var (keys, joinKeys))
        {
            return null;
        }

        var conditions = joinKeys.Select(key => (Expression)new Call("=", [key.Left, key.Right], Core.Types.DataType.Boolean) { Span = key.Right.Span });
        return new IndependentPlan(new LogicalAggregate(inner.Plan, [.. aggregate.Keys, .. keys], aggregate.Aggregations), [.. conditions]);
    }

    private IndependentPlan? ThroughInnerJoin(LogicalJoin join)
    {
        if (PullUp(join.Left) is not { } left || PullUp(join.Right) is not { } right)
        {
            return null;
        }

        var keys = join.Keys.ToLookup(key => IsOver(key.Left, join.Left) && IsOver(key.Right, join.Right));
        var residual = (join.Residual?.Conjuncts() ?? []).ToLookup(term => IsOver(term, join.Left, join.Right));
        var plan = new LogicalJoin(
            JoinType.Inner, left.Plan, right.Plan, [.. keys[true]], residual[true].Any() ? ExpressionWalk.AndAll(residual[true]) : null);
        var equalities = keys[false].Select(key => key.Condition());
        return new IndependentPlan(plan, [.. left.Conditions, .. right.Conditions, .. equalities, .. residual[false]]);
    }

    /// <summary>Columns that conditions need and that are not among these.</summary>
    private static IEnumerable<LogicalColumn> Missing(IndependentPlan inner, ImmutableArray<LogicalColumn> columns)
    {
        var needed = inner.Conditions.SelectMany(condition => condition.ReferencedColumns()).ToHashSet();
        return inner.Plan.Output.Where(column => needed.Contains(column.Id) && !columns.Any(known => known.Id == column.Id));
    }
}
