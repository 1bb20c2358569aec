namespace Engine.Core.Text;

/// <summary>Byte strings: PostgreSQL's hexadecimal form <c>\x0aff</c>; read also in its escape form, where <c>\\</c> and <c>\ooo</c> stand for bytes.</summary>
public static class BytesText
{
    /// <summary>Reads into <paramref name="target"/>, which is as long as the text at least.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> target, out int written)
    {
        written = 0;
        if (!text.StartsWith("\\x"u8))
        {
            return TryParseEscapes(text, target, out written);
        }

        for (var i = 2; i < text.Length; i++)
        {
            if (AsciiText.IsBlank(text[i]))
            {
                continue;
            }

            var high = AsciiText.HexValue(text[i]);
            var low = ++i < text.Length ? AsciiText.HexValue(text[i]) : -1;
            if (high < 0 || low < 0)
            {
                return false;
            }

            target[written++] = (byte)((high << 4) | low);
        }

        return true;
    }

    /// <summary>Bytes that <see cref="Format"/> writes.</summary>
    public static int FormattedLength(int byteCount) => checked((byteCount * 2) + 2);

    public static int Format(ReadOnlySpan<byte> value, Span<byte> target)
    {
        "\\x"u8.CopyTo(target);
        var written = 2;
        foreach (var item in value)
        {
            target[written++] = "0123456789abcdef"u8[item >> 4];
            target[written++] = "0123456789abcdef"u8[item & 15];
        }

        return written;
    }

    private static bool TryParseEscapes(ReadOnlySpan<byte> text, Span<byte> target, out int written)
    {
        written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                target[written++] = text[i];
            }
            else if (i + 1 < text.Length && text[i + 1] == '\\')
            {
                target[written++] = text[i++];
            }
            else if (i + 3 < text.Length && text[i + 1] is >= (byte)'0' and <= (byte)'3' && IsOctal(text[i + 2]) && IsOctal(text[i + 3]))
            {
                target[written++] = (byte)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0'));
                i += 3;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOctal(byte value) => value is >= (byte)'0' and <= (byte)'7';
}
