using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary>A constant as written.</summary>
public abstract record Literal(SourceSpan Span) : Expression(Span);

/// <summary><c>NULL</c>.</summary>
public sealed record NullLiteral(SourceSpan Span) : Literal(Span);

/// <summary><c>TRUE</c> or <c>FALSE</c>.</summary>
public sealed record BooleanLiteral(bool Value, SourceSpan Span) : Literal(Span);

/// <summary>
/// A number without sign. <see cref="Text"/> holds the digits exactly as typed, except that <c>_</c> is removed and hexadecimal, octal and
/// binary integers are rewritten in decimal.
/// </summary>
public sealed record NumberLiteral(NumberKind Kind, string Text, SourceSpan Span) : Literal(Span);

/// <summary>How a number was spelled, which decides its type.</summary>
public enum NumberKind : byte
{
    /// <summary><c>42</c>, <c>0x2A</c>.</summary>
    Integer,

    /// <summary><c>1.5</c>, <c>.5</c>, <c>1.</c>.</summary>
    Decimal,

    /// <summary>With an exponent: <c>1e3</c>.</summary>
    Float,
}

/// <summary>Character data, with escapes and continuation lines already resolved: <c>'..'</c>, <c>E'..'</c>, <c>U&amp;'..'</c>, <c>$tag$..$tag$</c>.</summary>
public sealed record StringLiteral(string Value, SourceSpan Span) : Literal(Span);

/// <summary><c>X'1F'</c>; <see cref="Hex"/> has an even number of upper-case digits.</summary>
public sealed record BinaryLiteral(string Hex, SourceSpan Span) : Literal(Span);

/// <summary><c>B'0101'</c>.</summary>
public sealed record BitLiteral(string Bits, SourceSpan Span) : Literal(Span);

/// <summary>A type name followed by a string: <c>DATE '2024-01-31'</c>.</summary>
public sealed record TypedLiteral(TypeName Type, string Value, SourceSpan Span) : Literal(Span);

/// <summary><c>INTERVAL '2 days'</c>, <c>INTERVAL '2' DAY</c>, <c>INTERVAL '1-2' YEAR TO MONTH</c>, <c>INTERVAL 2 DAY</c>.</summary>
public sealed record IntervalLiteral(string Value, IntervalField? From, IntervalField? To, SourceSpan Span) : Literal(Span);
