namespace Engine.Parser.Ast;

/// <summary>The spelling of every operator.</summary>
public static class OperatorSymbols
{
    private static readonly (BinaryOperator Operator, string Symbol)[] Binary =
    [
        (BinaryOperator.Add, "+"),
        (BinaryOperator.Subtract, "-"),
        (BinaryOperator.Multiply, "*"),
        (BinaryOperator.Divide, "/"),
        (BinaryOperator.IntegerDivide, "//"),
        (BinaryOperator.Modulo, "%"),
        (BinaryOperator.Power, "^"),
        (BinaryOperator.Equal, "="),
        (BinaryOperator.NotEqual, "<>"),
        (BinaryOperator.LessThan, "<"),
        (BinaryOperator.LessThanOrEqual, "<="),
        (BinaryOperator.GreaterThan, ">"),
        (BinaryOperator.GreaterThanOrEqual, ">="),
        (BinaryOperator.Concatenate, "||"),
        (BinaryOperator.BitwiseAnd, "&"),
        (BinaryOperator.BitwiseOr, "|"),
        (BinaryOperator.BitwiseXor, "#"),
        (BinaryOperator.ShiftLeft, "<<"),
        (BinaryOperator.ShiftRight, ">>"),
        (BinaryOperator.RegexMatch, "~"),
        (BinaryOperator.RegexMatchInsensitive, "~*"),
        (BinaryOperator.RegexNotMatch, "!~"),
        (BinaryOperator.RegexNotMatchInsensitive, "!~*"),
        (BinaryOperator.Like, "~~"),
        (BinaryOperator.NotLike, "!~~"),
        (BinaryOperator.ILike, "~~*"),
        (BinaryOperator.NotILike, "!~~*"),
        (BinaryOperator.StartsWith, "^@"),
        (BinaryOperator.Contains, "@>"),
        (BinaryOperator.ContainedBy, "<@"),
        (BinaryOperator.Overlap, "&&"),
        (BinaryOperator.JsonGet, "->"),
        (BinaryOperator.JsonGetText, "->>"),
        (BinaryOperator.JsonGetPath, "#>"),
        (BinaryOperator.JsonGetPathText, "#>>"),
        (BinaryOperator.JsonDeletePath, "#-"),
        (BinaryOperator.JsonHasKey, "?"),
        (BinaryOperator.JsonHasAnyKey, "?|"),
        (BinaryOperator.JsonHasAllKeys, "?&"),
        (BinaryOperator.JsonPathExists, "@?"),
        (BinaryOperator.JsonPathMatch, "@@"),
    ];

    private static readonly string[] BinarySymbols = [.. Binary.OrderBy(entry => entry.Operator).Select(entry => entry.Symbol)];

    private static readonly Dictionary<string, BinaryOperator> BinaryBySymbol =
        Binary.Append((BinaryOperator.NotEqual, "!=")).Append((BinaryOperator.Equal, "==")).Append((BinaryOperator.Power, "**"))
            .ToDictionary(entry => entry.Item2, entry => entry.Item1, StringComparer.Ordinal);

    private static readonly string[] UnarySymbols = ["+", "-", "~", "@", "|/", "||/"];

    /// <summary>The spelling of every operator, between operands and in front of one.</summary>
    internal static IEnumerable<string> All => BinarySymbols.Concat(UnarySymbols);

    public static string Symbol(this BinaryOperator value) => BinarySymbols[(int)value];

    public static string Symbol(this UnaryOperator value) => UnarySymbols[(int)value];

    public static bool IsComparison(this BinaryOperator value) => value is >= BinaryOperator.Equal and <= BinaryOperator.GreaterThanOrEqual;

    /// <summary>Finds an operator by its spelling.</summary>
    public static bool TryParse(string symbol, out BinaryOperator value) => BinaryBySymbol.TryGetValue(symbol, out value);

    /// <summary>Finds a prefix operator by its spelling.</summary>
    public static bool TryParse(string symbol, out UnaryOperator value)
    {
        var index = Array.IndexOf(UnarySymbols, symbol);
        value = (UnaryOperator)Math.Max(index, 0);
        return index >= 0;
    }
}
