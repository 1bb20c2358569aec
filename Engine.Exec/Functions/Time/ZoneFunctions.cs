using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;
using Calendar = Engine.Core.Text.Calendar;

namespace Engine.Exec.Functions.Time;

/// <summary>Time zones, and clocks that run on while a statement does.</summary>
internal static class ZoneFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TimeInfo.Of("at_timezone(instant, zone)", "The instant itself: zones are not kept with values, the session's shows them.", "at_timezone(TIMESTAMP WITH TIME ZONE '2024-07-01 12:00:00+00', 'Europe/Berlin') = TIMESTAMP WITH TIME ZONE '2024-07-01 12:00:00+00'"),
            [Zoned(DataType.TimestampTz, DataType.TimestampTz, (value, _) => value)]),
        new(
            TimeInfo.Of("with_timezone(time, zone)", "The instant at which a clock in a zone shows a time.", "with_timezone(TIMESTAMP '2024-07-01 14:00:00', 'Europe/Berlin') = TIMESTAMP WITH TIME ZONE '2024-07-01 12:00:00+00'"),
            [Zoned(DataType.Timestamp, DataType.TimestampTz, ZoneClock.ToInstant)]),
        Offset("timezone_hour", "Hours that the session's zone is ahead of UTC at an instant.", "timezone_hour(TIMESTAMP WITH TIME ZONE '2024-07-01 12:00:00+00') = 0", seconds => seconds / 3600),
        Offset("timezone_minute", "Minutes, beside the hours, that the session's zone is ahead of UTC at an instant.", "timezone_minute(TIMESTAMP WITH TIME ZONE '2024-07-01 12:00:00+00') = 0", seconds => seconds / 60 % 60),
        new(
            TimeInfo.Of("make_timestamptz(year, month, day, hour, minute, second, zone)", "The instant at which a clock in the session's zone, or the one given, shows a time.", "make_timestamptz(2024, 7, 1, 14, 0, 0, 'Europe/Berlin') = TIMESTAMP WITH TIME ZONE '2024-07-01 12:00:00+00'"),
            [
                RowKernel.Overload<FixedBuilder<long>>(MomentFunctions.Reading, DataType.TimestampTz, (a, row, result) =>
                    result.Append(ZoneClock.ToInstant(MomentFunctions.MakeTimestamp(a, row), a.Session.TimeZone)), canFail: true),
                RowKernel.Overload<FixedBuilder<long>>([.. MomentFunctions.Reading, DataType.Varchar], DataType.TimestampTz, (a, row, result) =>
                    result.Append(ZoneClock.ToInstant(MomentFunctions.MakeTimestamp(a, row), TimeArguments.FindZone(a.String(6, row)))), canFail: true),
            ]),
        new(
            TimeInfo.Of("clock_timestamp()", "The time at which the call runs.", "(clock_timestamp() >= now()) = true") with { Volatility = Volatility.Volatile },
            [RowKernel.Overload<FixedBuilder<long>>([], DataType.TimestampTz, (_, _, result) => result.Append(Clock()))]),
        new(
            TimeInfo.Of("timeofday()", "The time at which the call runs, as text.", "length(timeofday()) > 20 = true") with { Volatility = Volatility.Volatile },
            [RowKernel.Overload<TextBuilder>([], DataType.Varchar, (a, _, result) =>
            {
                var writer = new Core.Text.ByteWriter();
                StrftimeFormat.Write("%a %b %d %H:%M:%S.%f %Y ", ZoneClock.ToLocal(Clock(), a.Session.TimeZone), writer);
                writer.Add(a.Session.TimeZone.Id);
                result.Append(writer.Written);
            })]),
    ];

    private static long Clock() => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / 10;

    private static ScalarOverload Zoned(DataType from, DataType to, Func<long, TimeZoneInfo, long> convert) => RowKernel.Prepared<FixedBuilder<long>>([from, DataType.Varchar], to, binding =>
    {
        var known = binding.Constants.GetValueOrDefault(1) is string name ? TimeArguments.FindZone(name) : null;
        return (a, row, result) => result.Append(convert(a.Long(0, row), known ?? TimeArguments.FindZone(a.String(1, row))));
    });

    private static ScalarFunction Offset(string name, string description, string example, Func<long, long> part) => new(
        TimeInfo.Of($"{name}(instant)", description, example),
        [
            RowKernel.Overload<FixedBuilder<long>>([DataType.TimestampTz], DataType.BigInt, (a, row, result) =>
                result.Append(part((a.Local(0, row) - a.Long(0, row)) / Calendar.MicrosPerSecond))),
            RowKernel.Overload<FixedBuilder<long>>([DataType.TimeTz], DataType.BigInt, (a, row, result) => result.Append(part(ZonedTime.Unpack(a.Long(0, row)).OffsetSeconds))),
        ]);
}
