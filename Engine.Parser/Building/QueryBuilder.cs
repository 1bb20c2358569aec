using System.Diagnostics;
using Antlr4.Runtime;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>Queries around their SELECTs: WITH, set operations, VALUES, ORDER BY, LIMIT.</summary>
internal sealed class QueryBuilder(SyntaxBuilder builder)
{
    private const int MaxChain = 10_000;

    private ExpressionBuilder Expressions => builder.Expressions;

    public Query Build(SqlGrammar.QueryContext context) => Build(context.with(), context.queryNoWith(), context.Span());

    public Query Build(SqlGrammar.WithContext? with, SqlGrammar.QueryNoWithContext context, SourceSpan span)
    {
        LimitClause? limit = null;
        OffsetClause? offset = null;
        ParserRuleContext? limited = null;
        foreach (var option in context.limitOption())
        {
            if (option is SqlGrammar.OffsetContext offsetContext)
            {
                offset = offset is null
                    ? new OffsetClause(Expressions.Build(offsetContext.expression()), option.Span())
                    : throw SyntaxErrors.Invalid("multiple OFFSET clauses not allowed", option.Span());
                continue;
            }

            limit = limited is null ? Limit(option) : throw SyntaxErrors.Invalid("multiple LIMIT clauses not allowed", option.Span());
            limited = option;
        }

        var query = new Query(With(with), Body(context.queryBody()), OrderBy(context.orderBy()), limit, offset, span);
        return Unwrapped(query);
    }

    public WithClause? With(SqlGrammar.WithContext? context) => context is null
        ? null
        : new WithClause(context.RECURSIVE() is not null, context.commonTable().Map(CommonTable), context.Span());

    public SyntaxList<SortItem> OrderBy(SqlGrammar.OrderByContext? context) => context is null ? [] : context.sortItem().Map(SortItem);

    public SortItem SortItem(SqlGrammar.SortItemContext context)
    {
        var value = context.expression() is { } expression
            ? Expressions.Build(expression)
            : new StarExpression(Qualifier: null, [], [], [], context.Span());
        var nulls = context.FIRST() is not null ? NullOrder.First : context.LAST() is not null ? NullOrder.Last : NullOrder.Default;
        return new SortItem(value, context.DESC() is not null ? SortDirection.Descending : SortDirection.Ascending, nulls, context.Span());
    }

    // ((SELECT 1)) is SELECT 1: a query that adds nothing to the one in its parentheses is that one.
    private static Query Unwrapped(Query query) =>
        query is { With: null, OrderBy.IsEmpty: true, Limit: null, Offset: null, Body: SubqueryBody inner } ? inner.Query with { Span = query.Span } : query;

    private CommonTable CommonTable(SqlGrammar.CommonTableContext context)
    {
        bool? materialized = context.MATERIALIZED() is null ? null : context.NOT() is null;
        return new CommonTable(
            NameBuilder.Identifier(context.identifier()),
            NameBuilder.Columns(context.columnNames()),
            materialized,
            Build(context.query()),
            context.Span());
    }

    private LimitClause? Limit(SqlGrammar.LimitOptionContext context) => context switch
    {
        SqlGrammar.LimitContext limit => limit.expression() is { } count ? new LimitClause(Expressions.Build(count), WithTies: false, context.Span()) : null,
        SqlGrammar.FetchFirstContext fetch => new LimitClause(
            fetch.valueExpression() is { } rows ? Expressions.Build(rows) : new NumberLiteral(NumberKind.Integer, "1", context.Span()),
            fetch.TIES() is not null,
            context.Span()),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    private QueryBody Body(SqlGrammar.QueryBodyContext context)
    {
        var (innermost, around) = context.LeftSpine();
        var result = Primary(((SqlGrammar.BodyPrimaryContext)innermost).queryPrimary());
        if (around.Count > MaxChain)
        {
            throw SyntaxErrors.TooComplex($"more than {MaxChain} set operations in a row", context.Span());
        }

        while (around.TryPop(out var outer))
        {
            var operation = (SqlGrammar.SetOperationContext)outer;
            var kind = operation.UNION() is not null ? SetOperationKind.Union
                : operation.INTERSECT() is not null ? SetOperationKind.Intersect
                : SetOperationKind.Except;
            result = new SetOperationBody(
                kind, operation.ALL() is not null, operation.NAME() is not null, result, Body(operation.right), outer.Span());
        }

        return result;
    }

    private QueryBody Primary(SqlGrammar.QueryPrimaryContext context) => context switch
    {
        SqlGrammar.SelectContext select => builder.Selects.Build(select),
        SqlGrammar.ValuesContext values => new ValuesBody(values.valuesRow().Map(Row), context.Span()),
        SqlGrammar.TableContext table => new TableBody(NameBuilder.Qualified(table.qualifiedName()), context.Span()),
        SqlGrammar.ParenthesizedQueryContext parenthesized => Parenthesized(Build(parenthesized.query()), context.Span()),
        SqlGrammar.PivotQueryContext pivot => builder.Selects.All(builder.Pivots.Build(pivot)),
        SqlGrammar.UnpivotQueryContext unpivot => builder.Selects.All(builder.Pivots.Build(unpivot)),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    private static QueryBody Parenthesized(Query query, SourceSpan span) =>
        query is { With: null, OrderBy.IsEmpty: true, Limit: null, Offset: null } ? query.Body : new SubqueryBody(query, span);

    private ValuesRow Row(SqlGrammar.ValuesRowContext context)
    {
        if (context.literal() is { } literal)
        {
            return new ValuesRow([builder.Primaries.Literal(literal)], context.Span());
        }

        if (context.parameter() is { } parameter)
        {
            return new ValuesRow([LiteralBuilder.Parameter(parameter)], context.Span());
        }

        return new ValuesRow(context.expressionOrDefault().Map(Expressions.BuildOrDefault), context.Span());
    }
}
