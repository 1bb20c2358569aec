using System.Buffers;
using Engine.Core.Text;

namespace Engine.Storage.Json;

/// <summary>Walks over JSON text (RFC 8259) and checks it strictly on the way.</summary>
internal static class JsonSyntax
{
    /// <summary>Arrays and objects inside each other; more is refused before the stack is at risk.</summary>
    public const int MaxDepth = 512;

    /// <summary>What ends a plain stretch of a string: its quote, an escape, or a character that may not stand in it.</summary>
    private static readonly SearchValues<byte> StringStops = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    /// <summary>Goes over one value; false when it is not well formed or not complete.</summary>
    public static bool TrySkipValue(ReadOnlySpan<byte> text, ref int position, int depth = 0)
    {
        SkipBlanks(text, ref position);
        if (position >= text.Length || depth > MaxDepth)
        {
            return false;
        }

        switch (text[position])
        {
            case (byte)'{': return TrySkipObject(text, ref position, depth);
            case (byte)'[': return TrySkipArray(text, ref position, depth);
            case (byte)'"': return TrySkipString(text, ref position);
            case (byte)'t': return TrySkipWord(text, ref position, "true"u8);
            case (byte)'f': return TrySkipWord(text, ref position, "false"u8);
            case (byte)'n': return TrySkipWord(text, ref position, "null"u8);
            default: return TrySkipNumber(text, ref position);
        }
    }

    public static void SkipBlanks(ReadOnlySpan<byte> text, ref int position)
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            position++;
        }
    }

    public static bool TrySkipString(ReadOnlySpan<byte> text, ref int position)
    {
        position++;
        while (true)
        {
            var stop = text[position..].IndexOfAny(StringStops);
            if (stop < 0)
            {
                return false;
            }

            position += stop + 1;
            switch (text[position - 1])
            {
                case (byte)'"':
                    return true;
                case (byte)'\\' when position < text.Length:
                    if (!TrySkipEscape(text, ref position))
                    {
                        return false;
                    }

                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Goes over blanks and one given sign; false, and nothing passed but blanks, when it is not there.</summary>
    public static bool TryTake(ReadOnlySpan<byte> text, ref int position, byte sign)
    {
        SkipBlanks(text, ref position);
        if (position >= text.Length || text[position] != sign)
        {
            return false;
        }

        position++;
        return true;
    }

    private static bool TrySkipEscape(ReadOnlySpan<byte> text, ref int position)
    {
        switch (text[position++])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return true;
            case (byte)'u' when position + 4 <= text.Length:
                for (var end = position + 4; position < end; position++)
                {
                    if (AsciiText.HexValue(text[position]) < 0)
                    {
                        return false;
                    }
                }

                return true;
            default:
                return false;
        }
    }

    private static bool TrySkipObject(ReadOnlySpan<byte> text, ref int position, int depth)
    {
        position++;
        if (TryTake(text, ref position, (byte)'}'))
        {
            return true;
        }

        do
        {
            SkipBlanks(text, ref position);
            if (position >= text.Length || text[position] != '"' || !TrySkipString(text, ref position)
                || !TryTake(text, ref position, (byte)':') || !TrySkipValue(text, ref position, depth + 1))
            {
                return false;
            }
        }
        while (TryTake(text, ref position, (byte)','));
        return TryTake(text, ref position, (byte)'}');
    }

    private static bool TrySkipArray(ReadOnlySpan<byte> text, ref int position, int depth)
    {
        position++;
        if (TryTake(text, ref position, (byte)']'))
        {
            return true;
        }

        do
        {
            if (!TrySkipValue(text, ref position, depth + 1))
            {
                return false;
            }
        }
        while (TryTake(text, ref position, (byte)','));
        return TryTake(text, ref position, (byte)']');
    }

    private static bool TrySkipWord(ReadOnlySpan<byte> text, ref int position, ReadOnlySpan<byte> word)
    {
        if (!text[position..].StartsWith(word))
        {
            return false;
        }

        position += word.Length;
        return true;
    }

    private static bool TrySkipNumber(ReadOnlySpan<byte> text, ref int position)
    {
        if (text[position] == '-')
        {
            position++;
        }

        var start = position;
        if (!TrySkipDigits(text, ref position) || (text[start] == '0' && position > start + 1))
        {
            return false;
        }

        if (position < text.Length && text[position] == '.')
        {
            position++;
            if (!TrySkipDigits(text, ref position))
            {
                return false;
            }
        }

        if (position < text.Length && text[position] is (byte)'e' or (byte)'E')
        {
            position++;
            position += position < text.Length && text[position] is (byte)'+' or (byte)'-' ? 1 : 0;
            return TrySkipDigits(text, ref position);
        }

        return true;
    }

    private static bool TrySkipDigits(ReadOnlySpan<byte> text, ref int position)
    {
        var start = position;
        while (position < text.Length && AsciiText.IsDigit(text[position]))
        {
            position++;
        }

        return position > start;
    }
}
