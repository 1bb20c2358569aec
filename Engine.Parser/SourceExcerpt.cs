using Engine.Core.Errors;

namespace Engine.Parser;

/// <summary>
/// Where an error stands: line and column from 1, and the line itself with a caret below, as psql shows it:
/// <code>
/// LINE 2: WHERE amont > 10
///               ^^^^^
/// </code>
/// </summary>
public sealed record SourceExcerpt(int Line, int Column, string LineText, int MarkLength)
{
    private const int MaxWidth = 100;
    private const string Ellipsis = "...";

    /// <summary>Finds the place of <paramref name="span"/> in <paramref name="sql"/>; a span outside of the text is moved to its end.</summary>
    public static SourceExcerpt At(string sql, SourceSpan span)
    {
        var start = Math.Clamp(span.Start, 0, sql.Length);
        var line = 1 + sql.AsSpan(0, start).Count('\n');
        var lineStart = start == 0 ? 0 : sql.LastIndexOf('\n', start - 1) + 1;
        var lineEnd = sql.IndexOf('\n', start);
        if (lineEnd < 0)
        {
            lineEnd = sql.Length;
        }

        var text = sql[lineStart..lineEnd].TrimEnd('\r');
        var markLength = Math.Clamp(span.Length, 1, Math.Max(1, lineStart + text.Length - start));
        return new SourceExcerpt(line, start - lineStart + 1, text, markLength);
    }

    /// <summary>The line and the caret line; a long line is cut around the place.</summary>
    public override string ToString()
    {
        var prefix = $"LINE {Line}: ";
        var place = Math.Min(Column - 1, LineText.Length);
        var text = LineText.Replace('\t', ' ');
        var mark = MarkLength;
        if (text.Length > MaxWidth)
        {
            var from = Math.Clamp(place - (MaxWidth / 2), 0, text.Length - MaxWidth);
            var to = from + MaxWidth;
            text = (from > 0 ? Ellipsis : string.Empty) + text[from..to] + (to < LineText.Length ? Ellipsis : string.Empty);
            place = place - from + (from > 0 ? Ellipsis.Length : 0);
            mark = Math.Clamp(mark, 1, Math.Max(1, text.Length - place));
        }

        return $"{prefix}{text}\n{new string(' ', prefix.Length + place)}{new string('^', mark)}";
    }
}
