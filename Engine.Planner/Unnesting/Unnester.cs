using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Planner.Binding;
using Engine.Planner.Logical;
using Engine.Planner.Rules;

namespace Engine.Planner.Unnesting;

/// <summary>
/// Removes every <see cref="LogicalApply"/> from a plan. Where what ties a subquery to the query around it can be pulled up to become the condition of a
/// join, that is done, from the inside out; what is left is unnested from the outside in by way of the values that it depends on
/// (see <see cref="DomainPushdown"/>). What is shared ends up at the top of the plan.
/// </summary>
internal sealed class Unnester(BindingContext context)
{
    private readonly ConditionPullUp _conditions = new(context);

    public static LogicalNode Unnest(LogicalNode plan, BindingContext context)
    {
        var unnester = new Unnester(context);
        return unnester.Hoist(unnester.FromOutside(plan.RewriteUp(unnester.TryByConditions)));
    }

    /// <summary>Unnests what stands on its own, then what is inside of it.</summary>
    private LogicalNode FromOutside(LogicalNode node)
    {
        if (node is not LogicalApply apply)
        {
            return node.WithInputsRewritten(FromOutside);
        }

        apply = apply with { Left = FromOutside(apply.Left) };
        var joined = TryByConditions(apply);
        return FromOutside(joined is LogicalApply ? new DomainPushdown(context).Unnest(apply).RewriteUp(TryByConditions) : joined);
    }

    /// <summary>The apply as a join on what its right side demands; the same apply when that is not possible.</summary>
    private LogicalNode TryByConditions(LogicalNode node)
    {
        if (node is not LogicalApply apply)
        {
            return node;
        }

        var outer = apply.Left.Output.Select(column => column.Id).ToHashSet();
        var isCorrelated = apply.Right.FreeColumns().Overlaps(outer);
        return apply switch
        {
            _ when !isCorrelated => Join(apply, apply.Right, []),
            { Type: JoinType.Inner or JoinType.Left, Condition: Literal { Value: true }, Right: LogicalUnnest { Input: LogicalValues { Columns.IsEmpty: true, Rows.Length: 1 } } unnest } =>
                unnest with { Input = apply.Left, KeepsEmpty = apply.Type == JoinType.Left },
            { Type: JoinType.Inner, Condition: Literal { Value: true } } when ScalarSubquery.Of(apply.Right) is { } scalar => scalar.TryJoin(apply, _conditions, context) ?? apply,
            { Type: JoinType.Semi or JoinType.Anti, Condition: Literal { Value: true } } => _conditions.PullUp(RowsOf(apply.Right)) is { } inner ? Join(apply, inner.Plan, inner.Conditions) : apply,
            _ => _conditions.PullUp(apply.Right) is { } inner ? Join(apply, inner.Plan, inner.Conditions) : apply,
        };
    }

    private static LogicalNode Join(LogicalApply apply, LogicalNode right, IEnumerable<Expression> conditions)
    {
        var (keys, residual) = JoinCondition.Split(ExpressionWalk.AndAll([apply.Condition, .. conditions]), apply.Left, right);
        var join = new LogicalJoin(apply.Type, apply.Left, right, keys, residual);
        return join.Output.Length == apply.Output.Length ? join : new LogicalProject(join, [.. apply.Output.Select(Projection.Keep)]);
    }

    /// <summary>The rows of a query of which only matters whether there are any.</summary>
    public static LogicalNode RowsOf(LogicalNode query) => query switch
    {
        LogicalProject project => RowsOf(project.Input),
        LogicalSort sort => RowsOf(sort.Input),
        LogicalLimit { Offset: 0, Count: null or > 0 } limit => RowsOf(limit.Input),
        _ => query,
    };

    /// <summary>
    /// Puts all shared plans at the top, in an order in which each comes after those it reads; those inside of a recursion that read its rows stay.
    /// </summary>
    private LogicalNode Hoist(LogicalNode plan)
    {
        var shared = new List<SharedPlan>();
        var body = Collect(plan, shared, []);
        return shared.Count == 0 ? body : new LogicalWith([.. shared], body);
    }

    private static LogicalNode Collect(LogicalNode node, List<SharedPlan> shared, ImmutableHashSet<int> recursions)
    {
        switch (node)
        {
            case LogicalRecursion recursion:
                return recursion with { Base = Collect(recursion.Base, shared, recursions), Step = Collect(recursion.Step, shared, recursions.Add(recursion.Id)) };
            case LogicalWith with:
                var stay = new List<SharedPlan>();
                foreach (var definition in with.Definitions)
                {
                    var collected = definition with { Plan = Collect(definition.Plan, shared, recursions) };
                    var reads = collected.Plan.SelfAndDescendants().OfType<LogicalSharedScan>().Select(scan => scan.Id).ToHashSet();
                    (reads.Overlaps(recursions) || stay.Exists(other => reads.Contains(other.Id)) ? stay : shared).Add(collected);
                }

                var body = Collect(with.Body, shared, recursions);
                return stay.Count == 0 ? body : new LogicalWith([.. stay], body);
            default:
                return node.WithInputsRewritten(input => Collect(input, shared, recursions));
        }
    }
}
