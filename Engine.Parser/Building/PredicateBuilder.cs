using System.Diagnostics;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>Comparisons and the predicates that have words for operators. Each gets its left operand built already.</summary>
internal sealed class PredicateBuilder(SyntaxBuilder builder)
{
    private ExpressionBuilder Expressions => builder.Expressions;

    public Expression Build(Expression left, SqlGrammar.ExpressionContext context) => context switch
    {
        SqlGrammar.ComparisonContext comparison => new BinaryExpression(
            Comparison(comparison.comparisonOperator()), left, Expressions.Build(comparison.right), context.Span()),
        SqlGrammar.BetweenContext between => new BetweenExpression(
            left,
            Expressions.Build(between.valueExpression(0)),
            Expressions.Build(between.valueExpression(1)),
            between.SYMMETRIC() is not null,
            between.NOT() is not null,
            context.Span()),
        SqlGrammar.InSubqueryContext inQuery => new InSubqueryExpression(
            left, builder.Queries.Build(inQuery.query()), inQuery.NOT() is not null, context.Span()),
        SqlGrammar.InListContext inList => InList(left, inList),
        SqlGrammar.InArrayContext inArray => InArray(left, inArray),
        SqlGrammar.LikeContext like => Like(left, like),
        SqlGrammar.QuantifiedLikeContext like => Quantified(
            (like.ILIKE() is not null, like.NOT() is not null) switch
            {
                (false, false) => BinaryOperator.Like,
                (false, true) => BinaryOperator.NotLike,
                (true, false) => BinaryOperator.ILike,
                (true, true) => BinaryOperator.NotILike,
            },
            left,
            like.quantifier(),
            like.query(),
            like.expression(1),
            context.Span()),
        SqlGrammar.QuantifiedComparisonContext quantified => Quantified(
            Comparison(quantified.comparisonOperator()), left, quantified.quantifier(), quantified.query(), quantified.expression(1), context.Span()),
        SqlGrammar.IsTestContext test => IsTest(left, test),
        SqlGrammar.DistinctFromContext distinct => new IsDistinctFromExpression(
            left, Expressions.Build(distinct.right), distinct.NOT() is not null, context.Span()),
        SqlGrammar.OverlapsContext overlaps => Overlaps(left, overlaps),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    public QuantifiedComparison Quantified(
        BinaryOperator symbol,
        Expression left,
        SqlGrammar.QuantifierContext quantifier,
        SqlGrammar.QueryContext? query,
        SqlGrammar.ExpressionContext? array,
        SourceSpan span)
    {
        var right = query is not null
            ? new SubqueryExpression(builder.Queries.Build(query), query.Span())
            : Expressions.Build(array!);
        return new QuantifiedComparison(symbol, quantifier.ALL() is not null ? Quantifier.All : Quantifier.Any, left, right, span);
    }

    private static BinaryOperator Comparison(SqlGrammar.ComparisonOperatorContext context) => context.Start.Type switch
    {
        SqlGrammar.Equal => BinaryOperator.Equal,
        SqlGrammar.NotEqual => BinaryOperator.NotEqual,
        SqlGrammar.Less => BinaryOperator.LessThan,
        SqlGrammar.LessOrEqual => BinaryOperator.LessThanOrEqual,
        SqlGrammar.Greater => BinaryOperator.GreaterThan,
        _ => BinaryOperator.GreaterThanOrEqual,
    };

    private InListExpression InList(Expression left, SqlGrammar.InListContext context)
    {
        var items = context.expression().AsSpan(1).ToArray().Map(Expressions.Build);
        return new InListExpression(left, items, context.NOT() is not null, context.Span());
    }

    // x IN array is x = ANY (array), as DuckDB has it.
    private Expression InArray(Expression left, SqlGrammar.InArrayContext context)
    {
        var span = context.Span();
        var array = builder.Primaries.Build(context.simplePrimary());
        return context.NOT() is null
            ? new QuantifiedComparison(BinaryOperator.Equal, Quantifier.Any, left, array, span)
            : new QuantifiedComparison(BinaryOperator.NotEqual, Quantifier.All, left, array, span);
    }

    private LikeExpression Like(Expression left, SqlGrammar.LikeContext context)
    {
        var kind = context.LIKE() is not null ? LikeKind.Like : context.ILIKE() is not null ? LikeKind.ILike : LikeKind.SimilarTo;
        var escape = context.ESCAPE() is null ? null : Expressions.Build(context.valueExpression(1));
        return new LikeExpression(kind, left, Expressions.Build(context.valueExpression(0)), escape, context.NOT() is not null, context.Span());
    }

    private static Expression IsTest(Expression left, SqlGrammar.IsTestContext context)
    {
        var span = context.Span();
        var negated = context.NOT() is not null || context.NOTNULL() is not null;
        if (context.TRUE() is not null)
        {
            return new IsTruthExpression(left, TruthValue.True, negated, span);
        }

        if (context.FALSE() is not null)
        {
            return new IsTruthExpression(left, TruthValue.False, negated, span);
        }

        return context.UNKNOWN() is not null
            ? new IsTruthExpression(left, TruthValue.Unknown, negated, span)
            : new IsNullExpression(left, negated, span);
    }

    private FunctionCall Overlaps(Expression left, SqlGrammar.OverlapsContext context)
    {
        var right = Expressions.Build(context.right);
        if (left is not RowConstructor { Items.Count: 2 } first || right is not RowConstructor { Items.Count: 2 } second)
        {
            throw SyntaxErrors.Invalid("OVERLAPS takes a pair of values on either side", context.Span());
        }

        var name = NameBuilder.Implied("overlaps", context.OVERLAPS().Token().Span);
        return new FunctionCall(name, [.. first.Items.Concat(second.Items).Select(CallBuilder.Argument)], context.Span());
    }
}
