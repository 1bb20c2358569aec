using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>
/// Turns subqueries in the expressions of one clause into joins, which <see cref="Attach"/> adds to the plan that the clause is evaluated over. What a
/// subquery demands of the query around it becomes the condition of its join (see <see cref="Decorrelator"/>).
/// </summary>
internal sealed class SubqueryBinder(BindingContext context, QueryBinder queries, Scope scope)
{
    private readonly List<Pending> _pending = [];

    /// <summary>The columns that the subqueries bound so far give.</summary>
    public IEnumerable<int> Columns => _pending.SelectMany(pending => pending.Plan.Output).Select(column => column.Id);

    /// <summary>The plan with the rows of all subqueries bound so far beside its rows: one row for each.</summary>
    /// <param name="plan">The rows.</param>
    /// <param name="overPlan">What an expression of the clause is over the plan, which may be groups by now.</param>
    public LogicalNode Attach(LogicalNode plan, Func<Expression, Expression>? overPlan = null)
    {
        foreach (var (subquery, keys) in _pending)
        {
            plan = keys.IsEmpty
                ? new LogicalJoin(JoinType.Inner, plan, subquery, [], Residual: null)
                : new LogicalJoin(JoinType.Left, plan, subquery, [.. keys.Select(key => key with { Left = overPlan?.Invoke(key.Left) ?? key.Left })], Residual: null);
        }

        _pending.Clear();
        return plan;
    }

    /// <summary>Hands the subqueries over whose columns these are: keys of a grouping are computed below it.</summary>
    public void MoveTo(SubqueryBinder below, IReadOnlySet<int> columns)
    {
        below._pending.AddRange(_pending.Where(IsMeant));
        _pending.RemoveAll(IsMeant);

        bool IsMeant(Pending pending) => pending.Plan.Output.Any(column => columns.Contains(column.Id));
    }

    /// <summary>The value of a query of one column and at most one row.</summary>
    public Expression BindScalar(Ast.SubqueryExpression subquery)
    {
        var query = queries.Bind(subquery.Query, scope);
        if (query.Output.Length != 1)
        {
            throw new QueryException(ErrorCodes.SyntaxError, $"subquery must return only one column, not {query.Output.Length}", subquery.Span);
        }

        if (Decorrelator.FreeColumns(query).Count > 0)
        {
            return BindCorrelatedScalar(query, subquery.Span);
        }

        _pending.Add(new Pending(new LogicalSingleRow(query), []));
        return query.Output[0].Reference(subquery.Span);
    }

    /// <summary>Whether a query gives any row: the count of at most one of them, computed once, or for each key that ties it to the query around.</summary>
    public Expression BindExists(Ast.ExistsExpression exists)
    {
        var query = queries.Bind(exists.Query, scope);
        if (Decorrelator.FreeColumns(query).Count == 0)
        {
            query = new LogicalLimit(query, 0, 1);
        }

        var count = context.NewColumn("count", DataType.BigInt);
        var call = new AggregateCall("count", [], DataType.BigInt, IsDistinct: false, Filter: null, []);
        var value = BindAggregate(new LogicalAggregate(RowsOf(query), [], [new Aggregation(count, call)]), count.Reference(exists.Span), exists.Span);
        return new Call(">", [value, new Literal(0L, DataType.BigInt)], DataType.Boolean) { Span = exists.Span };
    }

    /// <summary>The plan's rows for which a query gives some row, or gives none.</summary>
    public LogicalNode FilterExists(LogicalNode plan, Ast.ExistsExpression exists, bool isNegated)
    {
        var query = queries.Bind(exists.Query, scope);
        if (Decorrelator.FreeColumns(query).Count == 0)
        {
            // A join without keys that stops at the first match.
            return new LogicalJoin(isNegated ? JoinType.Anti : JoinType.Semi, plan, new LogicalLimit(query, 0, 1), [], Residual: null);
        }

        var inner = new Decorrelator(context, exists.Span).PullUp(RowsOf(query));
        var (keys, residual) = JoinCondition.Split(ExpressionWalk.AndAll(inner.Conditions), plan, inner.Plan);
        return new LogicalJoin(isNegated ? JoinType.Anti : JoinType.Semi, plan, inner.Plan, keys, residual);
    }

    /// <summary>The plan's rows whose operand is, or is not, among the query's values.</summary>
    public LogicalNode FilterIn(LogicalNode plan, Ast.InSubqueryExpression membership, ExpressionBinder expressions, bool isNegated)
    {
        ImmutableArray<Expression> operands = membership.Operand is Ast.RowConstructor row
            ? [.. row.Items.Select(expressions.Bind)]
            : [expressions.Bind(membership.Operand)];
        plan = Attach(plan);
        var query = queries.Bind(membership.Query, scope);
        if (query.Output.Length != operands.Length)
        {
            throw new QueryException(
                ErrorCodes.SyntaxError, $"subquery has {query.Output.Length} columns and the left side of IN has {operands.Length}", membership.Span);
        }

        if (isNegated && operands.Length > 1)
        {
            throw QueryException.NotSupportedYet("NOT IN over rows of several columns", membership.Span);
        }

        var keys = operands.Zip(query.Output).Select(pair =>
        {
            var right = pair.Second.Reference(membership.Span);
            if (CastRules.CommonType(pair.First.Type, right.Type) is not { } type)
            {
                throw OverloadResolver.NoMatch("=", isOperator: true, [pair.First, right], membership.Span);
            }

            return new JoinKey(expressions.Coercion.To(pair.First, type), expressions.Coercion.To(right, type));
        }).ToImmutableArray();
        var inner = new Decorrelator(context, membership.Span).PullUp(query);
        if (isNegated && !inner.Conditions.IsEmpty)
        {
            throw QueryException.NotSupportedYet("NOT IN over a subquery that refers to the query around it; NOT EXISTS says the same where nothing is NULL", membership.Span);
        }

        var (more, residual) = JoinCondition.Split(ExpressionWalk.AndAll(inner.Conditions), plan, inner.Plan);
        return new LogicalJoin(isNegated ? JoinType.NullAwareAnti : JoinType.Semi, plan, inner.Plan, [.. keys, .. more], residual);
    }

    /// <summary>The rows of a query of which only the number matters, or whether there are any.</summary>
    private static LogicalNode RowsOf(LogicalNode query) => query switch
    {
        LogicalProject project => RowsOf(project.Input),
        LogicalSort sort => RowsOf(sort.Input),
        _ => query,
    };

    /// <summary>A value that the query computes from one row: an aggregate of all rows, or the only row there is.</summary>
    private Expression BindCorrelatedScalar(LogicalNode query, SourceSpan span)
    {
        Expression value = query.Output[0].Reference(span);
        var rows = query;
        while (rows is LogicalProject or LogicalSort)
        {
            if (rows is LogicalProject project)
            {
                value = value.Inline(project.Projections.ToDictionary(projection => projection.Column.Id, projection => projection.Value));
            }

            rows = rows.Inputs[0];
        }

        return rows is LogicalAggregate { Keys.IsEmpty: true } aggregate ? BindAggregate(aggregate, value, span) : BindOnlyRow(rows, value, span);
    }

    /// <summary>An aggregate of all rows becomes one of the rows with each key. A key without rows counts none.</summary>
    private Expression BindAggregate(LogicalAggregate aggregate, Expression value, SourceSpan span)
    {
        var decorrelator = new Decorrelator(context, span);
        var inner = decorrelator.PullUp(aggregate.Input);
        if (inner.Conditions.IsEmpty)
        {
            _pending.Add(new Pending(aggregate, []));
            return value;
        }

        var (keys, joinKeys) = decorrelator.ToKeys(inner);
        _pending.Add(new Pending(new LogicalAggregate(inner.Plan, keys, aggregate.Aggregations), joinKeys));
        var counts = aggregate.Aggregations
            .Where(aggregation => context.Functions.FindAggregate(aggregation.Call.Function)!.IsZeroOfNone)
            .ToDictionary(aggregation => aggregation.Column.Id, aggregation => ZeroIfMissing(aggregation.Column));
        return value.Inline(counts);
    }

    private static Expression ZeroIfMissing(LogicalColumn count) => new Coalesce([count.Reference(), new Literal(0L, count.Type)], count.Type);

    /// <summary>The rows with each key are counted, and more than one is an error where a row of the query around meets them.</summary>
    private Call BindOnlyRow(LogicalNode rows, Expression value, SourceSpan span)
    {
        var decorrelator = new Decorrelator(context, span);
        var inner = decorrelator.PullUp(rows);
        var (keys, joinKeys) = decorrelator.ToKeys(inner);
        var used = value.ReferencedColumns().ToHashSet();
        var parts = rows.Output.Where(column => used.Contains(column.Id)).ToDictionary(column => column.Id, column => new Aggregation(
            context.NewColumn(column.Name, column.Type),
            new AggregateCall("any_value", [column.Reference()], column.Type, IsDistinct: false, Filter: null, [])));
        var count = context.NewColumn("count", DataType.BigInt);
        var counting = new Aggregation(count, new AggregateCall("count", [], DataType.BigInt, IsDistinct: false, Filter: null, []));
        _pending.Add(new Pending(new LogicalAggregate(inner.Plan, keys, [.. parts.Values, counting]), joinKeys));
        var result = value.Inline(parts.ToDictionary(part => part.Key, part => (Expression)part.Value.Column.Reference(span)));
        return new Call("only_row", [result, count.Reference(span)], value.Type) { Span = span, CanFail = true };
    }

    /// <summary>A subquery that waits to be joined: by keys over the clause's columns and its own, or to every row when there are none.</summary>
    private sealed record Pending(LogicalNode Plan, ImmutableArray<JoinKey> Keys);
}
