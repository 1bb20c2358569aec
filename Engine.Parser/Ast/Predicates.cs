using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary><c>operand [NOT] BETWEEN [SYMMETRIC] low AND high</c>.</summary>
public sealed record BetweenExpression(
    Expression Operand,
    Expression Low,
    Expression High,
    bool Symmetric,
    bool Negated,
    SourceSpan Span) : Expression(Span);

/// <summary><c>operand [NOT] IN (a, b)</c>.</summary>
public sealed record InListExpression(Expression Operand, SyntaxList<Expression> Items, bool Negated, SourceSpan Span) : Expression(Span);

/// <summary><c>operand [NOT] IN (SELECT ..)</c>; the operand may be a <see cref="RowConstructor"/>.</summary>
public sealed record InSubqueryExpression(Expression Operand, Query Query, bool Negated, SourceSpan Span) : Expression(Span);

/// <summary><c>EXISTS (SELECT ..)</c>.</summary>
public sealed record ExistsExpression(Query Query, SourceSpan Span) : Expression(Span);

/// <summary><c>operand [NOT] LIKE pattern [ESCAPE escape]</c> and its relatives.</summary>
public sealed record LikeExpression(
    LikeKind Kind,
    Expression Operand,
    Expression Pattern,
    Expression? Escape,
    bool Negated,
    SourceSpan Span) : Expression(Span);

/// <summary>Which pattern language a <see cref="LikeExpression"/> uses.</summary>
public enum LikeKind : byte
{
    Like,
    ILike,
    SimilarTo,
}

/// <summary><c>operand IS [NOT] NULL</c>.</summary>
public sealed record IsNullExpression(Expression Operand, bool Negated, SourceSpan Span) : Expression(Span);

/// <summary><c>operand IS [NOT] TRUE | FALSE | UNKNOWN</c>.</summary>
public sealed record IsTruthExpression(Expression Operand, TruthValue Value, bool Negated, SourceSpan Span) : Expression(Span);

/// <summary>The three values of SQL's logic.</summary>
public enum TruthValue : byte
{
    False,
    True,
    Unknown,
}

/// <summary><c>left IS [NOT] DISTINCT FROM right</c>; <see cref="Negated"/> is IS NOT DISTINCT FROM, which is equality where NULL equals NULL.</summary>
public sealed record IsDistinctFromExpression(Expression Left, Expression Right, bool Negated, SourceSpan Span) : Expression(Span);

/// <summary>
/// <c>left op ANY|ALL (right)</c>; <see cref="Right"/> is a <see cref="SubqueryExpression"/> or an expression that yields an array.
/// </summary>
public sealed record QuantifiedComparison(
    BinaryOperator Operator,
    Quantifier Quantifier,
    Expression Left,
    Expression Right,
    SourceSpan Span) : Expression(Span);

/// <summary>SOME is ANY.</summary>
public enum Quantifier : byte
{
    Any,
    All,
}
