using System.Diagnostics;
using Antlr4.Runtime;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;
using Engine.Parser.Tokens;

namespace Engine.Parser.Building;

/// <summary>The functions that the standard gave a syntax of their own. They become plain calls, named as PostgreSQL names them.</summary>
internal sealed class SpecialFormBuilder(SyntaxBuilder builder)
{
    private ExpressionBuilder Expressions => builder.Expressions;

    public Expression Build(SqlGrammar.SimplePrimaryContext context) => context switch
    {
        SqlGrammar.ExtractContext extract => Extract(extract),
        SqlGrammar.PositionContext position => Call(
            "position", context, [.. position.valueExpression().Select(Expressions.Build), .. position.expression().Select(Expressions.Build)]),
        SqlGrammar.SubstringContext substring => Substring(substring),
        SqlGrammar.OverlayContext overlay => new FunctionCall(
            Name("overlay", context),
            [.. overlay.argument().Select(builder.Calls.Argument), .. overlay.expression().Select(Expressions.Build).Select(CallBuilder.Argument)],
            context.Span()),
        SqlGrammar.TrimContext trim => Trim(trim),
        SqlGrammar.SessionValuePrimaryContext session => SessionValue(session.sessionValue(), context, [.. session.expression().Select(Expressions.Build)]),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    /// <summary>A word that is a function without parentheses, such as current_date.</summary>
    public static FunctionCall SessionValue(SqlGrammar.SessionValueContext word, ParserRuleContext context, IEnumerable<Expression> values) =>
        Call(word.Start.Text.ToLowerInvariant(), context, values);

    private FunctionCall Extract(SqlGrammar.ExtractContext context)
    {
        var values = context.expression().Select(Expressions.Build).ToList();
        if (context.identifier() is { } field)
        {
            values.Insert(0, new StringLiteral(NameBuilder.Identifier(field).Value, field.Span()));
        }
        else if (context.stringLiteral() is { } text)
        {
            values.Insert(0, LiteralBuilder.String(text));
        }

        return Call("extract", context, values);
    }

    private FunctionCall Substring(SqlGrammar.SubstringContext context)
    {
        var arguments = context.argument().Select(builder.Calls.Argument).ToList();
        if (context.substringRange() is { } range)
        {
            if (range.pattern is not null)
            {
                arguments.Add(CallBuilder.Argument(Expressions.Build(range.pattern)));
                arguments.Add(CallBuilder.Argument(Expressions.Build(range.escape)));
            }
            else
            {
                var start = Expressions.BuildOptional(range.start) ?? new NumberLiteral(NumberKind.Integer, "1", range.Span());
                arguments.Add(CallBuilder.Argument(start));
                if (range.length is not null)
                {
                    arguments.Add(CallBuilder.Argument(Expressions.Build(range.length)));
                }
            }
        }

        return new FunctionCall(Name("substring", context), [.. arguments], context.Span());
    }

    // TRIM(LEADING c FROM s) is ltrim(s, c); TRIM(s, c) keeps its order.
    private FunctionCall Trim(SqlGrammar.TrimContext context)
    {
        var name = context.LEADING() is not null ? "ltrim" : context.TRAILING() is not null ? "rtrim" : "btrim";
        var operands = context.trimOperands();
        var values = operands.expression().Select(Expressions.Build).ToList();
        if (operands.FROM() is not null && operands.GetChild(0) is SqlGrammar.ExpressionContext)
        {
            (values[0], values[1]) = (values[1], values[0]);
        }

        return Call(name, context, values);
    }

    private static FunctionCall Call(string name, ParserRuleContext context, IEnumerable<Expression> values) =>
        new(Name(name, context), [.. values.Select(CallBuilder.Argument)], context.Span());

    private static QualifiedName Name(string name, ParserRuleContext context) => NameBuilder.Implied(name, ((SqlToken)context.Start).Span);
}
