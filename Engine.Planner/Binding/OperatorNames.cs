using Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>The functions behind the operators.</summary>
internal static class OperatorNames
{
    public static string FunctionOf(BinaryOperator symbol) => symbol switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.IntegerDivide => "div",
        BinaryOperator.Modulo => "%",
        BinaryOperator.Power => "power",
        BinaryOperator.Equal => "=",
        BinaryOperator.NotEqual => "<>",
        BinaryOperator.LessThan => "<",
        BinaryOperator.LessThanOrEqual => "<=",
        BinaryOperator.GreaterThan => ">",
        BinaryOperator.GreaterThanOrEqual => ">=",
        BinaryOperator.Concatenate => "||",
        BinaryOperator.BitwiseAnd => "&",
        BinaryOperator.BitwiseOr => "|",
        BinaryOperator.BitwiseXor => "#",
        BinaryOperator.ShiftLeft => "<<",
        BinaryOperator.ShiftRight => ">>",
        BinaryOperator.RegexMatch or BinaryOperator.RegexNotMatch => "regexp_like",
        BinaryOperator.RegexMatchInsensitive or BinaryOperator.RegexNotMatchInsensitive => "regexp_like_insensitive",
        BinaryOperator.StartsWith => "starts_with",
        BinaryOperator.JsonGet => "->",
        BinaryOperator.JsonGetText => "->>",
        _ => symbol.Symbol(),
    };

    /// <summary>Whether it compares or computes, so that numbers on both of its sides keep their digits.</summary>
    public static bool IsOfNumbers(string function) => function is "=" or "<>" or "<" or "<=" or ">" or ">=" or "+" or "-" or "*" or "/" or "%" or "is_distinct_from";
}
