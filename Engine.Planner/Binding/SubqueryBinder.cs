using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Engine.Planner.Rules;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>
/// Turns subqueries in the expressions of one clause into columns of plans, which <see cref="Attach"/> puts beside the rows that the clause is evaluated
/// over. Whether a subquery refers to the query around it is not asked here: unnesting sees to it later.
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
        foreach (var (type, subquery, condition) in _pending)
        {
            plan = overPlan is null
                ? new LogicalApply(type, plan, subquery, condition)
                : new LogicalApply(type, plan, subquery.RewriteUp(node => node.RewriteExpressions(overPlan)), overPlan(condition));
        }

        _pending.Clear();
        return plan;
    }

    /// <summary>Gives subqueries to another clause to attach.</summary>
    /// <param name="other">The other clause.</param>
    /// <param name="isMeant">Told the columns that a subquery gives and those that it and its condition refer to.</param>
    public void MoveTo(SubqueryBinder other, Func<IReadOnlySet<int>, IReadOnlySet<int>, bool> isMeant)
    {
        var moved = _pending.Where(pending =>
        {
            var own = pending.Plan.Output.Select(column => column.Id).ToHashSet();
            return isMeant(own, pending.Plan.FreeColumns().Concat(pending.Condition.ReferencedColumns()).Where(column => !own.Contains(column)).ToHashSet());
        }).ToList();
        other._pending.AddRange(moved);
        _pending.RemoveAll(moved.Contains);
    }

    /// <summary>The value of a query of one column and at most one row.</summary>
    public Expression BindScalar(Ast.SubqueryExpression subquery) => AttachRow(BindColumn(subquery.Query, subquery.Span)).Output[0].Reference(subquery.Span);

    /// <summary>The values of a query of so many columns and at most one row.</summary>
    public ImmutableArray<Expression> BindRow(Ast.SubqueryExpression subquery, int columnCount) =>
        [.. AttachRow(BindColumns(subquery.Query, columnCount, subquery.Span)).Output.Select(column => (Expression)column.Reference(subquery.Span))];

    /// <summary>All values of a query of one column, in its order.</summary>
    public Expression BindArray(Ast.ArraySubquery subquery)
    {
        var query = BindColumn(subquery.Query, subquery.Span);
        var type = DataType.Array(query.Output[0].Type);
        var items = Aggregate(query, ("array_agg", [query.Output[0].Reference()], type))[0];
        return new Coalesce([items.Reference(subquery.Span), new Literal(ImmutableArray<object?>.Empty, type)], type) { Span = subquery.Span };
    }

    /// <summary>Whether a query gives any row: the count of at most one of them.</summary>
    public Expression BindExists(Ast.ExistsExpression exists)
    {
        var query = Unnesting.Unnester.RowsOf(queries.Bind(exists.Query, scope));
        var rows = query.FreeColumns().Count == 0 ? new LogicalLimit(query, 0, 1) : query;
        var count = Aggregate(rows, ("count", [], DataType.BigInt))[0];
        return new Call(">", [count.Reference(exists.Span), new Literal(0L, DataType.BigInt)], DataType.Boolean) { Span = exists.Span };
    }

    /// <summary>Whether a value is among a query's values, three-valued.</summary>
    public Expression BindIn(Ast.InSubqueryExpression membership, ExpressionBinder expressions)
    {
        var operands = Operands(membership, expressions);
        var query = BindColumns(membership.Query, operands.Length, membership.Span);
        var value = operands.Length == 1
            ? IsAmong(membership, operands[0], query, expressions)
            : IsAnyTrue(query, Equal(operands, query, expressions, membership.Span));
        return membership.Negated ? expressions.Call("not", [value], membership.Span) : value;
    }

    /// <summary>A comparison with any or all values of a query: with the greatest or least of them, and the count of those that are NULL.</summary>
    public Expression BindQuantified(Ast.QuantifiedComparison comparison, ExpressionBinder expressions)
    {
        var subquery = (Ast.SubqueryExpression)comparison.Right;
        var isAny = comparison.Quantifier == Ast.Quantifier.Any;
        if (AsMembership(comparison) is { } membership)
        {
            return BindIn(membership, expressions);
        }

        if (comparison.Left is Ast.RowConstructor row)
        {
            var rows = BindColumns(subquery.Query, row.Items.Count, subquery.Span);
            var fields = rows.Output.Select(column => (Expression)column.Reference(subquery.Span)).ToImmutableArray();
            return IsMatch(RowComparison.Bind(OperatorNames.FunctionOf(comparison.Operator), [.. row.Items.Select(expressions.Bind)], fields, expressions, comparison.Span), rows);
        }

        var left = expressions.Bind(comparison.Left);
        var query = BindColumn(subquery.Query, subquery.Span);
        if (!IsOrdered(OperatorNames.FunctionOf(comparison.Operator)))
        {
            return IsMatch(PredicateBinder.Compare(comparison, left, query.Output[0].Reference(subquery.Span), expressions), query);
        }

        var value = query.Output[0].Reference();
        var columns = Aggregate(query, ("count", [], DataType.BigInt), ("count", [value], DataType.BigInt), ("min", [value], value.Type), ("max", [value], value.Type));
        Expression Compare(string name, LogicalColumn with) => expressions.Call(name, [left, with.Reference(subquery.Span)], comparison.Span);
        var (least, greatest) = (columns[2], columns[3]);
        var decided = (OperatorNames.FunctionOf(comparison.Operator), isAny) switch
        {
            ("=", _) => new Junction(IsAnd: true, [Compare("=", least), Compare("=", greatest)]),
            ("<>", _) => new Junction(IsAnd: false, [Compare("<>", least), Compare("<>", greatest)]),
            ("<" or "<=", true) or (">" or ">=", false) => Compare(OperatorNames.FunctionOf(comparison.Operator), greatest),
            var (name, _) => Compare(name, least),
        };

        // ANY is decided by a value that compares true, ALL by one that does not; then NULLs make it unknown.
        return new Case(
            [IsZero(columns[0]), isAny ? decided : expressions.Call("not", [decided], comparison.Span), HasNull(left, columns)],
            [isAny ? Literal.False : Literal.True, isAny ? Literal.True : Literal.False, Literal.Null(DataType.Boolean)],
            isAny ? Literal.False : Literal.True) { Span = comparison.Span };

        // All match where none fails to.
        Expression IsMatch(Expression condition, LogicalNode rows) =>
            isAny ? IsAnyTrue(rows, condition) : expressions.Call("not", [IsAnyTrue(rows, expressions.Call("not", [condition], comparison.Span))], comparison.Span);
    }

    /// <summary><c>= ANY</c> is IN and <c>&lt;&gt; ALL</c> is NOT IN; null for other comparisons.</summary>
    public static Ast.InSubqueryExpression? AsMembership(Ast.QuantifiedComparison comparison) => (OperatorNames.FunctionOf(comparison.Operator), comparison) switch
    {
        ("=", { Quantifier: Ast.Quantifier.Any, Right: Ast.SubqueryExpression subquery }) => new Ast.InSubqueryExpression(comparison.Left, subquery.Query, Negated: false, comparison.Span),
        ("<>", { Quantifier: Ast.Quantifier.All, Right: Ast.SubqueryExpression subquery }) => new Ast.InSubqueryExpression(comparison.Left, subquery.Query, Negated: true, comparison.Span),
        _ => null,
    };

    /// <summary>The plan's rows for which a query gives some row, or gives none.</summary>
    public LogicalNode FilterExists(LogicalNode plan, Ast.ExistsExpression exists, bool isNegated)
    {
        var query = Unnesting.Unnester.RowsOf(queries.Bind(exists.Query, scope));
        var rows = query.FreeColumns().Count == 0 ? new LogicalLimit(query, 0, 1) : query;
        return new LogicalApply(isNegated ? JoinType.Anti : JoinType.Semi, plan, rows, Literal.True);
    }

    /// <summary>The plan's rows whose operand is, or is not, among the query's values.</summary>
    public LogicalNode FilterIn(LogicalNode plan, Ast.InSubqueryExpression membership, ExpressionBinder expressions, bool isNegated)
    {
        var operands = Operands(membership, expressions);
        plan = Attach(plan);
        var query = BindColumns(membership.Query, operands.Length, membership.Span);
        var condition = Equal(operands, query, expressions, membership.Span);
        if (!isNegated)
        {
            return new LogicalApply(JoinType.Semi, plan, query, condition);
        }

        return condition is Call { Function: "=", Arguments: [var left, var right] } && query.FreeColumns().Count == 0
            ? new LogicalJoin(JoinType.NullAwareAnti, plan, query, [new JoinKey(left, right)], Residual: null)
            : new LogicalApply(JoinType.Anti, plan, query, new Coalesce([condition, Literal.True], DataType.Boolean));
    }

    private static bool IsOrdered(string name) => name is "=" or "<>" or "<" or "<=" or ">" or ">=";

    private static Expression IsZero(LogicalColumn count) => new Call("=", [count.Reference(), new Literal(0L, DataType.BigInt)], DataType.Boolean);

    /// <summary>Whether the operand or one of the values is NULL, of which the first column counts all and the second those that are not.</summary>
    private static Junction HasNull(Expression operand, ImmutableArray<LogicalColumn> counts) => new(
        IsAnd: false, [new IsNull(operand, IsNegated: false), new Call("<", [counts[1].Reference(), counts[0].Reference()], DataType.Boolean)]);

    private static ImmutableArray<Expression> Operands(Ast.InSubqueryExpression membership, ExpressionBinder expressions) => membership.Operand is Ast.RowConstructor row
        ? [.. row.Items.Select(expressions.Bind)]
        : [expressions.Bind(membership.Operand)];

    private static Expression Equal(ImmutableArray<Expression> operands, LogicalNode query, ExpressionBinder expressions, SourceSpan span) =>
        ExpressionWalk.AndAll(operands.Zip(query.Output, (operand, column) => expressions.Call("=", [operand, column.Reference(span)], span)));

    private LogicalNode BindColumn(Ast.Query subquery, SourceSpan span)
    {
        var query = queries.Bind(subquery, scope);
        return query.Output.Length == 1 ? query : throw new QueryException(ErrorCodes.SyntaxError, $"subquery must return only one column, not {query.Output.Length}", span);
    }

    private LogicalNode BindColumns(Ast.Query subquery, int count, SourceSpan span)
    {
        var query = queries.Bind(subquery, scope);
        return query.Output.Length == count ? query : throw new QueryException(
            ErrorCodes.SyntaxError, $"subquery has {(query.Output.Length < count ? "too few" : "too many")} columns: {query.Output.Length} for {count}", span);
    }

    private LogicalNode AttachRow(LogicalNode query)
    {
        _pending.Add(new Pending(JoinType.Inner, Unnesting.ScalarSubquery.Of(query) is null ? new LogicalSingleRow(query) : query, Literal.True));
        return query;
    }

    /// <summary>The value is found among the distinct ones, or it is not, and then it matters whether there are others, and NULLs among them.</summary>
    private Case IsAmong(Ast.InSubqueryExpression membership, Expression operand, LogicalNode query, ExpressionBinder expressions)
    {
        var counts = Aggregate(query, ("count", [], DataType.BigInt), ("count", [query.Output[0].Reference()], DataType.BigInt));
        var again = BindColumns(membership.Query, 1, membership.Span);
        var key = new Projection(context.NewColumn(again.Output[0].Name, again.Output[0].Type), again.Output[0].Reference());
        var condition = expressions.Call("=", [operand, key.Column.Reference(membership.Span)], membership.Span);
        _pending.Add(new Pending(JoinType.Left, new LogicalAggregate(again, [key], []), condition));
        return new Case(
            [new IsNull(key.Column.Reference(), IsNegated: true), IsZero(counts[0]), HasNull(operand, counts)],
            [Literal.True, Literal.False, Literal.Null(DataType.Boolean)],
            Literal.False) { Span = membership.Span };
    }

    /// <summary>Whether a condition is true for some row of a query; NULL when it is for none and unknown for one.</summary>
    private Case IsAnyTrue(LogicalNode query, Expression condition)
    {
        var columns = Aggregate(query, ("bool_or", [condition], DataType.Boolean), ("bool_or", [new IsNull(condition, IsNegated: false)], DataType.Boolean));
        return new Case([columns[0].Reference(), columns[1].Reference()], [Literal.True, Literal.Null(DataType.Boolean)], Literal.False);
    }

    /// <summary>Aggregates of all rows of a query, to be attached.</summary>
    private ImmutableArray<LogicalColumn> Aggregate(LogicalNode query, params ReadOnlySpan<(string Function, ImmutableArray<Expression> Arguments, DataType Type)> calls)
    {
        var aggregations = ImmutableArray.CreateBuilder<Aggregation>();
        foreach (var (function, arguments, type) in calls)
        {
            aggregations.Add(new Aggregation(context.NewColumn(function, type), new AggregateCall(function, arguments, type, IsDistinct: false, Filter: null, [])));
        }

        _pending.Add(new Pending(JoinType.Inner, new LogicalAggregate(query, [], aggregations.ToImmutable()), Literal.True));
        return [.. aggregations.Select(aggregation => aggregation.Column)];
    }

    /// <summary>A subquery that waits to be attached.</summary>
    private sealed record Pending(JoinType Type, LogicalNode Plan, Expression Condition);
}
