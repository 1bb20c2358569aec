namespace Engine.Parser.Ast;

/// <summary>Operators with one operand, in front of it.</summary>
public enum UnaryOperator : byte
{
    Plus,
    Minus,

    /// <summary><c>~</c></summary>
    BitwiseNot,

    /// <summary><c>@</c></summary>
    Absolute,

    /// <summary><c>|/</c></summary>
    SquareRoot,

    /// <summary><c>||/</c></summary>
    CubeRoot,
}

/// <summary>Operators with two operands. <see cref="OperatorSymbols"/> has the spelling of each.</summary>
public enum BinaryOperator : byte
{
    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary><c>//</c></summary>
    IntegerDivide,
    Modulo,

    /// <summary><c>^</c>, also spelled <c>**</c>.</summary>
    Power,

    Equal,
    NotEqual,
    LessThan,
    LessThanOrEqual,
    GreaterThan,
    GreaterThanOrEqual,

    /// <summary><c>||</c></summary>
    Concatenate,

    /// <summary><c>&amp;</c></summary>
    BitwiseAnd,

    /// <summary><c>|</c></summary>
    BitwiseOr,

    /// <summary><c>#</c></summary>
    BitwiseXor,

    /// <summary><c>&lt;&lt;</c></summary>
    ShiftLeft,

    /// <summary><c>&gt;&gt;</c></summary>
    ShiftRight,

    /// <summary><c>~</c></summary>
    RegexMatch,

    /// <summary><c>~*</c></summary>
    RegexMatchInsensitive,

    /// <summary><c>!~</c></summary>
    RegexNotMatch,

    /// <summary><c>!~*</c></summary>
    RegexNotMatchInsensitive,

    /// <summary><c>~~</c>: only in <see cref="QuantifiedComparison"/>; elsewhere it is a <see cref="LikeExpression"/>.</summary>
    Like,

    /// <summary><c>!~~</c>: only in <see cref="QuantifiedComparison"/>.</summary>
    NotLike,

    /// <summary><c>~~*</c>: only in <see cref="QuantifiedComparison"/>.</summary>
    ILike,

    /// <summary><c>!~~*</c>: only in <see cref="QuantifiedComparison"/>.</summary>
    NotILike,

    /// <summary><c>^@</c></summary>
    StartsWith,

    /// <summary><c>@&gt;</c></summary>
    Contains,

    /// <summary><c>&lt;@</c></summary>
    ContainedBy,

    /// <summary><c>&amp;&amp;</c></summary>
    Overlap,

    /// <summary><c>-&gt;</c></summary>
    JsonGet,

    /// <summary><c>-&gt;&gt;</c></summary>
    JsonGetText,

    /// <summary><c>#&gt;</c></summary>
    JsonGetPath,

    /// <summary><c>#&gt;&gt;</c></summary>
    JsonGetPathText,

    /// <summary><c>#-</c></summary>
    JsonDeletePath,

    /// <summary><c>?</c></summary>
    JsonHasKey,

    /// <summary><c>?|</c></summary>
    JsonHasAnyKey,

    /// <summary><c>?&amp;</c></summary>
    JsonHasAllKeys,

    /// <summary><c>@?</c></summary>
    JsonPathExists,

    /// <summary><c>@@</c></summary>
    JsonPathMatch,
}

/// <summary>AND or OR.</summary>
public enum LogicalOperator : byte
{
    And,
    Or,
}
