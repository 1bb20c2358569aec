using System.Globalization;
using System.Text;
using Engine.Core.Errors;

namespace Engine.Parser.Tokens;

/// <summary>The escapes of <c>E'..'</c> and <c>U&amp;'..'</c>.</summary>
internal static class EscapeDecoder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Backslash escapes between <paramref name="start"/> and <paramref name="end"/>; <c>\xHH</c> and octal ones are bytes of UTF-8.</summary>
    public static string Backslashes(string sql, int start, int end)
    {
        var text = new StringBuilder(end - start);
        var bytes = new List<byte>();
        var position = start;
        while (position < end)
        {
            var escapeStart = position;
            var character = sql[position++];
            if (character == '\\' && position < end)
            {
                var kind = sql[position++];
                if (TryByte(sql, kind, ref position, end, out var value))
                {
                    bytes.Add(value);
                    continue;
                }

                Flush(bytes, text, new SourceSpan(escapeStart, position - escapeStart));
                AppendEscape(text, sql, kind, ref position, end);
                continue;
            }

            Flush(bytes, text, new SourceSpan(escapeStart, 1));
            text.Append(character);
            if (character == '\'')
            {
                position++;
            }
        }

        Flush(bytes, text, new SourceSpan(start, end - start));
        return text.ToString();
    }

    /// <summary><c>\XXXX</c> and <c>\+XXXXXX</c> with an escape character of choice.</summary>
    public static string Unicode(string raw, char escape, SourceSpan span)
    {
        if (!raw.Contains(escape, StringComparison.Ordinal))
        {
            return raw;
        }

        var text = new StringBuilder(raw.Length);
        for (var position = 0; position < raw.Length; position++)
        {
            if (raw[position] != escape)
            {
                text.Append(raw[position]);
            }
            else if (position + 1 < raw.Length && raw[position + 1] == escape)
            {
                text.Append(escape);
                position++;
            }
            else
            {
                var isLong = position + 1 < raw.Length && raw[position + 1] == '+';
                var digits = isLong ? 6 : 4;
                AppendCodePoint(text, raw, position + (isLong ? 2 : 1), digits, span);
                position += digits + (isLong ? 1 : 0);
            }
        }

        return WellFormed(text.ToString(), span);
    }

    private static void AppendEscape(StringBuilder text, string sql, char kind, ref int position, int end)
    {
        switch (kind)
        {
            case 'b':
                text.Append('\b');
                break;
            case 'f':
                text.Append('\f');
                break;
            case 'n':
                text.Append('\n');
                break;
            case 'r':
                text.Append('\r');
                break;
            case 't':
                text.Append('\t');
                break;
            case 'u' or 'U':
                var digits = kind == 'u' ? 4 : 8;
                AppendCodePoint(text, sql[..end], position, digits, new SourceSpan(position - 2, Math.Min(digits + 2, end - position + 2)));
                position += digits;
                break;
            default:
                text.Append(kind);
                break;
        }
    }

    private static bool TryByte(string sql, char kind, ref int position, int end, out byte value)
    {
        var (radix, digits, from) = kind switch
        {
            'x' => (16, 2, position),
            >= '0' and <= '7' => (8, 3, position - 1),
            _ => (0, 0, 0),
        };
        var number = 0;
        var next = from;
        while (next < end && next - from < digits && char.IsAsciiHexDigit(sql[next]) && HexValue(sql[next]) < radix)
        {
            number = (number * radix) + HexValue(sql[next]);
            next++;
        }

        value = (byte)number;
        if (next == from)
        {
            return false;
        }

        position = next;
        return true;
    }

    private static void AppendCodePoint(StringBuilder text, string source, int start, int digits, SourceSpan span)
    {
        if (start + digits > source.Length ||
            !int.TryParse(source.AsSpan(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var codePoint) ||
            codePoint is <= 0 or > 0x10FFFF)
        {
            throw new QueryException(ErrorCodes.SyntaxError, "invalid Unicode escape", span, @"Unicode escapes are \XXXX or \+XXXXXX.");
        }

        if (codePoint <= char.MaxValue)
        {
            text.Append((char)codePoint);
        }
        else
        {
            text.Append(char.ConvertFromUtf32(codePoint));
        }
    }

    private static string WellFormed(string text, SourceSpan span)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                throw new QueryException(ErrorCodes.SyntaxError, "invalid Unicode surrogate pair", span);
            }
        }

        return text;
    }

    private static void Flush(List<byte> bytes, StringBuilder text, SourceSpan span)
    {
        if (bytes.Count == 0)
        {
            return;
        }

        try
        {
            text.Append(Utf8.GetString([.. bytes]));
            bytes.Clear();
        }
        catch (DecoderFallbackException cause)
        {
            throw new QueryException(
                ErrorCodes.InvalidEncoding, "invalid byte sequence for encoding \"UTF8\"", span, hint: null, cause);
        }
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
