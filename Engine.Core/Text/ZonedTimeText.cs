using Engine.Core.Types;

namespace Engine.Core.Text;

/// <summary>Times of day with a zone's offset: <c>12:34:56.789+02</c>, <c>08:00:00-05:30</c>.</summary>
public static class ZonedTimeText
{
    public const int MaxLength = TimeText.MaxLength + 10;

    /// <summary>Reads a time and, apart from it, the offset of its zone; null when the text names none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long micros, out int? offsetSeconds)
    {
        offsetSeconds = null;
        micros = 0;
        text = AsciiText.Trim(text);
        if (!TimeText.TryReadTime(text, out var nanos, out var length))
        {
            return false;
        }

        micros = TimeText.RoundToMicros(nanos);
        var zone = AsciiText.Trim(text[length..]);
        if (zone.IsEmpty)
        {
            return true;
        }

        var isGood = TimestampText.TryReadZone(zone, out var offset, out var zoneLength) && zoneLength == zone.Length;
        offsetSeconds = offset;
        return isGood;
    }

    /// <summary>Reads a time; one without zone is taken as UTC's.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long packed)
    {
        var isGood = TryParse(text, out var micros, out var offset);
        packed = new ZonedTime(micros, offset ?? 0).Packed;
        return isGood;
    }

    public static int Format(long packed, Span<byte> target)
    {
        var time = ZonedTime.Unpack(packed);
        var written = TimeText.Format(time.Micros, target);
        return written + TimestampText.FormatOffset(time.OffsetSeconds, hasMinutes: false, target[written..]);
    }
}
