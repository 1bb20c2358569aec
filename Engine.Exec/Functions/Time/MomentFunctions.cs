using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>The time of the statement, times made of numbers, and zones.</summary>
internal static class MomentFunctions
{
    /// <summary>Year, month, day, hour, minute and second.</summary>
    public static readonly ImmutableArray<ParameterType> Reading = [DataType.BigInt, DataType.BigInt, DataType.BigInt, DataType.BigInt, DataType.BigInt, DataType.Double];

    private const int MaxIntervalLength = 96;

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        Now("now", "The time at which the statement began.", "(now() = current_timestamp) = true", DataType.TimestampTz, (time, _) => time, "current_timestamp", "transaction_timestamp", "statement_timestamp"),
        Now("localtimestamp", "The time at which the statement began, as a clock in the session's zone shows it.", "(localtimestamp = now()::timestamp) = true", DataType.Timestamp, ZoneClock.ToLocal),
        Now("localtime", "The time of day at which the statement began.", "(localtime = localtimestamp::time) = true", DataType.Time, (time, zone) => TimeArguments.Split(ZoneClock.ToLocal(time, zone)).Time),
        Now("current_time", "The time of day at which the statement began, with the session's zone.", "(current_time = now()::timetz) = true", DataType.TimeTz, (time, zone) =>
            new ZonedTime(TimeArguments.Split(ZoneClock.ToLocal(time, zone)).Time, ZoneClock.OffsetSeconds(time, zone)).Packed),
        new(
            TimeInfo.Of("current_date()", "The day on which the statement began, in the session's zone.", "(current_date = now()::date) = true", "today") with { Volatility = Volatility.Stable },
            [RowKernel.Overload<FixedBuilder<int>>([], DataType.Date, (a, _, result) => result.Append(TimeArguments.Split(ZoneClock.ToLocal(a.Session.StatementTime, a.Session.TimeZone)).Days))]),
        new(
            TimeInfo.Of("current_timezone()", "The session's time zone.", "current_timezone() = 'UTC'") with { Volatility = Volatility.Stable },
            [RowKernel.Overload<TextBuilder>([], DataType.Varchar, (a, _, result) => result.Append(a.Session.TimeZone.Id))]),
        new(
            TimeInfo.Of("make_date(year, month, day)", "The date of a year, month and day.", "make_date(2024, 5, 6) = DATE '2024-05-06'"),
            [RowKernel.Overload<FixedBuilder<int>>(
                [DataType.BigInt, DataType.BigInt, DataType.BigInt], DataType.Date, (a, row, result) => result.Append(MakeDate(a, row)), canFail: true)]),
        new(
            TimeInfo.Of("make_time(hour, minute, second)", "The time of an hour, minute and second.", "make_time(8, 15, 23.5) = TIME '08:15:23.5'"),
            [RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt, DataType.BigInt, DataType.Double], DataType.Time, (a, row, result) => result.Append(MakeTime(a, 0, row)), canFail: true)]),
        new(
            TimeInfo.Of("make_timestamp(year, month, day, hour, minute, second)", "The timestamp of year, month, day, hour, minute and second.", "make_timestamp(2024, 5, 6, 7, 8, 9.5) = TIMESTAMP '2024-05-06 07:08:09.5'"),
            [RowKernel.Overload<FixedBuilder<long>>(
                Reading, DataType.Timestamp, (a, row, result) => result.Append(MakeTimestamp(a, row)), canFail: true)]),
        new(
            TimeInfo.Of("make_interval(years, months, weeks, days, hours, minutes, seconds)", "The interval of up to seven parts: years, months, weeks, days, hours, minutes, seconds.", "make_interval(1, 2, 0, 3) = INTERVAL '1 year 2 months 3 days'"),
            [.. Enumerable.Range(1, 7).Select(count => RowKernel.Overload<FixedBuilder<Interval>>(
                [.. Enumerable.Range(1, count).Select(place => (ParameterType)(place == 7 ? DataType.Double : DataType.BigInt))], DataType.Interval, WriteInterval, canFail: true))]),
        new(
            TimeInfo.Of("from_unixtime(seconds, zone)", "The time of a number of seconds since 1970.", "from_unixtime(86400) = TIMESTAMP WITH TIME ZONE '1970-01-02 00:00:00+00'"),
            [
                FromSeconds(),
                RowKernel.Overload<FixedBuilder<long>>([DataType.Double, DataType.Varchar], DataType.TimestampTz, (a, row, result) =>
                {
                    // Zones are not kept with values; that it is one is seen to.
                    TimeArguments.FindZone(a.String(1, row));
                    result.Append(OfSeconds(a.Double(0, row)));
                }, canFail: true),
            ]),
        new(
            TimeInfo.Of("to_unixtime(time)", "Seconds since 1970.", "to_unixtime(TIMESTAMP '1970-01-02 00:00:00') = 86400"),
            [.. EpochOf<double>(DataType.Double, micros => micros / 1e6)]),
        new(
            TimeInfo.Of("epoch_ms(value)", "The timestamp of milliseconds since 1970, or the milliseconds of a time.", "epoch_ms(86400000) = TIMESTAMP '1970-01-02 00:00:00'"),
            [
                RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt], DataType.Timestamp, (a, row, result) => result.Append(Scale(a.Long(0, row), 1000)), canFail: true),
                .. EpochOf<long>(DataType.BigInt, micros => DateUnits.Floor(micros, 1000) / 1000),
            ]),
        new(
            TimeInfo.Of("timezone(zone, time)", "A clock reading in a zone as an instant, or an instant as a clock in a zone shows it. An offset as a zone is POSIX's: '-02' is ahead of UTC.", "timezone('Europe/Berlin', TIMESTAMP WITH TIME ZONE '2024-07-01 12:00:00+00') = TIMESTAMP '2024-07-01 14:00:00'"),
            [.. InZones, .. InDistances]),
        new(
            TimeInfo.Of("isfinite(time)", "Whether a time is neither infinity nor -infinity.", "isfinite(DATE 'infinity') = false"),
            [.. TimeInfo.OfReading<BooleanBuilder>(DataType.Boolean, (a, row, result) => result.Append(!Core.Text.InfiniteTime.IsInfinite(a.LocalOrInfinite(0, row)))),
            RowKernel.Overload<BooleanBuilder>([DataType.Interval], DataType.Boolean, (_, _, result) => result.Append(true))]),
    ];

    /// <summary>Seconds since 1970 as an instant; to_timestamp has this too.</summary>
    public static ScalarOverload FromSeconds() => RowKernel.Overload<FixedBuilder<long>>(
        [DataType.Double],
        DataType.TimestampTz,
        (a, row, result) => result.Append(OfSeconds(a.Double(0, row))),
        canFail: true);

    private static long OfSeconds(double seconds)
    {
        if (double.IsInfinity(seconds))
        {
            return seconds > 0 ? long.MaxValue : long.MinValue;
        }

        var micros = Math.Round(seconds * 1e6);
        return Math.Abs(micros) < 9.2e18
            ? (long)micros
            : throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"timestamp out of range: {seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)} seconds");
    }

    private static ScalarFunction Now(
        string name, string description, string example, DataType type, Func<long, TimeZoneInfo, long> compute, params ImmutableArray<string> aliases) => new(
        TimeInfo.Of($"{name}(precision)", description, example, aliases) with { Volatility = Volatility.Stable },
        [
            RowKernel.Overload<FixedBuilder<long>>([], type, (a, _, result) => result.Append(compute(a.Session.StatementTime, a.Session.TimeZone))),
            RowKernel.Overload<FixedBuilder<long>>([DataType.Integer], type, (a, row, result) =>
            {
                // A precision: fewer digits of the second.
                var unit = (long)Math.Pow(10, 6 - Math.Clamp(a.Fixed<int>(0, row), 0, 6));
                result.Append(compute(DateUnits.Floor(a.Session.StatementTime + (unit / 2), unit), a.Session.TimeZone));
            }),
        ]);

    /// <summary>The timestamp of the arguments of <see cref="Reading"/>.</summary>
    public static long MakeTimestamp(RowArguments a, int row) => (MakeDate(a, row) * Calendar.MicrosPerDay) + MakeTime(a, 3, row);

    private static int MakeDate(RowArguments a, int row)
    {
        var (year, month, day) = (a.Long(0, row), a.Long(1, row), a.Long(2, row));
        var isInRange = year is >= -4712 and <= 294_276 && year != 0 && month is >= 1 and <= 12 && day is >= 1 and <= 31;
        return isInRange && Calendar.TryToDays((int)(year < 0 ? year + 1 : year), (int)month, (int)day, out var days)
            ? days
            : throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"date field value out of range: {year}-{month:00}-{day:00}");
    }

    private static long MakeTime(RowArguments a, int first, int row)
    {
        var (hour, minute, second) = (a.Long(first, row), a.Long(first + 1, row), a.Double(first + 2, row));
        var isInRange = hour is >= 0 and <= 24 && minute is >= 0 and <= 59 && second is >= 0 and < 61;
        return isInRange
            ? (((hour * 60) + minute) * 60 * Calendar.MicrosPerSecond) + (long)Math.Round(second * 1e6)
            : throw new QueryException(ErrorCodes.DatetimeFieldOverflow, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"time field value out of range: {hour}:{minute:00}:{second}"));
    }

    private static void WriteInterval(RowArguments a, int row, FixedBuilder<Interval> result)
    {
        Span<long> parts = stackalloc long[6];
        for (var i = 0; i < Math.Min(a.Count, 6); i++)
        {
            parts[i] = a.Long(i, row);
        }

        var seconds = a.Count > 6 ? a.Double(6, row) : 0;
        try
        {
            result.Append(checked(new Interval(
                (int)((parts[0] * 12) + parts[1]),
                (int)((parts[2] * 7) + parts[3]),
                (((parts[4] * 60) + parts[5]) * 60 * Calendar.MicrosPerSecond) + (long)Math.Round(seconds * 1e6))));
        }
        catch (OverflowException)
        {
            throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"interval out of range: make_interval({string.Join(", ", parts.ToArray())})");
        }
    }

    public static IEnumerable<ScalarOverload> EpochOf<T>(DataType type, Func<long, T> compute)
        where T : unmanaged =>
    [
        RowKernel.Overload<FixedBuilder<T>>([DataType.Timestamp], type, (a, row, result) => result.Append(compute(a.Long(0, row)))),
        RowKernel.Overload<FixedBuilder<T>>([DataType.TimestampTz], type, (a, row, result) => result.Append(compute(a.Long(0, row)))),
        RowKernel.Overload<FixedBuilder<T>>([DataType.Date], type, (a, row, result) => result.Append(compute(a.Local(0, row)))),
    ];

    public static long Scale(long value, long factor)
    {
        var high = Math.BigMul(value, factor, out long low);
        return high == low >> 63 ? low : throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"timestamp out of range: {value}");
    }

    private static IEnumerable<ScalarOverload> InZones =>
    [
        InZone(DataType.Timestamp, DataType.TimestampTz, (time, zone, _) => ZoneClock.ToInstant(time, zone)),
        InZone(DataType.TimestampTz, DataType.Timestamp, (time, zone, _) => ZoneClock.ToLocal(time, zone)),
        InZone(DataType.Date, DataType.Timestamp, (instant, zone, _) => ZoneClock.ToLocal(instant, zone)),
        InZone(DataType.TimeTz, DataType.TimeTz, (time, zone, session) => ZonedTime.Unpack(time).At(ZoneClock.OffsetSeconds(session.StatementTime, zone)).Packed),
    ];

    /// <summary>A zone as an interval ahead of UTC.</summary>
    private static IEnumerable<ScalarOverload> InDistances =>
    [
        InDistance(DataType.Timestamp, DataType.TimestampTz, (time, distance) => time - distance),
        InDistance(DataType.TimestampTz, DataType.Timestamp, (time, distance) => time + distance),
        InDistance(DataType.Date, DataType.Timestamp, (instant, distance) => instant + distance),
        InDistance(DataType.TimeTz, DataType.TimeTz, (time, distance) => ZonedTime.Unpack(time).At((int)(Math.Clamp(distance / Calendar.MicrosPerSecond, -ZonedTime.MaxOffsetSeconds, ZonedTime.MaxOffsetSeconds))).Packed),
    ];

    private static ScalarOverload InZone(DataType from, DataType to, Func<long, TimeZoneInfo, SessionContext, long> convert) => RowKernel.Prepared<FixedBuilder<long>>([DataType.Varchar, from], to, binding =>
    {
        var known = TimeArguments.ConstantPosixZone(binding, 0);
        return (a, row, result) =>
        {
            var moment = Moment(a, row);
            var isInfinite = from.Kind != TypeKind.TimeTz && InfiniteTime.IsInfinite(moment);
            result.Append(isInfinite ? moment : convert(moment, known ?? TimeArguments.FindPosixZone(a.String(0, row)), a.Session));
        };
    });

    private static ScalarOverload InDistance(DataType from, DataType to, Func<long, long, long> convert) => RowKernel.Overload<FixedBuilder<long>>(
        [DataType.Interval, from],
        to,
        (a, row, result) =>
        {
            var (distance, moment) = (a.Fixed<Interval>(0, row), Moment(a, row));
            if (InfiniteTime.IsInfinite(moment) && from.Kind != TypeKind.TimeTz)
            {
                result.Append(moment);
            }
            else if (distance is { Months: 0, Days: 0 })
            {
                // A zone has no fractions of a second.
                result.Append(convert(moment, distance.Micros / Calendar.MicrosPerSecond * Calendar.MicrosPerSecond));
            }
            else
            {
                var writer = new ByteWriter();
                writer.Advance(IntervalText.Format(distance, writer.GetSpan(MaxIntervalLength)));
                throw new QueryException(ErrorCodes.InvalidParameterValue, $"interval time zone \"{writer}\" must not include months or days");
            }
        },
        canFail: true);

    /// <summary>The second argument; a date as the instant at which it begins in the session's zone.</summary>
    private static long Moment(RowArguments a, int row) => a.Column(1).Type.Kind == TypeKind.Date ? ZoneClock.ToInstant(a.LocalOrInfinite(1, row), a.Session.TimeZone) : a.Long(1, row);
}
