using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Binding;
using Engine.Planner.Logical;

namespace Engine.Planner.Unnesting;

/// <summary>A subquery that gives exactly one row: an aggregate of all its rows, or the only row there is, with values computed of it.</summary>
/// <param name="Rows">The aggregate, or the rows of which there is one at most.</param>
/// <param name="OfRow">What is computed of a row of those before it is known to be the only one: NULL when there is none. None for an aggregate.</param>
/// <param name="Values">The subquery's columns in terms of the aggregate or of the one row.</param>
internal sealed record ScalarSubquery(LogicalNode Rows, ImmutableArray<Projection> OfRow, ImmutableArray<Projection> Values)
{
    /// <summary>Null when the plan is no such subquery.</summary>
    public static ScalarSubquery? Of(LogicalNode plan)
    {
        var (rows, values) = Inlined(plan);
        if (rows is LogicalSingleRow single)
        {
            var (input, ofRow) = Inlined(single.Input);
            return new ScalarSubquery(input, ofRow, values);
        }

        return rows is LogicalAggregate { Keys.IsEmpty: true } ? new ScalarSubquery(rows, [], values) : null;
    }

    /// <summary>What lies below projections and sorts, and the plan's columns in terms of it.</summary>
    private static (LogicalNode Rows, ImmutableArray<Projection> Values) Inlined(LogicalNode plan)
    {
        var values = plan.Output.Select(Projection.Keep).ToImmutableArray();
        while (plan is LogicalProject or LogicalSort)
        {
            if (plan is LogicalProject project)
            {
                var inner = project.Projections.ToDictionary(projection => projection.Column.Id, projection => projection.Value);
                values = [.. values.Select(value => value with { Value = value.Value.Inline(inner) })];
            }

            plan = plan.Inputs[0];
        }

        return (plan, values);
    }

    /// <summary>The join of the rows around with one row for each key that ties the subquery to them; null when other things than equalities tie it.</summary>
    public LogicalNode? TryJoin(LogicalApply apply, ConditionPullUp conditions, BindingContext context) =>
        OfRow.IsEmpty && Rows is LogicalAggregate { Keys.IsEmpty: true } aggregate ? JoinAggregate(apply, aggregate, conditions, context) : JoinOnlyRow(apply, conditions, context);

    /// <summary>An aggregate of all rows becomes one of the rows with each key. A key without rows counts none.</summary>
    private LogicalProject? JoinAggregate(LogicalApply apply, LogicalAggregate aggregate, ConditionPullUp conditions, BindingContext context)
    {
        if (conditions.PullUp(aggregate.Input) is not { } inner || conditions.ToKeys(inner) is not var (keys, joinKeys) || !AreOver(aggregate.Expressions, inner.Plan))
        {
            return null;
        }

        var join = new LogicalJoin(JoinType.Left, apply.Left, new LogicalAggregate(inner.Plan, keys, aggregate.Aggregations), joinKeys, Residual: null);
        return Compute(apply, join, ZeroOfNone(aggregate, context));
    }

    /// <summary>The rows with each key are counted, and more than one is an error where a row of the query around meets them.</summary>
    private LogicalProject? JoinOnlyRow(LogicalApply apply, ConditionPullUp conditions, BindingContext context)
    {
        if (conditions.PullUp(Rows) is not { } inner || conditions.ToKeys(inner) is not var (keys, joinKeys))
        {
            return null;
        }

        var needed = OfRow.SelectMany(value => value.Value.ReferencedColumns()).ToHashSet();
        var (aggregations, values) = OnlyRow(Rows.Output.Where(column => needed.Contains(column.Id)), OfRow, context);
        var join = new LogicalJoin(JoinType.Left, apply.Left, new LogicalAggregate(inner.Plan, keys, aggregations), joinKeys, Residual: null);
        return Compute(apply, join, values);
    }

    /// <summary>Aggregates that take the only row of a group, and what is computed of it: an error when it is not the only one.</summary>
    /// <param name="columns">The columns of the row.</param>
    /// <param name="ofRow">What is computed of them.</param>
    /// <param name="context">Gives out columns.</param>
    public static (ImmutableArray<Aggregation> Aggregations, Dictionary<int, Expression> Values) OnlyRow(
        IEnumerable<LogicalColumn> columns, IEnumerable<Projection> ofRow, BindingContext context)
    {
        var count = new Aggregation(context.NewColumn("count", DataType.BigInt), new AggregateCall("count", [], DataType.BigInt, IsDistinct: false, Filter: null, []));
        var aggregations = ImmutableArray.Create(count);
        var taken = new Dictionary<int, Expression>();
        foreach (var column in columns)
        {
            var only = new Aggregation(
                context.NewColumn(column.Name, column.Type), new AggregateCall("any_value", [column.Reference()], column.Type, IsDistinct: false, Filter: null, []));
            aggregations = aggregations.Add(only);
            taken[column.Id] = only.Column.Reference();
        }

        return (aggregations, ofRow.ToDictionary(
            value => value.Column.Id,
            value => (Expression)new Call("only_row", [value.Value.Inline(taken), count.Column.Reference()], value.Column.Type) { CanFail = true }));
    }

    /// <summary>What the aggregates of a group that is not there are, where that is not NULL.</summary>
    public static Dictionary<int, Expression> ZeroOfNone(LogicalAggregate aggregate, BindingContext context) => aggregate.Aggregations
        .Where(aggregation => context.Functions.FindAggregate(aggregation.Call.Function)!.IsZeroOfNone)
        .ToDictionary(
            aggregation => aggregation.Column.Id,
            aggregation => (Expression)new Coalesce([aggregation.Column.Reference(), new Literal(0L, aggregation.Column.Type)], aggregation.Column.Type));

    private LogicalProject Compute(LogicalApply apply, LogicalJoin join, Dictionary<int, Expression> rows)
    {
        // A value of the query around it in the select list needs no more than this: its columns are beside the row.
        return new LogicalProject(join, [.. apply.Left.Output.Select(Projection.Keep), .. Values.Select(value => value with { Value = value.Value.Inline(rows) })]);
    }

    private static bool AreOver(IEnumerable<Expression> expressions, LogicalNode plan)
    {
        var known = plan.Output.Select(column => column.Id).ToHashSet();
        return expressions.SelectMany(expression => expression.ReferencedColumns()).All(known.Contains);
    }
}
