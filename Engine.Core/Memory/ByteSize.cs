using System.Globalization;

namespace Engine.Core.Memory;

/// <summary>Amounts of memory as people write them.</summary>
public static class ByteSize
{
    /// <summary>Reads a number with a unit: <c>512MB</c>, <c>1.5 GB</c>, <c>4GiB</c>; all units are powers of 1,024, and none is bytes.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        var digits = text.TrimEnd('i', 'B', 'b', 'K', 'k', 'M', 'm', 'G', 'g', 'T', 't');
        var factor = text[digits.Length..].TrimEnd('i', 'B', 'b').ToUpperInvariant() switch
        {
            "" => 1L,
            "K" => 1L << 10,
            "M" => 1L << 20,
            "G" => 1L << 30,
            "T" => 1L << 40,
            _ => 0L,
        };
        bytes = 0;
        if (factor == 0 || !double.TryParse(digits.AsSpan().Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || count * factor >= long.MaxValue)
        {
            return false;
        }

        bytes = (long)(count * factor);
        return true;
    }
}
