using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Binding;

/// <summary>A subquery's plan that stands on its own, and what it demanded of the rows of the query around it.</summary>
/// <param name="Plan">Refers to no column that it does not give or read itself.</param>
/// <param name="Conditions">Over its output and the columns of the queries around it; none for a subquery that refers to nothing outside.</param>
internal sealed record IndependentPlan(LogicalNode Plan, ImmutableArray<Expression> Conditions);

/// <summary>
/// Takes out of a subquery's plan the conditions that refer to the query around it, so that they become those of a join: through projections, which
/// then keep the columns that are needed, through joins, and through groupings, where an equality's inner side becomes one more key.
/// </summary>
internal sealed class Decorrelator(BindingContext context, SourceSpan span)
{
    /// <exception cref="QueryException">0A000 where a reference outside stands in the way.</exception>
    public IndependentPlan PullUp(LogicalNode node)
    {
        if (FreeColumns(node).Count == 0)
        {
            return new IndependentPlan(node, []);
        }

        return node switch
        {
            LogicalFilter filter => ThroughFilter(filter),
            LogicalProject project => ThroughProject(project),
            LogicalSort sort when sort.Keys.All(key => IsOver(key.Value, sort.Input)) => Over(PullUp(sort.Input), input => sort with { Input = input }),
            LogicalAggregate { Keys.IsEmpty: false } aggregate => ThroughAggregate(aggregate),
            LogicalJoin { Type: JoinType.Inner } join => ThroughInnerJoin(join),
            LogicalJoin { Type: not (JoinType.Right or JoinType.Full) } join when FreeColumns(join.Right).Count == 0 && join.Expressions.All(expression => IsOver(expression, join.Left, join.Right)) =>
                Over(PullUp(join.Left), left => join with { Left = left }),
            _ => throw InTheWay(node),
        };
    }

    /// <summary>Groups the rows by the inner sides of conditions, which must all be equalities.</summary>
    /// <returns>The keys of the grouping, and those of the join to it.</returns>
    public (ImmutableArray<Projection> Keys, ImmutableArray<JoinKey> JoinKeys) ToKeys(IndependentPlan inner)
    {
        var keys = ImmutableArray.CreateBuilder<Projection>();
        var joinKeys = ImmutableArray.CreateBuilder<JoinKey>();
        foreach (var condition in inner.Conditions)
        {
            if (condition is not Call { Function: "=", Arguments: [var a, var b] } || Sides(a, b, inner.Plan) is not { } sides || a.Type.IsNested)
            {
                throw Unsupported(condition);
            }

            var key = new Projection(context.NewColumn("key", sides.Inner.Type), sides.Inner);
            keys.Add(key);
            joinKeys.Add(new JoinKey(sides.Outer, key.Column.Reference(condition.Span)));
        }

        return (keys.ToImmutable(), joinKeys.ToImmutable());
    }

    /// <summary>The columns that a plan refers to and does not have.</summary>
    public static HashSet<int> FreeColumns(LogicalNode plan)
    {
        var nodes = plan.SelfAndDescendants().ToList();
        var columns = nodes.SelectMany(node => node.Expressions).SelectMany(expression => expression.ReferencedColumns()).ToHashSet();
        columns.ExceptWith(nodes.SelectMany(node => node.Output).Select(column => column.Id));
        return columns;
    }

    public QueryException Unsupported(Expression condition) => QueryException.NotSupportedYet(
        "a subquery that is tied to the query around it by more than equalities, here", condition.Span ?? span);

    private static IndependentPlan Over(IndependentPlan inner, Func<LogicalNode, LogicalNode> build) => inner with { Plan = build(inner.Plan) };

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

    private IndependentPlan ThroughFilter(LogicalFilter filter)
    {
        var inner = PullUp(filter.Input);
        var terms = filter.Predicate.Conjuncts().ToLookup(term => IsOver(term, filter.Input));
        var plan = terms[true].Any() ? new LogicalFilter(inner.Plan, ExpressionWalk.AndAll(terms[true])) : inner.Plan;
        return new IndependentPlan(plan, [.. inner.Conditions, .. terms[false]]);
    }

    private IndependentPlan ThroughProject(LogicalProject project)
    {
        if (project.Expressions.FirstOrDefault(value => !IsOver(value, project.Input)) is { } value)
        {
            throw QueryException.NotSupportedYet("a value of the query around it in the select list of a subquery", value.Span ?? span);
        }

        var inner = PullUp(project.Input);
        return inner with { Plan = new LogicalProject(inner.Plan, [.. project.Projections, .. Missing(inner, project.Output).Select(Projection.Keep)]) };
    }

    private IndependentPlan ThroughAggregate(LogicalAggregate aggregate)
    {
        if (aggregate.Expressions.FirstOrDefault(value => !IsOver(value, aggregate.Input)) is { } value)
        {
            throw QueryException.NotSupportedYet("a value of the query around it in the groups of a subquery", value.Span ?? span);
        }

        var inner = PullUp(aggregate.Input);
        var (keys, joinKeys) = ToKeys(inner);
        var conditions = joinKeys.Select(key => (Expression)new Call("=", [key.Left, key.Right], Core.Types.DataType.Boolean) { Span = key.Right.Span });
        return new IndependentPlan(new LogicalAggregate(inner.Plan, [.. aggregate.Keys, .. keys], aggregate.Aggregations), [.. conditions]);
    }

    private IndependentPlan ThroughInnerJoin(LogicalJoin join)
    {
        var left = PullUp(join.Left);
        var right = PullUp(join.Right);
        var keys = join.Keys.ToLookup(key => IsOver(key.Left, join.Left) && IsOver(key.Right, join.Right));
        var residual = (join.Residual?.Conjuncts() ?? []).ToLookup(term => IsOver(term, join.Left, join.Right));
        var plan = new LogicalJoin(
            JoinType.Inner, left.Plan, right.Plan, [.. keys[true]], residual[true].Any() ? ExpressionWalk.AndAll(residual[true]) : null);
        var equalities = keys[false].Select(key => (Expression)new Call("=", [key.Left, key.Right], Core.Types.DataType.Boolean) { Span = key.Left.Span });
        return new IndependentPlan(plan, [.. left.Conditions, .. right.Conditions, .. equalities, .. residual[false]]);
    }

    /// <summary>Columns that conditions need and that are not among these.</summary>
    private static IEnumerable<LogicalColumn> Missing(IndependentPlan inner, ImmutableArray<LogicalColumn> columns)
    {
        var needed = inner.Conditions.SelectMany(condition => condition.ReferencedColumns()).ToHashSet();
        return inner.Plan.Output.Where(column => needed.Contains(column.Id) && !columns.Any(known => known.Id == column.Id));
    }

    private QueryException InTheWay(LogicalNode node) => QueryException.NotSupportedYet(
        $"a subquery that refers to the query around it below {NameOf(node)}", span);

    private static string NameOf(LogicalNode node) => node switch
    {
        LogicalLimit or LogicalTopN => "a LIMIT",
        LogicalAggregate => "an aggregate without GROUP BY",
        LogicalJoin => "an outer join",
        LogicalSetOperation operation => $"{operation.Operator.ToString().ToUpperInvariant()}",
        LogicalValues => "VALUES",
        LogicalUnnest => "UNNEST",
        _ => "another subquery",
    };
}
