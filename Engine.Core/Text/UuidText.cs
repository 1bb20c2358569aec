namespace Engine.Core.Text;

/// <summary>UUIDs; the first digit is the highest of the number, so that numbers order as the text does.</summary>
public static class UuidText
{
    public const int Length = 36;

    /// <summary>Reads 32 hexadecimal digits, with hyphens after any group of four and braces around, as PostgreSQL does.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out UInt128 value)
    {
        value = 0;
        text = AsciiText.Trim(text);
        if (text.Length >= 2 && text[0] == '{')
        {
            if (text[^1] != '}')
            {
                return false;
            }

            text = text[1..^1];
        }

        UInt128 total = 0;
        var digits = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '-' && digits is > 0 and < 32 && (digits & 3) == 0 && text[i - 1] != '-')
            {
                continue;
            }

            var digit = AsciiText.HexValue(text[i]);
            if (digit < 0 || ++digits > 32)
            {
                return false;
            }

            total = (total << 4) | (uint)digit;
        }

        value = total;
        return digits == 32;
    }

    public static int Format(UInt128 value, Span<byte> target)
    {
        var written = 0;
        for (var digit = 0; digit < 32; digit++)
        {
            if (digit is 8 or 12 or 16 or 20)
            {
                target[written++] = (byte)'-';
            }

            target[written++] = "0123456789abcdef"u8[(int)(uint)(value >> (124 - (digit * 4))) & 15];
        }

        return written;
    }
}
