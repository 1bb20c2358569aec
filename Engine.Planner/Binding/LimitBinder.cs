using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds LIMIT, OFFSET and FETCH. What a subquery counts is known only when the query runs: then the rows are numbered.</summary>
internal sealed class LimitBinder(BindingContext context, QueryBinder queries, Scope? outer)
{
    public LogicalNode Bind(LogicalNode plan, Ast.Query query)
    {
        var subqueries = new SubqueryBinder(context, queries, new Scope([], outer));
        var count = query.Limit is { } limit ? BindCount(limit.Count, "LIMIT", subqueries) : null;
        var offset = query.Offset is { } clause ? BindCount(clause.Count, "OFFSET", subqueries) : null;
        if (subqueries.Columns.Any())
        {
            return query.Limit is { WithTies: true } ties
                ? throw QueryException.NotSupportedYet("WITH TIES with a subquery as the number of rows", ties.Span)
                : Number(plan, count, offset, subqueries);
        }

        var rows = count is null ? null : Evaluate(count, query.Limit!.Count.Span, "LIMIT");
        var skipped = offset is null ? 0 : Evaluate(offset, query.Offset!.Count.Span, "OFFSET") ?? 0;
        if (query.Limit is { WithTies: true } && rows is { } known)
        {
            return WithTies(plan, skipped, known, query.Limit.Span);
        }

        return rows is null && skipped == 0 ? plan : new LogicalLimit(plan, skipped, rows);
    }

    private Expression BindCount(Ast.Expression expression, string clause, SubqueryBinder subqueries)
    {
        var expressions = new ExpressionBinder(context, Scope.Empty, clause) { Subqueries = subqueries };
        return expressions.Coercion.Explicit(expressions.Bind(expression), DataType.BigInt, isTry: false, expression.Span);
    }

    /// <summary>A constant number of rows; NULL means no limit.</summary>
    private long? Evaluate(Expression count, SourceSpan span, string clause) => context.Constants.Evaluate(count) switch
    {
        null => null,
        long rows and >= 0 => rows,
        _ => throw new QueryException(clause == "LIMIT" ? ErrorCodes.InvalidRowCountInLimit : ErrorCodes.InvalidRowCountInOffset, $"{clause} must not be negative", span),
    };

    private LogicalNode Number(LogicalNode plan, Expression? count, Expression? offset, SubqueryBinder subqueries)
    {
        switch (plan)
        {
            case LogicalProject { Input: LogicalSort } project:
                return project with { Input = Number(project.Input, count, offset, subqueries) };
            case LogicalSort sort:
                return sort with { Input = Choose(sort.Input, sort.Keys, count, offset, subqueries) };
            default:
                return Choose(plan, [], count, offset, subqueries);
        }
    }

    private LogicalProject Choose(LogicalNode plan, ImmutableArray<SortKey> order, Expression? count, Expression? offset, SubqueryBinder subqueries)
    {
        var expressions = new ExpressionBinder(context, Scope.Empty, "LIMIT");
        var (numbered, number) = RowNumbers.Of(plan, [], order, context);
        var none = new Literal(0L, DataType.BigInt);
        var skipped = offset is null ? none : Checked(offset, "OFFSET", none);
        var terms = new List<Expression> { expressions.Call(">", [number.Reference(), skipped], span: null) };
        if (count is not null)
        {
            // Counted from the offset on, which no sum can overflow.
            var place = expressions.Call("-", [number.Reference(), skipped], span: null);
            terms.Add(expressions.Call("<=", [place, Checked(count, "LIMIT", new Literal(long.MaxValue, DataType.BigInt))], span: null));
        }

        var chosen = new LogicalFilter(subqueries.Attach(numbered), ExpressionWalk.AndAll(terms));
        return new LogicalProject(chosen, [.. plan.Output.Select(Projection.Keep)]);

        Expression Checked(Expression rows, string clause, Literal otherwise) =>
            new Coalesce([expressions.Call("row_count", [rows, new Literal(clause, DataType.Varchar)], rows.Span), otherwise], DataType.BigInt);
    }

    /// <summary>The first rows of an order, and those that are equal in it to the last of them.</summary>
    private LogicalNode WithTies(LogicalNode plan, long offset, long count, SourceSpan span)
    {
        switch (plan)
        {
            case LogicalProject { Input: LogicalSort } project:
                return project with { Input = WithTies(project.Input, offset, count, span) };
            case LogicalSort sort:
                var (ranked, rank) = RowNumbers.Of(sort.Input, [], sort.Keys, context, "rank");
                var (numbered, number) = RowNumbers.Of(ranked, [], sort.Keys, context);
                var chosen = ExpressionWalk.AndAll([RowNumbers.Between(rank, 0, offset + count), RowNumbers.Between(number, offset, null)]);
                return sort with { Input = new LogicalProject(new LogicalFilter(numbered, chosen), [.. sort.Output.Select(Projection.Keep)]) };
            default:
                throw new QueryException(ErrorCodes.SyntaxError, "WITH TIES cannot be specified without ORDER BY clause", span);
        }
    }
}
