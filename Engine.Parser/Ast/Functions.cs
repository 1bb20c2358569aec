using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary>
/// A call of a scalar, aggregate, window or table function. Forms with their own syntax are plain calls too: <c>EXTRACT(year FROM x)</c> is
/// <c>extract('year', x)</c>, <c>POSITION(a IN b)</c> is <c>position(a, b)</c>, <c>TRIM(LEADING c FROM s)</c> is <c>ltrim(s, c)</c>,
/// <c>x AT TIME ZONE z</c> is <c>timezone(z, x)</c>, and <c>CURRENT_DATE</c> is <c>current_date()</c>.
/// <c>count(*)</c> has one argument, a <see cref="StarExpression"/>.
/// </summary>
public sealed record FunctionCall(
    QualifiedName Name,
    SyntaxList<FunctionArgument> Arguments,
    bool Distinct,
    SyntaxList<SortItem> OrderBy,
    SyntaxList<SortItem> WithinGroup,
    Expression? Filter,
    NullTreatment? NullTreatment,
    WindowReference? Over,
    SourceSpan Span) : Expression(Span)
{
    /// <summary>A call with nothing but arguments.</summary>
    public FunctionCall(QualifiedName name, SyntaxList<FunctionArgument> arguments, SourceSpan span)
        : this(name, arguments, Distinct: false, [], [], Filter: null, NullTreatment: null, Over: null, span)
    {
    }
}

/// <summary>An argument; <see cref="Name"/> is set for <c>name =&gt; value</c> and <c>name := value</c>.</summary>
public sealed record FunctionArgument(Identifier? Name, Expression Value, SourceSpan Span) : SyntaxNode(Span);

/// <summary>What a window function does with NULLs.</summary>
public enum NullTreatment : byte
{
    RespectNulls,
    IgnoreNulls,
}

/// <summary>What stands after OVER.</summary>
public abstract record WindowReference(SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>OVER name</c>.</summary>
public sealed record NamedWindowReference(Identifier Name, SourceSpan Span) : WindowReference(Span);

/// <summary><c>OVER ([base] PARTITION BY .. ORDER BY .. frame)</c>, and the body of a WINDOW clause's entry.</summary>
public sealed record WindowSpecification(
    Identifier? BaseWindow,
    SyntaxList<Expression> PartitionBy,
    SyntaxList<SortItem> OrderBy,
    WindowFrame? Frame,
    SourceSpan Span) : WindowReference(Span);

/// <summary><c>ROWS BETWEEN start AND end EXCLUDE ..</c>; without BETWEEN the end is CURRENT ROW.</summary>
public sealed record WindowFrame(FrameUnit Unit, FrameBound Start, FrameBound End, FrameExclusion Exclusion, SourceSpan Span) : SyntaxNode(Span);

/// <summary>What the distance of a frame bound counts.</summary>
public enum FrameUnit : byte
{
    Rows,
    Range,
    Groups,
}

/// <summary>One end of a frame; <see cref="Offset"/> is set for Preceding and Following only.</summary>
public sealed record FrameBound(FrameBoundKind Kind, Expression? Offset, SourceSpan Span) : SyntaxNode(Span);

/// <summary>The kinds of frame bounds, in their order along the partition.</summary>
public enum FrameBoundKind : byte
{
    UnboundedPreceding,
    Preceding,
    CurrentRow,
    Following,
    UnboundedFollowing,
}

/// <summary>Which rows around the current one a frame leaves out.</summary>
public enum FrameExclusion : byte
{
    NoOthers,
    CurrentRow,
    Group,
    Ties,
}
