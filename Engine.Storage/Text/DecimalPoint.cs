namespace Engine.Storage.Text;

/// <summary>Numbers whose fraction stands behind another sign than a point.</summary>
internal static class DecimalPoint
{
    public const int MaxLength = 64;

    /// <summary>Makes the text one with a point; false when it has a point already, which then means something else, or is too long for a number.</summary>
    public static bool TryReplace(ReadOnlySpan<byte> text, Span<byte> scratch, byte separator, out ReadOnlySpan<byte> pointed)
    {
        pointed = text;
        if (separator == '.')
        {
            return true;
        }

        if (text.Length > scratch.Length || text.Contains((byte)'.'))
        {
            return false;
        }

        text.CopyTo(scratch);
        var place = text.IndexOf(separator);
        if (place >= 0)
        {
            scratch[place] = (byte)'.';
        }

        pointed = scratch[..text.Length];
        return true;
    }
}
