using Engine.Core.Types;

namespace Engine.Core.Text;

/// <summary>
/// Timestamps as <c>2025-07-30 12:34:56.789</c>; <c>T</c> between date and time, a missing time or missing seconds, and a zone (<c>Z</c>,
/// <c>+02</c>, <c>-05:30</c>, <c>UTC</c>) are read too. Values count microseconds or nanoseconds since 1970-01-01.
/// </summary>
public static class TimestampText
{
    public const int MaxLength = 40;

    private const int IsoLength = 19;
    private const int MaxOffsetLength = 9;

    /// <summary>Reads a wall-clock timestamp. A zone behind it is read over, as PostgreSQL does.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, TimeUnit unit, out long value) => TryParse(text, unit, out value, out _);

    /// <summary>Reads an instant; a text without a zone is taken as UTC.</summary>
    public static bool TryParseZoned(ReadOnlySpan<byte> text, TimeUnit unit, out long value)
    {
        var isGood = TryParse(text, unit, out value, out var offsetSeconds);
        if (offsetSeconds is { } offset && !InfiniteTime.IsInfinite(value))
        {
            value -= offset * PerSecond(unit);
        }

        return isGood;
    }

    /// <summary>Reads the wall clock and, apart from it, the offset of its zone from UTC; null when the text names none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, TimeUnit unit, out long value, out int? offsetSeconds)
    {
        offsetSeconds = null;
        if (text.Length == IsoLength
            && text[10] is (byte)' ' or (byte)'T'
            && DateText.TryParseIso(text, out var isoDays)
            && TimeText.TryReadClock(text[11..], out var seconds)
            && unit == TimeUnit.Microsecond)
        {
            value = (isoDays * Calendar.MicrosPerDay) + (seconds * Calendar.MicrosPerSecond);
            return true;
        }

        value = 0;
        text = AsciiText.Trim(text);
        if (!DateText.TryReadDate(text, out var days, out var position))
        {
            offsetSeconds = 0;
            return TryReadWord(text, out value);
        }

        long nanos = 0;
        if (position < text.Length)
        {
            if (!TryReadTimeAndZone(text[position..], ref days, out nanos, out offsetSeconds))
            {
                return false;
            }
        }

        return TryCombine(days, nanos, unit, out value);
    }

    /// <summary>Writes a timestamp without zone.</summary>
    public static int Format(long value, TimeUnit unit, Span<byte> target) => InfiniteTime.IsInfinite(value) ? InfiniteTime.Format(value < 0, target) : Write(value, unit, (byte)' ', default, target);

    /// <summary>Writes an instant as a clock in a zone shows it, with the zone's offset behind it: <c>+00</c>, <c>+05:30</c>.</summary>
    public static int FormatZoned(long value, TimeUnit unit, TimeZoneInfo zone, Span<byte> target)
    {
        if (InfiniteTime.IsInfinite(value))
        {
            return InfiniteTime.Format(value < 0, target);
        }

        var offset = ZoneClock.OffsetSeconds(ZoneClock.Micros(value, unit), zone);
        Span<byte> suffix = stackalloc byte[MaxOffsetLength];
        return Write(value + (offset * PerSecond(unit)), unit, (byte)' ', suffix[..FormatOffset(offset, hasMinutes: false, suffix)], target);
    }

    /// <summary>Writes a timestamp in the ISO 8601 form of JSON, an instant as a clock in a zone shows it: <c>2025-07-30T12:34:56+02:00</c>.</summary>
    public static int FormatIso(long value, TimestampType type, TimeZoneInfo zone, Span<byte> target)
    {
        if (InfiniteTime.IsInfinite(value))
        {
            return InfiniteTime.Format(value < 0, target);
        }

        if (!type.HasTimeZone)
        {
            return Write(value, type.Unit, (byte)'T', default, target);
        }

        var offset = ZoneClock.OffsetSeconds(ZoneClock.Micros(value, type.Unit), zone);
        Span<byte> suffix = stackalloc byte[MaxOffsetLength];
        return Write(value + (offset * PerSecond(type.Unit)), type.Unit, (byte)'T', suffix[..FormatOffset(offset, hasMinutes: true, suffix)], target);
    }

    /// <summary>Writes a timestamp with the given separator and zone: the ISO 8601 form of JSON.</summary>
    public static int Write(long value, TimeUnit unit, byte separator, ReadOnlySpan<byte> zone, Span<byte> target)
    {
        var perDay = unit == TimeUnit.Microsecond ? Calendar.MicrosPerDay : Calendar.NanosPerDay;
        var days = value / perDay;
        var rest = value - (days * perDay);
        if (rest < 0)
        {
            rest += perDay;
            days--;
        }

        var (year, month, day) = Calendar.FromDays((int)days);
        var written = DateText.WriteDate(year, month, day, target);
        target[written++] = separator;
        written += TimeText.WriteTime(unit == TimeUnit.Microsecond ? rest * 1000 : rest, target[written..]);
        zone.CopyTo(target[written..]);
        written += zone.Length;
        return written + DateText.WriteEra(year, target[written..]);
    }

    /// <summary>Joins day and time of day; false when the count leaves 64 bits.</summary>
    internal static bool TryCombine(int days, long nanos, TimeUnit unit, out long value)
    {
        var total = unit == TimeUnit.Microsecond
            ? ((Int128)days * Calendar.MicrosPerDay) + TimeText.RoundToMicros(nanos)
            : ((Int128)days * Calendar.NanosPerDay) + nanos;
        value = (long)total;
        return value == total;
    }

    /// <summary>Reads a zone at the start of a text: Z, UTC, GMT, or a signed offset.</summary>
    internal static bool TryReadZone(ReadOnlySpan<byte> text, out int offsetSeconds, out int length)
    {
        offsetSeconds = 0;
        length = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        if (AsciiText.IsLetter(text[0]))
        {
            length = text.Length >= 3 && !(text.Length > 3 && text[3] is (byte)'+' or (byte)'-') && (AsciiText.EqualsIgnoreCase(text[..3], "utc"u8) || AsciiText.EqualsIgnoreCase(text[..3], "gmt"u8)) ? 3
                : text[0] is (byte)'Z' or (byte)'z' ? 1 : 0;
            return length > 0;
        }

        if (text[0] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        var position = 1;
        var seconds = 0;
        for (var unit = 3600; unit > 0; unit /= 60)
        {
            var partAt = position;
            var part = DateText.ReadNumber(text, ref position, 2);
            if (position == partAt || (unit < 3600 && (position != partAt + 2 || part > 59)))
            {
                return false;
            }

            seconds += part * unit;
            if (position < text.Length && text[position] == ':')
            {
                position++;
            }
            else if (unit != 3600 || position >= text.Length || !AsciiText.IsDigit(text[position]))
            {
                break;
            }
        }

        length = position;
        offsetSeconds = text[0] == '-' ? -seconds : seconds;
        return seconds <= ZonedTime.MaxOffsetSeconds && text[position - 1] != ':';
    }

    private static bool TryReadWord(ReadOnlySpan<byte> text, out long value)
    {
        if (InfiniteTime.TryParse(text, out value))
        {
            return true;
        }

        value = 0;
        return AsciiText.EqualsIgnoreCase(text, "epoch"u8);
    }

    private static long PerSecond(TimeUnit unit) => unit == TimeUnit.Microsecond ? Calendar.MicrosPerSecond : Calendar.MicrosPerSecond * 1000;

    /// <summary>Writes how far a zone is ahead of UTC: +02, -05:30.</summary>
    internal static int FormatOffset(int seconds, bool hasMinutes, Span<byte> target)
    {
        target[0] = (byte)(seconds < 0 ? '-' : '+');
        var (rest, length) = (Math.Abs(seconds), 1);
        for (var unit = 3600; unit > 0 && (length == 1 || rest > 0 || (unit == 60 && hasMinutes)); unit /= 60)
        {
            if (length > 1)
            {
                target[length++] = (byte)':';
            }

            IntegerText.WriteDigits((ulong)(rest / unit), 2, target[length..]);
            rest %= unit;
            length += 2;
        }

        return length;
    }

    /// <summary>Reads the name of a zone at the start of a text: what its offset is depends on the time before it.</summary>
    private static bool TryReadZoneName(ReadOnlySpan<byte> text, int days, long nanos, out int offsetSeconds, out int length)
    {
        offsetSeconds = 0;
        length = 0;
        while (length < text.Length && (AsciiText.IsLetter(text[length]) || text[length] is (byte)'/' or (byte)'_' or (byte)'+' or (byte)'-' || AsciiText.IsDigit(text[length])))
        {
            length++;
        }

        if (length < 3 || !TimeZoneNames.TryFind(System.Text.Encoding.ASCII.GetString(text[..length]), out var zone) || !TryCombine(days, nanos, TimeUnit.Microsecond, out var local))
        {
            return false;
        }

        offsetSeconds = (int)((local - ZoneClock.ToInstant(local, zone)) / Calendar.MicrosPerSecond);
        return true;
    }

    private static bool TryReadTimeAndZone(ReadOnlySpan<byte> text, ref int days, out long nanos, out int? offsetSeconds)
    {
        offsetSeconds = null;
        nanos = 0;
        if (text[0] is not ((byte)' ' or (byte)'T' or (byte)'t'))
        {
            return false;
        }

        var rest = AsciiText.Trim(text[1..]);
        if (!TimeText.TryReadTime(rest, out nanos, out var length))
        {
            return false;
        }

        rest = AsciiText.Trim(rest[length..]);
        if (!rest.IsEmpty && TryReadZone(rest, out var offset, out length))
        {
            offsetSeconds = offset;
            rest = AsciiText.Trim(rest[length..]);
        }
        else if (TryReadZoneName(rest, days, nanos, out offset, out length))
        {
            offsetSeconds = offset;
            rest = AsciiText.Trim(rest[length..]);
        }

        if (AsciiText.EqualsIgnoreCase(rest, "bc"u8))
        {
            var (year, month, day) = Calendar.FromDays(days);
            return Calendar.TryToDays(1 - year, month, day, out days);
        }

        return rest.IsEmpty;
    }
}
