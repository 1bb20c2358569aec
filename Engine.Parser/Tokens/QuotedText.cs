using System.Globalization;
using Engine.Core.Errors;

namespace Engine.Parser.Tokens;

/// <summary>
/// Everything in quotes. Each method reads from <c>start</c>, where the token begins, and gives the characters meant and the end of the token.
/// </summary>
internal static class QuotedText
{
    private const string StringName = "quoted string";
    private const string IdentifierName = "quoted identifier";

    /// <summary><c>'it''s'</c>, with continuation lines.</summary>
    public static (string Value, int End) Plain(string sql, int start) => Continued(sql, start, start, text => Doubled(text, '\''));

    /// <summary><c>E'a\n'</c></summary>
    public static (string Value, int End) Escaped(string sql, int start)
    {
        var value = string.Empty;
        var position = start + 1;
        while (true)
        {
            var end = EndOfEscaped(sql, start, position);
            value += EscapeDecoder.Backslashes(sql, position + 1, end - 1);
            position = TriviaScanner.Continuation(sql, end);
            if (position < 0)
            {
                return (value, end);
            }
        }
    }

    /// <summary><c>"name"</c></summary>
    public static (string Value, int End) Identifier(string sql, int start)
    {
        var end = EndOfQuoted(sql, start, start, '"', IdentifierName);
        return (NotEmpty(Doubled(sql.AsSpan(start + 1, end - start - 2), '"'), sql, start, end), end);
    }

    /// <summary><c>U&amp;'\0041' UESCAPE '!'</c></summary>
    public static (string Value, int End) UnicodeString(string sql, int start)
    {
        var (raw, end) = Continued(sql, start, start + 2, text => Doubled(text, '\''));
        var (escape, next) = UnicodeEscape(sql, end);
        return (EscapeDecoder.Unicode(raw, escape, new SourceSpan(start, end - start)), next);
    }

    /// <summary><c>U&amp;"\0041"</c></summary>
    public static (string Value, int End) UnicodeIdentifier(string sql, int start)
    {
        var end = EndOfQuoted(sql, start, start + 2, '"', IdentifierName);
        var raw = NotEmpty(Doubled(sql.AsSpan(start + 3, end - start - 4), '"'), sql, start, end);
        var (escape, next) = UnicodeEscape(sql, end);
        return (EscapeDecoder.Unicode(raw, escape, new SourceSpan(start, end - start)), next);
    }

    /// <summary><c>X'1F'</c></summary>
    public static (string Value, int End) Hexadecimal(string sql, int start)
    {
        var (raw, end) = Continued(sql, start, start + 1, text => text.ToString());
        var value = raw.Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
        return value.All(char.IsAsciiHexDigit) && value.Length % 2 == 0
            ? (value, end)
            : throw new QueryException(
                ErrorCodes.InvalidTextRepresentation,
                $"invalid hexadecimal string literal {SyntaxErrors.Near(sql, new SourceSpan(start, end - start))}",
                new SourceSpan(start, end - start),
                "Write two hexadecimal digits for each byte.");
    }

    /// <summary><c>B'0101'</c></summary>
    public static (string Value, int End) Bits(string sql, int start)
    {
        var (raw, end) = Continued(sql, start, start + 1, text => text.ToString());
        return raw.All(bit => bit is '0' or '1')
            ? (raw, end)
            : throw new QueryException(
                ErrorCodes.InvalidTextRepresentation,
                $"invalid bit string literal {SyntaxErrors.Near(sql, new SourceSpan(start, end - start))}",
                new SourceSpan(start, end - start));
    }

    /// <summary>Whether <c>$</c> at this place opens <c>$tag$</c>.</summary>
    public static bool IsDollarQuote(string sql, int start) => EndOfDollarTag(sql, start) > 0;

    /// <summary><c>$tag$ text $tag$</c></summary>
    public static (string Value, int End) Dollar(string sql, int start)
    {
        var open = EndOfDollarTag(sql, start);
        var tag = sql[start..open];
        var close = sql.IndexOf(tag, open, StringComparison.Ordinal);
        return close < 0 ? throw SyntaxErrors.Unterminated("dollar-quoted string", sql, start) : (sql[open..close], close + tag.Length);
    }

    private static int EndOfDollarTag(string sql, int start)
    {
        var position = start + 1;
        while (position < sql.Length && (char.IsAsciiLetterOrDigit(sql[position]) || sql[position] == '_' || sql[position] > '\u007f'))
        {
            position++;
        }

        return position < sql.Length && sql[position] == '$' && !char.IsAsciiDigit(sql[start + 1]) ? position + 1 : -1;
    }

    private static (string Value, int End) Continued(string sql, int start, int quote, Func<ReadOnlySpan<char>, string> decode)
    {
        var end = EndOfQuoted(sql, start, quote, '\'', StringName);
        var value = decode(sql.AsSpan(quote + 1, end - quote - 2));
        while (TriviaScanner.Continuation(sql, end) is >= 0 and var next)
        {
            end = EndOfQuoted(sql, start, next, '\'', StringName);
            value += decode(sql.AsSpan(next + 1, end - next - 2));
        }

        return (value, end);
    }

    private static int EndOfQuoted(string sql, int start, int quote, char mark, string name)
    {
        var position = quote + 1;
        while (true)
        {
            position = position < sql.Length ? sql.IndexOf(mark, position) : -1;
            if (position < 0)
            {
                throw SyntaxErrors.Unterminated(name, sql, start);
            }

            if (position + 1 >= sql.Length || sql[position + 1] != mark)
            {
                return position + 1;
            }

            position += 2;
        }
    }

    private static int EndOfEscaped(string sql, int start, int quote)
    {
        for (var position = quote + 1; position < sql.Length; position++)
        {
            if (sql[position] == '\\')
            {
                position++;
            }
            else if (sql[position] == '\'')
            {
                if (position + 1 >= sql.Length || sql[position + 1] != '\'')
                {
                    return position + 1;
                }

                position++;
            }
        }

        throw SyntaxErrors.Unterminated(StringName, sql, start);
    }

    private static (char Escape, int End) UnicodeEscape(string sql, int end)
    {
        const string word = "UESCAPE";
        var position = TriviaScanner.Skip(sql, end);
        if (string.Compare(sql, position, word, 0, word.Length, ignoreCase: true, CultureInfo.InvariantCulture) != 0)
        {
            return ('\\', end);
        }

        var quote = TriviaScanner.Skip(sql, position + word.Length);
        if (quote + 2 < sql.Length && sql[quote] == '\'' && sql[quote + 2] == '\'' && !char.IsAsciiHexDigit(sql[quote + 1]) &&
            sql[quote + 1] is not ('+' or '\'' or '"' or ' '))
        {
            return (sql[quote + 1], quote + 3);
        }

        var span = new SourceSpan(position, word.Length);
        throw new QueryException(ErrorCodes.SyntaxError, $"invalid Unicode escape character {SyntaxErrors.Near(sql, span)}", span);
    }

    private static string Doubled(ReadOnlySpan<char> text, char mark)
    {
        var value = text.ToString();
        return value.Contains(mark, StringComparison.Ordinal) ? value.Replace(new string(mark, 2), mark.ToString(), StringComparison.Ordinal) : value;
    }

    private static string NotEmpty(string value, string sql, int start, int end)
    {
        var span = new SourceSpan(start, end - start);
        return value.Length > 0
            ? value
            : throw new QueryException(ErrorCodes.SyntaxError, $"zero-length delimited identifier {SyntaxErrors.Near(sql, span)}", span);
    }
}
