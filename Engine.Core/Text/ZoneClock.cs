using Engine.Core.Types;

namespace Engine.Core.Text;

/// <summary>Instants and what clocks in a zone show, in microseconds since 1970-01-01.</summary>
public static class ZoneClock
{
    // DateTime knows the years 1 to 9999; beyond them a zone keeps the offset it has there.
    private const long FirstMicros = -62_135_596_800_000_000;
    private const long LastMicros = 253_402_300_799_999_999;

    /// <summary>How many seconds a zone is ahead of UTC at an instant.</summary>
    public static int OffsetSeconds(long micros, TimeZoneInfo zone) =>
        ReferenceEquals(zone, TimeZoneInfo.Utc) ? 0 : (int)(zone.GetUtcOffset(AsDateTime(micros, DateTimeKind.Utc)).Ticks / TimeSpan.TicksPerSecond);

    /// <summary>What a clock shows at an instant.</summary>
    public static long ToLocal(long micros, TimeZoneInfo zone) =>
        InfiniteTime.IsInfinite(micros) ? micros : micros + (OffsetSeconds(micros, zone) * Calendar.MicrosPerSecond);

    /// <summary>The instant at which a clock shows a time; of two the one after the clock is put back, as in PostgreSQL.</summary>
    public static long ToInstant(long local, TimeZoneInfo zone)
    {
        if (ReferenceEquals(zone, TimeZoneInfo.Utc) || InfiniteTime.IsInfinite(local))
        {
            return local;
        }

        var reading = AsDateTime(local, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(reading) ? zone.GetAmbiguousTimeOffsets(reading).Min() : zone.GetUtcOffset(reading);
        return local - (offset.Ticks / 10);
    }

    /// <summary>A count of microseconds or nanoseconds as microseconds, rounded down.</summary>
    public static long Micros(long value, TimeUnit unit) =>
        unit == TimeUnit.Microsecond || InfiniteTime.IsInfinite(value) ? value : (value >= 0 ? value : value - 999) / 1000;

    private static DateTime AsDateTime(long micros, DateTimeKind kind) =>
        DateTime.SpecifyKind(DateTime.UnixEpoch.AddTicks(Math.Clamp(micros, FirstMicros, LastMicros) * 10), kind);
}
