using System.Diagnostics;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;
using Engine.Parser.Tokens;

namespace Engine.Parser.Building;

/// <summary>Operands: names, calls, constants, constructors, anything in brackets.</summary>
internal sealed class PrimaryBuilder(SyntaxBuilder builder)
{
    private const int MaxFields = 250;

    private ExpressionBuilder Expressions => builder.Expressions;

    /// <summary>The items of <c>(a, b)</c> when the text is nothing else; <c>ROW(a, b)</c> is not.</summary>
    public static SqlGrammar.ExpressionContext[]? ParenthesizedItems(SqlGrammar.ExpressionContext context) =>
        context is SqlGrammar.ValueOnlyContext value && value.valueExpression() is SqlGrammar.PrimaryOnlyContext primary &&
        primary.primary() is SqlGrammar.ParenthesizedContext parenthesized && parenthesized.fieldPath() is null
            ? parenthesized.expression()
            : null;

    /// <summary>Adds <c>.a.b.*</c> behind an operand.</summary>
    public static Expression WithFields(Expression operand, SqlGrammar.FieldPathContext? path)
    {
        if (path is null)
        {
            return operand;
        }

        var labels = path.label();
        if (labels.Length > MaxFields)
        {
            throw SyntaxErrors.TooComplex($"more than {MaxFields} fields in a row", path.Span());
        }

        foreach (var label in labels)
        {
            var field = NameBuilder.Identifier(label);
            operand = new FieldAccess(operand, field, SourceSpan.Covering(operand.Span, field.Span));
        }

        return path.Star() is { } star ? new RowStarExpression(operand, SourceSpan.Covering(operand.Span, star.Token().Span)) : operand;
    }

    public Expression Build(SqlGrammar.PrimaryContext context) => context switch
    {
        SqlGrammar.SimpleContext simple => Build(simple.simplePrimary()),
        SqlGrammar.ParenthesizedContext parenthesized => Parenthesized(parenthesized),
        SqlGrammar.ScalarSubqueryContext subquery => WithFields(
            new SubqueryExpression(builder.Queries.Build(subquery.query()), Upto(context, subquery.RightParenthesis().Token())), subquery.fieldPath()),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    public Expression Build(SqlGrammar.SimplePrimaryContext context) => context switch
    {
        SqlGrammar.NameContext name => Name(name),
        SqlGrammar.LiteralPrimaryContext literal => Literal(literal.literal()),
        SqlGrammar.ParameterPrimaryContext parameter => WithFields(LiteralBuilder.Parameter(parameter.parameter()), parameter.fieldPath()),
        SqlGrammar.KeywordCallContext call => builder.Calls.Build(
            NameBuilder.Implied(call.Start.Text.ToLowerInvariant(), ((SqlToken)call.Start).Span), call.call(), context.Span()),
        SqlGrammar.CaseContext choice => new CaseExpression(
            Expressions.BuildOptional(choice.operand), choice.whenClause().Map(When), Expressions.BuildOptional(choice.otherwise), context.Span()),
        SqlGrammar.CastContext cast => WithFields(
            new CastExpression(
                Expressions.Build(cast.expression()),
                TypeBuilder.Build(cast.typeName()),
                cast.TRY_CAST() is not null,
                Upto(context, cast.RightParenthesis().Token())),
            cast.fieldPath()),
        SqlGrammar.ExistsContext exists => new ExistsExpression(builder.Queries.Build(exists.query()), context.Span()),
        SqlGrammar.ArraySubqueryContext array => new ArraySubquery(builder.Queries.Build(array.query()), context.Span()),
        SqlGrammar.ArrayContext array => new ArrayConstructor(Expressions.BuildAll(array.expression()), context.Span()),
        SqlGrammar.RowContext row => WithFields(
            new RowConstructor(Expressions.BuildAll(row.expression()), Upto(context, row.RightParenthesis().Token())), row.fieldPath()),
        SqlGrammar.MapContext map => new MapConstructor(map.mapEntry().Map(Entry), context.Span()),
        SqlGrammar.StructContext structure => WithFields(
            new StructConstructor(structure.structField().Map(Field), Upto(context, structure.RightBrace().Token())), structure.fieldPath()),
        _ => builder.SpecialForms.Build(context),
    };

    public Expression Literal(SqlGrammar.LiteralContext context) =>
        context is SqlGrammar.IntervalLiteralContext interval ? Interval(interval.interval()) : LiteralBuilder.Build(context);

    /// <summary>An interval constant; <c>INTERVAL (n) DAY</c> multiplies one.</summary>
    private Expression Interval(SqlGrammar.IntervalContext context)
    {
        var span = context.Span();
        if (context.stringLiteral() is { } text)
        {
            var (from, to) = LiteralBuilder.Qualifier(context.intervalQualifier());
            return new IntervalLiteral(LiteralBuilder.Text(text), from, to, span);
        }

        var field = LiteralBuilder.Field(context.intervalField());
        return context.number() is { } number
            ? new IntervalLiteral(LiteralBuilder.Number(number).Text, field, To: null, span)
            : new BinaryExpression(
                BinaryOperator.Multiply, Expressions.Build(context.expression()), new IntervalLiteral("1", field, To: null, span), span);
    }

    private Expression Parenthesized(SqlGrammar.ParenthesizedContext context)
    {
        var items = context.expression();
        var inner = items.Length == 1
            ? Expressions.Build(items[0])
            : new RowConstructor(Expressions.BuildAll(items), Upto(context, context.RightParenthesis().Token()));
        return WithFields(inner, context.fieldPath());
    }

    private Expression Name(SqlGrammar.NameContext context)
    {
        var first = (Antlr4.Runtime.ParserRuleContext?)context.columnNameKeyword() ?? context.callableName();
        var name = NameBuilder.Qualified(first, context.label());
        if (context.call() is { } call)
        {
            return builder.Calls.Build(name, call, context.Span());
        }

        if (context.stringLiteral() is { } text)
        {
            return new TypedLiteral(new SimpleTypeName(name, [], name.Span), LiteralBuilder.Text(text), context.Span());
        }

        return context.star() is { } star ? builder.Selects.Star(star, name, context.Span()) : new ColumnReference(name, name.Span);
    }

    private WhenClause When(SqlGrammar.WhenClauseContext context) =>
        new(Expressions.Build(context.condition), Expressions.Build(context.result), context.Span());

    private MapEntry Entry(SqlGrammar.MapEntryContext context) =>
        new(Expressions.Build(context.key), Expressions.Build(context.value), context.Span());

    private StructField Field(SqlGrammar.StructFieldContext context)
    {
        var name = context.label() is { } label
            ? NameBuilder.Identifier(label)
            : new Identifier(LiteralBuilder.Text(context.stringLiteral()), Quoted: true, context.stringLiteral().Span());
        if (name.Value.Length == 0)
        {
            throw SyntaxErrors.Invalid("a field needs a name", name.Span);
        }

        return new StructField(name, Expressions.Build(context.expression()), context.Span());
    }

    private static SourceSpan Upto(Antlr4.Runtime.ParserRuleContext context, SqlToken last) =>
        SourceSpan.Covering(((SqlToken)context.Start).Span, last.Span);
}
