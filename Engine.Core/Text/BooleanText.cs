namespace Engine.Core.Text;

/// <summary>Booleans: every spelling that PostgreSQL reads (unique beginnings of true, false, yes, no; on, off; 1, 0), written in full.</summary>
public static class BooleanText
{
    public const int MaxLength = 5;

    public static bool TryParse(ReadOnlySpan<byte> text, out bool value)
    {
        text = AsciiText.Trim(text);
        value = IsStart(text, "true"u8, 1) || IsStart(text, "yes"u8, 1) || IsStart(text, "on"u8, 2) || text is [(byte)'1'];
        return value || IsStart(text, "false"u8, 1) || IsStart(text, "no"u8, 1) || IsStart(text, "off"u8, 2) || text is [(byte)'0'];
    }

    /// <param name="value">The value.</param>
    /// <param name="isShort">Whether it is t or f.</param>
    /// <param name="target">Gets it.</param>
    public static int Format(bool value, bool isShort, Span<byte> target)
    {
        if (!isShort)
        {
            return Format(value, target);
        }

        target[0] = value ? (byte)'t' : (byte)'f';
        return 1;
    }

    public static int Format(bool value, Span<byte> target)
    {
        var text = value ? "true"u8 : "false"u8;
        text.CopyTo(target);
        return text.Length;
    }

    private static bool IsStart(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, int minLength) =>
        text.Length >= minLength && text.Length <= word.Length && AsciiText.EqualsIgnoreCase(text, word[..text.Length]);
}
