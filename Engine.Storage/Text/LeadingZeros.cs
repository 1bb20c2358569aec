namespace Engine.Storage.Text;

/// <summary>Digits that are a code rather than a number.</summary>
internal static class LeadingZeros
{
    /// <summary>Whether a zero stands before another digit, as in 007 or -01.5.</summary>
    public static bool IsPadded(ReadOnlySpan<byte> text)
    {
        var start = !text.IsEmpty && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        return text.Length > start + 1 && text[start] == '0' && Engine.Core.Text.AsciiText.IsDigit(text[start + 1]);
    }
}
