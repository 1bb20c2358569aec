namespace Engine.Core.Text;

/// <summary>
/// The dates and timestamps <c>infinity</c> and <c>-infinity</c> of PostgreSQL, behind and before all others: the largest and the smallest count.
/// </summary>
public static class InfiniteTime
{
    public static bool IsInfinite(int days) => days is int.MaxValue or int.MinValue;

    public static bool IsInfinite(long count) => count is long.MaxValue or long.MinValue;

    /// <summary>The infinite timestamp of an infinite date, and the other way round.</summary>
    public static long ToTimestamp(int days) => days > 0 ? long.MaxValue : long.MinValue;

    public static int ToDate(long count) => count > 0 ? int.MaxValue : int.MinValue;

    /// <summary>Reads <c>infinity</c>, <c>inf</c> with or without a sign.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out long count)
    {
        var isNegative = text.StartsWith("-"u8);
        var word = isNegative || text.StartsWith("+"u8) ? text[1..] : text;
        count = isNegative ? long.MinValue : long.MaxValue;
        return AsciiText.EqualsIgnoreCase(word, "infinity"u8) || AsciiText.EqualsIgnoreCase(word, "inf"u8);
    }

    internal static int Format(bool isNegative, Span<byte> target)
    {
        var text = isNegative ? "-infinity"u8 : "infinity"u8;
        text.CopyTo(target);
        return text.Length;
    }
}
