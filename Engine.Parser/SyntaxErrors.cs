using Engine.Core.Errors;

namespace Engine.Parser;

/// <summary>The wording of syntax errors, PostgreSQL's as far as clients look for it, with line and column.</summary>
internal static class SyntaxErrors
{
    private const int MaxShown = 40;

    /// <summary><c>syntax error at or near "x" (line 1, column 5)</c></summary>
    public static string At(string sql, SourceSpan span) => $"syntax error {Near(sql, span)}";

    /// <summary><c>at or near "x" (line 1, column 5)</c></summary>
    public static string Near(string sql, SourceSpan span)
    {
        var place = SourceExcerpt.At(sql, span);
        var what = span.Start >= sql.Length ? "at end of input" : $"at or near \"{Shown(sql.Substring(span.Start, span.Length))}\"";
        return $"{what} (line {place.Line}, column {place.Column})";
    }

    /// <summary>A syntax error that says more than which token it met.</summary>
    public static QueryException Invalid(string message, SourceSpan span, string? hint = null) => new(ErrorCodes.SyntaxError, message, span, hint);

    /// <summary>Something in quotes or a comment that never ends.</summary>
    public static QueryException Unterminated(string what, string sql, int start)
    {
        var span = new SourceSpan(start, sql.Length - start);
        return new QueryException(ErrorCodes.SyntaxError, $"unterminated {what} {Near(sql, span)}", span);
    }

    /// <summary>A statement beyond the limits that keep the stack whole.</summary>
    public static QueryException TooComplex(string what, SourceSpan span) =>
        new(ErrorCodes.StatementTooComplex, $"statement too complex: {what}", span, "Split the statement, or build it from common table expressions.");

    private static string Shown(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = end < 0 ? text : text[..end];
        return line.Length > MaxShown ? line[..MaxShown] + "..." : line;
    }
}
