using System.Globalization;
using Engine.Catalog;
using Engine.Core.Errors;
using Engine.Core.Types;
using Ast = Engine.Parser.Ast;
using Literal = Engine.Core.Expressions.Literal;

namespace Engine.Planner.Binding;

/// <summary>Constants as written to typed values.</summary>
internal sealed class LiteralBinder(Coercion coercion, ITableResolver tables)
{
    public Core.Expressions.Expression Bind(Ast.Literal literal) => literal switch
    {
        Ast.NullLiteral => new Literal(null, DataType.Unknown) { Span = literal.Span },
        Ast.BooleanLiteral boolean => new Literal(boolean.Value, DataType.Boolean) { Span = literal.Span },
        Ast.NumberLiteral number => BindNumber(number),
        Ast.StringLiteral text => new Literal(text.Value, DataType.Unknown) { Span = literal.Span },
        Ast.BinaryLiteral binary => new Literal(Convert.FromHexString(binary.Hex), DataType.Varbinary) { Span = literal.Span },
        Ast.TypedLiteral typed => coercion.Explicit(
            new Literal(typed.Value, DataType.Unknown) { Span = typed.Span }, TypeNameBinder.Bind(typed.Type, tables), isTry: false, typed.Span),
        Ast.IntervalLiteral interval => coercion.Explicit(
            new Literal(IntervalText(interval), DataType.Unknown) { Span = interval.Span }, DataType.Interval, isTry: false, interval.Span),
        Ast.BitLiteral => throw QueryException.NotSupportedYet("bit strings", literal.Span),
        _ => throw new System.Diagnostics.UnreachableException(literal.GetType().Name),
    };

    /// <summary>The smallest of integer, bigint and decimal that holds the digits; with an exponent a double.</summary>
    private static Literal BindNumber(Ast.NumberLiteral number)
    {
        var text = number.Text;
        switch (number.Kind)
        {
            case Ast.NumberKind.Integer when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var small):
                return new Literal(small, DataType.Integer) { Span = number.Span };
            case Ast.NumberKind.Integer when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var large):
                return new Literal(large, DataType.BigInt) { Span = number.Span };
            case Ast.NumberKind.Float:
                return new Literal(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), DataType.Double) { Span = number.Span };
            default:
                return BindDecimal(number);
        }
    }

    private static Literal BindDecimal(Ast.NumberLiteral number) => DecimalLiteral.Read(number.Text) is { } literal
        ? literal with { Span = number.Span }
        : throw new QueryException(
            ErrorCodes.NumericValueOutOfRange, $"number has more than {DecimalType.MaxPrecision} digits: {number.Text}", number.Span, "Write it with an exponent for a double.");

    /// <summary>The literal in the text form that the interval parser reads: <c>INTERVAL '2' DAY</c> is <c>2 day</c>.</summary>
    private static string IntervalText(Ast.IntervalLiteral interval)
    {
        if (interval.From is not { } from)
        {
            return interval.Value;
        }

        if (interval.To is not { } to)
        {
            if (!decimal.TryParse(interval.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number))
            {
                return interval.Value;
            }

            // What is smaller than the unit is cut off, as in PostgreSQL.
            var shown = from == Ast.IntervalField.Second ? interval.Value : decimal.Truncate(number).ToString(CultureInfo.InvariantCulture);
            return $"{shown} {from.ToString().ToLowerInvariant()}";
        }

        // '1-2' YEAR TO MONTH and '3 04:05:06' DAY TO SECOND are understood as they stand; '04:05' HOUR TO MINUTE too.
        return (from, to) == (Ast.IntervalField.Minute, Ast.IntervalField.Second) && interval.Value.Count(c => c == ':') == 1
            ? $"00:{interval.Value}"
            : interval.Value;
    }
}
