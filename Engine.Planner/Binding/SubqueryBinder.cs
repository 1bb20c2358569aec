using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>
/// Turns subqueries in the expressions of one clause into joins, which <see cref="Attach"/> adds to the plan that the clause is evaluated over.
/// Correlated subqueries stop at a clear error in the scope.
/// </summary>
internal sealed class SubqueryBinder(BindingContext context, QueryBinder queries, Scope scope)
{
    private readonly List<LogicalNode> _singles = [];

    /// <summary>The columns that the subqueries bound so far give.</summary>
    public IEnumerable<int> Columns => _singles.SelectMany(single => single.Output).Select(column => column.Id);

    /// <summary>The plan with the single rows of all subqueries bound so far beside each of its rows.</summary>
    public LogicalNode Attach(LogicalNode plan)
    {
        foreach (var single in _singles)
        {
            plan = new LogicalJoin(JoinType.Inner, plan, single, [], Residual: null);
        }

        _singles.Clear();
        return plan;
    }

    /// <summary>The value of a query of one column and at most one row.</summary>
    public Expression BindScalar(Ast.SubqueryExpression subquery)
    {
        var query = queries.Bind(subquery.Query, scope);
        if (query.Output.Length != 1)
        {
            throw new QueryException(ErrorCodes.SyntaxError, $"subquery must return only one column, not {query.Output.Length}", subquery.Span);
        }

        _singles.Add(new LogicalSingleRow(query));
        return query.Output[0].Reference(subquery.Span);
    }

    /// <summary>Whether a query gives any row: the count of at most one of them, computed once.</summary>
    public Expression BindExists(Ast.ExistsExpression exists)
    {
        var query = queries.Bind(exists.Query, scope);
        var count = context.NewColumn("count", DataType.BigInt);
        var call = new AggregateCall("count", [], DataType.BigInt, IsDistinct: false, Filter: null, []);
        _singles.Add(new LogicalAggregate(new LogicalLimit(query, 0, 1), [], [new Aggregation(count, call)]));
        return new Call(">", [count.Reference(exists.Span), new Literal(0L, DataType.BigInt)], DataType.Boolean) { Span = exists.Span };
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
        });
        return new LogicalJoin(isNegated ? JoinType.NullAwareAnti : JoinType.Semi, plan, query, [.. keys], Residual: null);
    }
}
