using System.Diagnostics;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;
using Engine.Parser.Tokens;

namespace Engine.Parser.Building;

/// <summary>Constants and parameters.</summary>
internal static class LiteralBuilder
{
    public static Literal Build(SqlGrammar.LiteralContext context) => context switch
    {
        SqlGrammar.NullLiteralContext => new NullLiteral(context.Span()),
        SqlGrammar.BooleanLiteralContext boolean => new BooleanLiteral(boolean.TRUE() is not null, context.Span()),
        SqlGrammar.NumberLiteralContext number => Number(number.number()),
        SqlGrammar.CharacterLiteralContext text => String(text.stringLiteral()),
        SqlGrammar.BinaryLiteralContext => new BinaryLiteral(ValueOf(context), context.Span()),
        SqlGrammar.BitLiteralContext => new BitLiteral(ValueOf(context), context.Span()),
        SqlGrammar.TypedLiteralContext typed => new TypedLiteral(
            TypeBuilder.LiteralType(typed.typedLiteralType()), Text(typed.stringLiteral()), context.Span()),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    public static NumberLiteral Number(SqlGrammar.NumberContext context)
    {
        var kind = context.Start.Type switch
        {
            SqlGrammar.IntegerLiteral => NumberKind.Integer,
            SqlGrammar.DecimalLiteral => NumberKind.Decimal,
            _ => NumberKind.Float,
        };
        return new NumberLiteral(kind, ValueOf(context), context.Span());
    }

    public static StringLiteral String(SqlGrammar.StringLiteralContext context) => new(Text(context), context.Span());

    public static string Text(SqlGrammar.StringLiteralContext context) => ValueOf(context);

    public static Expression Parameter(SqlGrammar.ParameterContext context)
    {
        var token = (SqlToken)context.Start;
        return token.Type == SqlGrammar.NamedParameter
            ? new NamedParameter(token.Value!, token.Span)
            : new PositionalParameter(int.Parse(token.Value!), token.Span);
    }

    /// <summary>A count in the syntax itself, such as a type modifier.</summary>
    public static int Count(SqlToken token) => int.TryParse(token.Value, out var count)
        ? count
        : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"value \"{token.Text}\" is out of range for type integer", token.Span);

    /// <summary>A whole number in the syntax itself that may have a sign.</summary>
    public static long SignedInteger(SqlGrammar.SignedIntegerContext context)
    {
        var token = context.IntegerLiteral().Token();
        var sign = context.Minus() is null ? string.Empty : "-";
        return long.TryParse(sign + token.Value, out var number)
            ? number
            : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"value \"{sign}{token.Text}\" is out of range for type bigint", context.Span());
    }

    public static (IntervalField? From, IntervalField? To) Qualifier(SqlGrammar.IntervalQualifierContext? context)
    {
        if (context is null)
        {
            return (null, null);
        }

        var fields = context.intervalField();
        return (Field(fields[0]), fields.Length > 1 ? Field(fields[1]) : null);
    }

    public static IntervalField Field(SqlGrammar.IntervalFieldContext context) => context.Start.Type switch
    {
        SqlGrammar.YEAR or SqlGrammar.YEARS => IntervalField.Year,
        SqlGrammar.QUARTER or SqlGrammar.QUARTERS => IntervalField.Quarter,
        SqlGrammar.MONTH or SqlGrammar.MONTHS => IntervalField.Month,
        SqlGrammar.WEEK or SqlGrammar.WEEKS => IntervalField.Week,
        SqlGrammar.DAY or SqlGrammar.DAYS => IntervalField.Day,
        SqlGrammar.HOUR or SqlGrammar.HOURS => IntervalField.Hour,
        SqlGrammar.MINUTE or SqlGrammar.MINUTES => IntervalField.Minute,
        SqlGrammar.SECOND or SqlGrammar.SECONDS => IntervalField.Second,
        SqlGrammar.MILLISECOND or SqlGrammar.MILLISECONDS => IntervalField.Millisecond,
        _ => IntervalField.Microsecond,
    };

    private static string ValueOf(Antlr4.Runtime.ParserRuleContext context) => ((SqlToken)context.Start).Value!;
}
