using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>Times brought to the start of a unit or of a stretch.</summary>
internal static class TruncationFunctions
{
    private static readonly long DefaultOrigin = Calendar.ToDays(2001, 1, 1) * Calendar.MicrosPerDay;

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TimeInfo.Of("date_trunc(unit, time, zone)", "The start of the unit that a time lies in; of a date too it is a timestamp.", "date_trunc('month', TIMESTAMP '2024-05-06 07:08:09') = TIMESTAMP '2024-05-01 00:00:00'", "datetrunc"),
            [
                Local([DataType.Varchar, DataType.Timestamp]),
                Local([DataType.Varchar, DataType.Date]),
                Local([DataType.Varchar, DataType.TimestampNanos]),
                Zoned([DataType.Varchar, DataType.TimestampTz]),
                Zoned([DataType.Varchar, DataType.TimestampTz, DataType.Varchar]),
                Lengths(DataType.Interval, (a, row) => a.Fixed<Interval>(1, row)),

                // A time of day is the interval since midnight, as in PostgreSQL.
                Lengths(DataType.Time, (a, row) => new Interval(0, 0, a.Long(1, row))),
            ]),
        new(
            TimeInfo.Of("date_bin(length, time, origin)", "The start of the stretch of a length, counted from an origin, that a time lies in.", "date_bin(INTERVAL '15 min', TIMESTAMP '2024-05-06 07:08:09', TIMESTAMP '2001-01-01') = TIMESTAMP '2024-05-06 07:00:00'", "time_bucket"),
            [
                Bin(DataType.Timestamp, hasOrigin: false),
                Bin(DataType.Timestamp, hasOrigin: true),
                Bin(DataType.TimestampTz, hasOrigin: false),
                Bin(DataType.TimestampTz, hasOrigin: true),
            ]),
        new(
            TimeInfo.Of("last_day_of_month(time)", "The last day of the month.", "last_day_of_month(DATE '2024-02-06') = DATE '2024-02-29'", "last_day"),
            [.. TimeInfo.OfReading<FixedBuilder<int>>(DataType.Date, (a, row, result) =>
            {
                var (year, month, _) = Calendar.FromDays(TimeArguments.Split(a.Local(0, row)).Days);
                result.Append(Calendar.ToDays(year, month, Calendar.DaysInMonth(year, month)));
            })]),
        new(
            TimeInfo.Of("date(value)", "The day of a time.", "date(TIMESTAMP '2024-05-06 07:08:09') = DATE '2024-05-06'"),
            [
                .. TimeInfo.OfReading<FixedBuilder<int>>(DataType.Date, (a, row, result) =>
                {
                    var local = a.LocalOrInfinite(0, row);
                    result.Append(InfiniteTime.IsInfinite(local) ? InfiniteTime.ToDate(local) : TimeArguments.Split(local).Days);
                }),
                RowKernel.Overload<FixedBuilder<int>>(
                    [DataType.Varchar],
                    DataType.Date,
                    (a, row, result) => result.Append(DateText.TryParse(a.Text(0, row), out var days) || (TimestampText.TryParse(a.Text(0, row), TimeUnit.Microsecond, out var micros) && (days = TimeArguments.Split(micros).Days) >= int.MinValue)
                        ? days
                        : throw Conversion.Casts.Invalid(a.String(0, row), DataType.Date)),
                    canFail: true),
            ]),
    ];

    /// <summary>The start of the unit on the clock.</summary>
    public static long Truncate(DateUnit unit, long local)
    {
        var micros = DateUnits.MicrosOf(unit);
        if (unit == DateUnit.Week)
        {
            var days = TimeArguments.Split(local).Days;
            return (days - DateFields.IsoDayOfWeek(days) + 1) * Calendar.MicrosPerDay;
        }

        if (micros > 0)
        {
            return DateUnits.Floor(local, micros);
        }

        var months = DateUnits.MonthsOf(unit);
        if (months == 0)
        {
            throw DateFields.Unsupported(unit, "timestamp");
        }

        // Centuries and millennia begin with a year 1.
        var shift = months > 120 ? 12 : 0;
        var first = DateUnits.Floor(DateUnits.MonthNumber(local) - shift, months) + shift;
        return Calendar.ToDays((int)(DateUnits.Floor(first, 12) / 12), (int)(first - DateUnits.Floor(first, 12)) + 1, 1) * Calendar.MicrosPerDay;
    }

    /// <summary>The start of the unit on a zone's clock. Below a day its offset stays, lest the hour that a clock shows twice be taken for the other one.</summary>
    private static long Truncate(DateUnit unit, long instant, TimeZoneInfo zone)
    {
        var local = ZoneClock.ToLocal(instant, zone);
        var start = Truncate(unit, local);
        return unit < DateUnit.Day ? instant - (local - start) : ZoneClock.ToInstant(start, zone);
    }

    private static Interval Truncate(DateUnit unit, Interval value)
    {
        var months = DateUnits.MonthsOf(unit);
        if (months > 0)
        {
            return new Interval(value.Months / months * months, 0, 0);
        }

        var micros = unit == DateUnit.Week ? 0 : DateUnits.MicrosOf(unit);
        return micros == 0 ? throw DateFields.Unsupported(unit, "interval")
            : new Interval(value.Months, value.Days, unit == DateUnit.Day ? 0 : value.Micros / micros * micros);
    }

    private static ScalarOverload Local(ImmutableArray<ParameterType> parameters) => RowKernel.Prepared<FixedBuilder<long>>(parameters, DataType.Timestamp, binding =>
    {
        var known = DateUnits.OfConstant(binding);
        return (a, row, result) =>
        {
            var local = a.LocalOrInfinite(1, row);
            result.Append(InfiniteTime.IsInfinite(local) ? local : Truncate(known ?? DateUnits.Parse(a.String(0, row)), local));
        };
    });

    private static ScalarOverload Zoned(ImmutableArray<ParameterType> parameters) => RowKernel.Prepared<FixedBuilder<long>>(parameters, DataType.TimestampTz, binding =>
    {
        var known = DateUnits.OfConstant(binding);
        var given = TimeArguments.ConstantPosixZone(binding, 2);
        return (a, row, result) =>
        {
            var instant = a.Long(1, row);
            if (InfiniteTime.IsInfinite(instant))
            {
                result.Append(instant);
                return;
            }

            var zone = given ?? (a.Count > 2 ? TimeArguments.FindPosixZone(a.String(2, row)) : a.Session.TimeZone);
            result.Append(Truncate(known ?? DateUnits.Parse(a.String(0, row)), instant, zone));
        };
    });

    private static ScalarOverload Lengths(DataType type, Func<RowArguments, int, Interval> valueOf) => RowKernel.Prepared<FixedBuilder<Interval>>([DataType.Varchar, type], DataType.Interval, binding =>
    {
        var known = DateUnits.OfConstant(binding);
        return (a, row, result) => result.Append(Truncate(known ?? DateUnits.Parse(a.String(0, row)), valueOf(a, row)));
    });

    private static ScalarOverload Bin(DataType type, bool hasOrigin) => RowKernel.Overload<FixedBuilder<long>>(
        hasOrigin ? [DataType.Interval, type, type] : [DataType.Interval, type],
        type,
        (a, row, result) =>
        {
            var stride = a.Fixed<Interval>(0, row);
            var value = a.Long(1, row);
            var origin = hasOrigin ? a.Long(2, row) : DefaultOrigin;
            var micros = (stride.Days * Calendar.MicrosPerDay) + stride.Micros;
            if (InfiniteTime.IsInfinite(value))
            {
                result.Append(value);
                return;
            }

            if (InfiniteTime.IsInfinite(origin))
            {
                throw new QueryException(ErrorCodes.DatetimeFieldOverflow, "origin out of range");
            }

            if (stride.Months > 0 && micros == 0)
            {
                // Months have no length; they are counted on the calendar from the month of the origin.
                var start = DateUnits.MonthNumber(origin);
                var months = DateUnits.Floor(DateUnits.MonthNumber(value) - start, stride.Months) + start;
                result.Append(Calendar.ToDays((int)(DateUnits.Floor(months, 12) / 12), (int)(months - DateUnits.Floor(months, 12)) + 1, 1) * Calendar.MicrosPerDay);
                return;
            }

            if (stride.Months != 0)
            {
                throw new QueryException(ErrorCodes.FeatureNotSupported, $"timestamps cannot be binned into intervals of months and other units: {Text(stride)}");
            }

            if (micros <= 0)
            {
                throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"stride must be greater than zero: {Text(stride)}");
            }

            result.Append(DateUnits.Floor(value - origin, micros) + origin);
        },
        canFail: true);

    private static string Text(Interval value)
    {
        Span<byte> text = stackalloc byte[IntervalText.MaxLength];
        return System.Text.Encoding.UTF8.GetString(text[..IntervalText.Format(value, text)]);
    }
}
