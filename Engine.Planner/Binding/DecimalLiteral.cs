using System.Globalization;
using Engine.Core.Expressions;
using Engine.Core.Types;

namespace Engine.Planner.Binding;

/// <summary>Numbers of the digits that are written.</summary>
internal static class DecimalLiteral
{
    /// <summary>A decimal of as many digits as the text has; null when they are too many.</summary>
    /// <param name="text">Digits and perhaps a point.</param>
    public static Literal? Read(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : text.Length - point - 1;
        var digits = text.Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('0');
        var precision = Math.Max(Math.Max(digits.Length, scale), 1);
        return precision > DecimalType.MaxPrecision
            ? null
            : new Literal(digits.Length == 0 ? Int128.Zero : Int128.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture), new DecimalType(precision, scale));
    }

    /// <summary>
    /// Untyped literals beside decimals as the decimals that they are: brought to the digits of the others they would be rounded, and then compare
    /// wrongly.
    /// </summary>
    public static IReadOnlyList<Expression> Among(IReadOnlyList<Expression> expressions) => expressions.Any(expression => expression.Type is DecimalType)
        ? [.. expressions.Select(expression => expression is Literal { Type.Kind: TypeKind.Unknown, Value: string text } && ReadSigned(text.Trim()) is { } number
            ? number with { Span = expression.Span }
            : expression)]
        : expressions;

    /// <summary>A decimal, or a literal that is written as one, with the digits that it has, as PostgreSQL's plain numeric keeps them; null for others.</summary>
    public static Expression? AsIs(Expression expression) => expression switch
    {
        { Type: DecimalType } => expression,
        Literal { Type.Kind: TypeKind.Unknown, Value: string text } => ReadSigned(text.Trim()) is { } number ? number with { Span = expression.Span } : null,
        _ => null,
    };

    private static Literal? ReadSigned(string text)
    {
        var digits = text.TrimStart('-', '+');
        if (text.Length - digits.Length > 1 || !digits.Any(char.IsAsciiDigit) || digits.Count(c => c == '.') > 1 || !digits.All(c => char.IsAsciiDigit(c) || c == '.'))
        {
            return null;
        }

        return Read(digits) is { } number && text[0] == '-' ? number with { Value = -(Int128)number.Value! } : Read(digits);
    }
}
