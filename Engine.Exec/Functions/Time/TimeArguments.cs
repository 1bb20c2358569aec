using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>Arguments of functions of time: dates and timestamps as clocks show them, and zones by name.</summary>
internal static class TimeArguments
{
    /// <summary>A zone by its IANA name or as an offset ahead of UTC such as +02:00.</summary>
    public static TimeZoneInfo FindZone(string name) => TimeZoneNames.TryFind(name, out var zone) ? zone : throw Unknown(name, "an offset such as +02:00");

    /// <summary>A zone as AT TIME ZONE and date_trunc name it, where an offset is POSIX's: hours to the west.</summary>
    public static TimeZoneInfo FindPosixZone(string name) =>
        TimeZoneNames.TryFindPosix(name, out var zone) ? zone : throw Unknown(name, "POSIX's offset to the west, such as -02 for what is two hours ahead of UTC");

    /// <summary>As <see cref="FindPosixZone"/>, of a constant argument; null when it is none, or no zone, which is an error only for a time that asks for it.</summary>
    public static TimeZoneInfo? ConstantPosixZone(ScalarBinding binding, int place) =>
        binding.Constants.GetValueOrDefault(place) is string name && TimeZoneNames.TryFindPosix(name, out var zone) ? zone : null;

    private static QueryException Unknown(string name, string offset) =>
        new(ErrorCodes.InvalidParameterValue, $"time zone not recognized: \"{name}\"", hint: $"It is an IANA zone such as Europe/Berlin or {offset}.");

    /// <summary>Days since 1970-01-01 and microseconds since midnight.</summary>
    public static (int Days, long Time) Split(long micros)
    {
        var days = Math.DivRem(micros, Calendar.MicrosPerDay, out var time);
        return time < 0 ? ((int)days - 1, time + Calendar.MicrosPerDay) : ((int)days, time);
    }

    /// <summary>A date or timestamp argument as a clock in the session's zone shows it.</summary>
    /// <exception cref="QueryException">It is infinite, which no clock shows.</exception>
    public static long Local(this RowArguments arguments, int place, int row) =>
        arguments.LocalOrInfinite(place, row) is var local && !InfiniteTime.IsInfinite(local) ? local : throw new QueryException(
            ErrorCodes.DatetimeFieldOverflow, $"{(local < 0 ? "-" : string.Empty)}infinity is no time that this can be asked of", hint: "isfinite(time) tells such times.");

    /// <summary>As <see cref="Local"/>, and the infinite timestamps as they are.</summary>
    public static long LocalOrInfinite(this RowArguments arguments, int place, int row) => arguments.Column(place).Type switch
    {
        { Kind: TypeKind.Date } => arguments.Fixed<int>(place, row) is var days && InfiniteTime.IsInfinite(days) ? InfiniteTime.ToTimestamp(days) : days * Calendar.MicrosPerDay,
        TimestampType { HasTimeZone: true } type => ZoneClock.ToLocal(ZoneClock.Micros(arguments.Long(place, row), type.Unit), arguments.Session.TimeZone),
        TimestampType type => ZoneClock.Micros(arguments.Long(place, row), type.Unit),
        { Kind: TypeKind.TimeTz } => ZonedTime.Unpack(arguments.Long(place, row)).Micros,
        _ => arguments.Long(place, row),
    };
}
