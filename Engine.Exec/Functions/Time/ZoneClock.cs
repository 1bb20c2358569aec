using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>Instants and what clocks show, in microseconds.</summary>
internal static class ZoneClock
{
    // DateTime knows the years 1 to 9999; beyond them a zone keeps the offset it has there.
    private const long FirstMicros = -62_135_596_800_000_000;
    private const long LastMicros = 253_402_300_799_999_999;

    /// <summary>A zone by its IANA name or as an offset such as +02:00.</summary>
    public static TimeZoneInfo Find(string name)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        var isOffset = name.Length > 1 && name[0] is '+' or '-';
        if (isOffset && TimeSpan.TryParse(name.Contains(':', StringComparison.Ordinal) ? name[1..] : name[1..] + ":00", System.Globalization.CultureInfo.InvariantCulture, out var offset) && offset.TotalHours < 14)
        {
            return TimeZoneInfo.CreateCustomTimeZone(name, name[0] == '-' ? -offset : offset, name, name);
        }

        throw new QueryException(ErrorCodes.InvalidParameterValue, $"time zone not recognized: \"{name}\"", hint: "It is an IANA zone such as Europe/Berlin or an offset such as +02:00.");
    }

    /// <summary>What a clock shows at an instant.</summary>
    public static long ToLocal(long micros, TimeZoneInfo zone) =>
        ReferenceEquals(zone, TimeZoneInfo.Utc) ? micros : micros + (zone.GetUtcOffset(AsDateTime(micros, DateTimeKind.Utc)).Ticks / 10);

    /// <summary>The instant at which a clock shows a time; of two the one before the clock is put back, as in PostgreSQL.</summary>
    public static long ToInstant(long local, TimeZoneInfo zone)
    {
        if (ReferenceEquals(zone, TimeZoneInfo.Utc))
        {
            return local;
        }

        var reading = AsDateTime(local, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(reading) ? zone.GetAmbiguousTimeOffsets(reading).Min() : zone.GetUtcOffset(reading);
        return local - (offset.Ticks / 10);
    }

    /// <summary>Days since 1970-01-01 and microseconds since midnight.</summary>
    public static (int Days, long Time) Split(long micros)
    {
        var days = Math.DivRem(micros, Calendar.MicrosPerDay, out var time);
        return time < 0 ? ((int)days - 1, time + Calendar.MicrosPerDay) : ((int)days, time);
    }

    /// <summary>A date or timestamp argument as a clock in the session's zone shows it.</summary>
    public static long Local(this RowArguments arguments, int place, int row) => arguments.Column(place).Type switch
    {
        { Kind: TypeKind.Date } => arguments.Fixed<int>(place, row) * Calendar.MicrosPerDay,
        TimestampType { HasTimeZone: true } type => ToLocal(Micros(arguments.Long(place, row), type), arguments.Session.TimeZone),
        TimestampType type => Micros(arguments.Long(place, row), type),
        _ => arguments.Long(place, row),
    };

    /// <summary>Rounds nanoseconds down.</summary>
    private static long Micros(long value, TimestampType type) =>
        type.Unit == TimeUnit.Microsecond ? value : (value >= 0 ? value : value - 999) / 1000;

    private static DateTime AsDateTime(long micros, DateTimeKind kind) =>
        DateTime.SpecifyKind(DateTime.UnixEpoch.AddTicks(Math.Clamp(micros, FirstMicros, LastMicros) * 10), kind);
}
