using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>The options of COPY, EXPLAIN and table definitions, and the values of settings: a bare word is a string.</summary>
internal static class OptionBuilder
{
    public static OptionItem Build(SqlGrammar.OptionItemContext context)
    {
        var name = context.stringLiteral() is { } text
            ? LiteralBuilder.Text(text)
            : string.Join('.', NameParts(context));
        return new OptionItem(name, context.optionValue() is { } value ? Value(value) : null, context.Span());
    }

    public static Expression Setting(SqlGrammar.SettingValueContext context)
    {
        if (context.interval() is { } interval)
        {
            return interval.stringLiteral() is { } text && LiteralBuilder.Qualifier(interval.intervalQualifier()) is var (from, to)
                ? new IntervalLiteral(LiteralBuilder.Text(text), from, to, context.Span())
                : throw SyntaxErrors.Invalid("a setting takes an interval constant", context.Span());
        }

        return Scalar(context.label(), context.stringLiteral(), context.number(), context.parameter(), context.Minus() is not null, context.Span());
    }

    private static IEnumerable<string> NameParts(SqlGrammar.OptionItemContext context)
    {
        yield return NameBuilder.Identifier((Tokens.SqlToken)context.Start).Value;
        foreach (var label in context.label())
        {
            yield return NameBuilder.Identifier(label).Value;
        }
    }

    private static Expression Value(SqlGrammar.OptionValueContext context)
    {
        var span = context.Span();
        if (context.LeftParenthesis() is not null || context.LeftBracket() is not null)
        {
            return new ArrayConstructor(context.optionValue().Map(Value), span);
        }

        return context.Star() is not null
            ? new StarExpression(Qualifier: null, [], [], [], span)
            : Scalar(context.label(), context.stringLiteral(), context.number(), context.parameter(), context.Minus() is not null, span);
    }

    private static Expression Scalar(
        SqlGrammar.LabelContext? word,
        SqlGrammar.StringLiteralContext? text,
        SqlGrammar.NumberContext? number,
        SqlGrammar.ParameterContext? parameter,
        bool negative,
        SourceSpan span)
    {
        if (word is not null)
        {
            return word.Start.Type switch
            {
                SqlGrammar.TRUE => new BooleanLiteral(Value: true, span),
                SqlGrammar.FALSE => new BooleanLiteral(Value: false, span),
                SqlGrammar.NULL => new NullLiteral(span),
                _ => new StringLiteral(NameBuilder.Identifier(word).Value, span),
            };
        }

        if (text is not null)
        {
            return LiteralBuilder.String(text);
        }

        if (number is null)
        {
            return LiteralBuilder.Parameter(parameter!);
        }

        var value = LiteralBuilder.Number(number);
        return negative ? new UnaryExpression(UnaryOperator.Minus, value, span) : value;
    }
}
