using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary>
/// A type as written. Spellings of several words are folded into one name: <c>double precision</c> is <c>double</c>,
/// <c>character varying</c> is <c>varchar</c>, <c>timestamp with time zone</c> is <c>timestamptz</c>, <c>time with time zone</c> is <c>timetz</c>.
/// </summary>
public abstract record TypeName(SourceSpan Span) : SyntaxNode(Span)
{
    public sealed override string ToString() => SqlUnparser.Unparse(this);
}

/// <summary><c>numeric(10, 2)</c>, <c>text</c>, <c>pg_catalog.int4</c>.</summary>
public sealed record SimpleTypeName(QualifiedName Name, SyntaxList<int> Modifiers, SourceSpan Span) : TypeName(Span);

/// <summary><c>T[]</c>, <c>array(T)</c> or <c>T array</c>; a declared length is dropped, as PostgreSQL ignores it.</summary>
public sealed record ArrayTypeName(TypeName Element, SourceSpan Span) : TypeName(Span);

/// <summary><c>map(K, V)</c>.</summary>
public sealed record MapTypeName(TypeName Key, TypeName Value, SourceSpan Span) : TypeName(Span);

/// <summary><c>row(a int, b text)</c> or <c>struct(...)</c>; fields may be unnamed.</summary>
public sealed record RowTypeName(SyntaxList<RowTypeField> Fields, SourceSpan Span) : TypeName(Span);

/// <summary><c>enum('a', 'b')</c>.</summary>
public sealed record EnumTypeName(SyntaxList<StringLiteral> Labels, SourceSpan Span) : TypeName(Span);

/// <summary>One field of a <see cref="RowTypeName"/>.</summary>
public sealed record RowTypeField(Identifier? Name, TypeName Type, SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>interval day to second(3)</c>: an interval type with a field restriction. Without one it is a <see cref="SimpleTypeName"/>.</summary>
public sealed record IntervalTypeName(IntervalField From, IntervalField? To, int? Precision, SourceSpan Span) : TypeName(Span);

/// <summary>The fields of interval types and literals.</summary>
public enum IntervalField : byte
{
    Year,
    Quarter,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
}
