using Engine.Parser.Ast;

namespace Engine.Parser.Unparsing;

/// <summary>How tightly the forms of expressions bind, in the order of the grammar's alternatives.</summary>
internal enum Precedence : byte
{
    Any,
    Or,
    And,
    Not,
    Is,
    Comparison,

    /// <summary>BETWEEN, IN, LIKE.</summary>
    Range,
    OtherOperator,
    PrefixOperator,
    Additive,
    Multiplicative,
    Power,
    Collate,
    Sign,
    Primary,

    /// <summary>Nothing reaches it: a form that must stand in parentheses.</summary>
    Parenthesized,
}

/// <summary>Says which <see cref="Precedence"/> an expression has.</summary>
internal static class PrecedenceTable
{
    public static Precedence Of(Expression expression) => expression switch
    {
        LogicalExpression logical => logical.Operator == LogicalOperator.And ? Precedence.And : Precedence.Or,
        NotExpression => Precedence.Not,
        IsNullExpression or IsTruthExpression or IsDistinctFromExpression => Precedence.Is,
        QuantifiedComparison quantified => quantified.Operator.IsComparison() ? Precedence.Comparison
            : IsLike(quantified.Operator) ? Precedence.Range : Precedence.OtherOperator,
        BetweenExpression or InListExpression or InSubqueryExpression or LikeExpression => Precedence.Range,
        BinaryExpression binary => Of(binary.Operator),
        UnaryExpression { Operator: UnaryOperator.Minus or UnaryOperator.Plus } => Precedence.Sign,
        UnaryExpression => Precedence.PrefixOperator,
        CollateExpression => Precedence.Collate,
        LambdaExpression => Precedence.Any,
        _ => Precedence.Primary,
    };

    public static bool IsLike(BinaryOperator value) => value is >= BinaryOperator.Like and <= BinaryOperator.NotILike;

    private static Precedence Of(BinaryOperator value) => value switch
    {
        BinaryOperator.Add or BinaryOperator.Subtract => Precedence.Additive,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.IntegerDivide or BinaryOperator.Modulo => Precedence.Multiplicative,
        BinaryOperator.Power => Precedence.Power,
        _ => value.IsComparison() ? Precedence.Comparison : Precedence.OtherOperator,
    };
}
