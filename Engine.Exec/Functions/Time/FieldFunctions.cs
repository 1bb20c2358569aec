using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>
/// Fields of dates and times. EXTRACT gives a bigint, but for epoch, second, milliseconds and julian, which have fractions; as a result type cannot depend
/// on a value, the binder sends those to extract_decimal.
/// </summary>
internal static class FieldFunctions
{
    private static readonly DataType WithFraction = DataType.Decimal(18, 6);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TimeInfo.Of("extract(field, time)", "A field of a date, time or interval.", "extract(year FROM DATE '2024-05-06') = 2024"),
            [.. Extractors(DataType.BigInt, isDecimal: false)]),
        new(
            TimeInfo.Of("extract_decimal(field, time)", "A field of a date, time or interval with its fraction, as extract gives for epoch, second, milliseconds and julian.", "extract(second FROM TIMESTAMP '2024-05-06 01:02:03.5') = 3.5"),
            [.. Extractors(WithFraction, isDecimal: true)]),
        Field("year", "The year.", "year(DATE '2024-05-06') = 2024", DateUnit.Year),
        Field("quarter", "The quarter, 1 to 4.", "quarter(DATE '2024-05-06') = 2", DateUnit.Quarter),
        Field("month", "The month, 1 to 12.", "month(DATE '2024-05-06') = 5", DateUnit.Month),
        Field("week", "The ISO week, 1 to 53.", "week(DATE '2024-05-06') = 19", DateUnit.Week, "week_of_year", "weekofyear"),
        Field("year_of_week", "The year that the ISO week belongs to.", "year_of_week(DATE '2021-01-01') = 2020", DateUnit.IsoYear, "yow", "isoyear"),
        Field("day", "The day of the month.", "day(DATE '2024-05-06') = 6", DateUnit.Day, "day_of_month", "dayofmonth"),
        Field("day_of_week", "The day of the week, 1 for Monday to 7 for Sunday.", "day_of_week(DATE '2024-05-06') = 1", DateUnit.IsoDayOfWeek, "dayofweek", "dow", "isodow"),
        Field("day_of_year", "The day of the year, 1 to 366.", "day_of_year(DATE '2024-05-06') = 127", DateUnit.DayOfYear, "dayofyear", "doy"),
        Field("hour", "The hour, 0 to 23.", "hour(TIMESTAMP '2024-05-06 07:08:09') = 7", DateUnit.Hour),
        Field("minute", "The minute.", "minute(TIMESTAMP '2024-05-06 07:08:09') = 8", DateUnit.Minute),
        Field("second", "The whole second.", "second(TIMESTAMP '2024-05-06 07:08:09') = 9", DateUnit.Second),
        Field("microsecond", "Microseconds within the minute.", "microsecond(TIMESTAMP '2024-05-06 07:08:09.5') = 9500000", DateUnit.Microsecond),
        Field("weekday", "The day of the week, 0 for Sunday to 6 for Saturday.", "weekday(DATE '2024-05-05') = 0", DateUnit.DayOfWeek),
        Field("decade", "The year by ten.", "decade(DATE '2024-05-06') = 202", DateUnit.Decade),
        Field("century", "The century; the 21st begins in 2001.", "century(DATE '2024-05-06') = 21", DateUnit.Century),
        Field("millennium", "The millennium; the third begins in 2001.", "millennium(DATE '2024-05-06') = 3", DateUnit.Millennium),
        Field("julian", "The Julian day.", "julian(DATE '2024-05-06') = 2460437", DateUnit.Julian),
        new(
            TimeInfo.Of("yearweek(time)", "The ISO year and week as one number.", "yearweek(DATE '2024-05-06') = 202419"),
            [.. TimeInfo.OfReading<FixedBuilder<long>>(DataType.BigInt, (a, row, result) =>
            {
                var (year, week) = DateFields.IsoWeek(TimeArguments.Split(a.Local(0, row)).Days);
                result.Append((year * 100L) + (year < 0 ? -week : week));
            })]),
        new(
            TimeInfo.Of("dayname(time)", "The English name of the day of the week.", "dayname(DATE '2024-05-06') = 'Monday'"),
            [.. TimeInfo.OfReading<TextBuilder>(DataType.Varchar, (a, row, result) => result.Append(StrftimeFormat.DayName(DateFields.IsoDayOfWeek(TimeArguments.Split(a.Local(0, row)).Days))))]),
        new(
            TimeInfo.Of("monthname(time)", "The English name of the month.", "monthname(DATE '2024-05-06') = 'May'"),
            [.. TimeInfo.OfReading<TextBuilder>(DataType.Varchar, (a, row, result) => result.Append(StrftimeFormat.MonthName(Calendar.FromDays(TimeArguments.Split(a.Local(0, row)).Days).Month)))]),
        Field("millisecond", "Milliseconds within the minute.", "millisecond(TIMESTAMP '2024-05-06 07:08:09.5') = 9500", DateUnit.Millisecond),
    ];

    private static ScalarFunction Field(string name, string description, string example, DateUnit field, params ImmutableArray<string> aliases)
    {
        var overloads = TimeInfo.OfReading<FixedBuilder<long>>(DataType.BigInt, (a, row, result) => result.Append(DateFields.Get(field, a.Local(0, row)))).ToList();
        if (field <= DateUnit.Hour)
        {
            overloads.Add(RowKernel.Overload<FixedBuilder<long>>([DataType.Time], DataType.BigInt, (a, row, result) => result.Append(DateFields.OfTime(field, a.Long(0, row)))));
            overloads.Add(RowKernel.Overload<FixedBuilder<long>>([DataType.TimeTz], DataType.BigInt, (a, row, result) => result.Append(DateFields.OfTime(field, a.Local(0, row)))));
        }

        if (field is <= DateUnit.Day or DateUnit.Month or DateUnit.Year)
        {
            overloads.Add(RowKernel.Overload<FixedBuilder<long>>(
                [DataType.Interval], DataType.BigInt, (a, row, result) => result.Append(DateFields.Get(field, a.Fixed<Interval>(0, row)))));
        }

        return new ScalarFunction(TimeInfo.Of($"{name}(time)", description, example, aliases), [.. overloads]);
    }

    private static IEnumerable<ScalarOverload> Extractors(DataType resultType, bool isDecimal) =>
        TimeInfo.Readings.Concat([DataType.Time, DataType.TimeTz, DataType.Interval]).Select(type => RowKernel.Prepared<FixedBuilder<long>>(
            [DataType.Varchar, type],
            resultType,
            binding =>
            {
                var known = DateUnits.OfConstant(binding);
                return (a, row, result) =>
                {
                    var field = known ?? DateUnits.Parse(a.String(0, row));
                    result.Append(isDecimal ? Scaled(field, type, a, row) : Whole(field, type, a, row));
                };
            }));

    private static long Whole(DateUnit field, DataType type, RowArguments a, int row)
    {
        if (type.Kind == TypeKind.Interval)
        {
            return DateFields.Get(field, a.Fixed<Interval>(1, row));
        }

        if (field >= DateUnit.Timezone)
        {
            return Zone(field, type, a, row);
        }

        var local = a.Local(1, row);

        if (type.Kind is TypeKind.Time or TypeKind.TimeTz && field is > DateUnit.Hour and not DateUnit.Epoch)
        {
            throw DateFields.Unsupported(field, type.ToString());
        }

        return (field, type.Kind) switch
        {
            (DateUnit.Epoch, TypeKind.TimestampTz) => DateFields.Get(field, a.Long(1, row)),
            (DateUnit.Epoch, TypeKind.TimeTz) => DateFields.Get(field, ZonedTime.Unpack(a.Long(1, row)).UtcMicros),
            (_, TypeKind.Time or TypeKind.TimeTz) => DateFields.OfTime(field, local),
            _ => DateFields.Get(field, local),
        };
    }

    /// <summary>Millionths of Julian days that begin at midnight.</summary>
    private static long JulianMicros(long local)
    {
        var (days, time) = TimeArguments.Split(local);
        return (long)((DateFields.OfDay(DateUnit.Julian, days) * (Int128)Calendar.MicrosPerSecond) + (((Int128)time * Calendar.MicrosPerSecond) + (Calendar.MicrosPerDay / 2)) / Calendar.MicrosPerDay);
    }

    /// <summary>Millionths of the field.</summary>
    private static long Scaled(DateUnit field, DataType type, RowArguments a, int row)
    {
        var micros = (field, type.Kind) switch
        {
            (DateUnit.Epoch, TypeKind.Interval) => DateFields.EpochMicros(a.Fixed<Interval>(1, row)),
            (DateUnit.Second, TypeKind.Interval) => DateFields.Get(DateUnit.Microsecond, a.Fixed<Interval>(1, row)),
            (DateUnit.Epoch, TypeKind.TimestampTz) when !InfiniteTime.IsInfinite(a.Long(1, row)) => a.Long(1, row),
            (DateUnit.Epoch, TypeKind.TimeTz) => ZonedTime.Unpack(a.Long(1, row)).UtcMicros,
            (DateUnit.Julian, TypeKind.Timestamp or TypeKind.TimestampTz) => JulianMicros(a.Local(1, row)),
            (DateUnit.Millisecond, TypeKind.Interval) => DateFields.Get(DateUnit.Microsecond, a.Fixed<Interval>(1, row)) * 1000,
            (DateUnit.Epoch, _) => a.Local(1, row),
            (DateUnit.Millisecond, _) => DateFields.Get(DateUnit.Microsecond, a.Local(1, row)) * 1000,
            (DateUnit.Second, _) => DateFields.Get(DateUnit.Microsecond, a.Local(1, row)),
            _ => Whole(field, type, a, row) * Calendar.MicrosPerSecond,
        };
        return Math.Abs(micros) < 1_000_000_000_000_000_000
            ? micros
            : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"epoch out of range: more than 12 digits in {micros} microseconds");
    }

    private static long Zone(DateUnit field, DataType type, RowArguments a, int row)
    {
        if (type.Kind is not (TypeKind.TimestampTz or TypeKind.TimeTz))
        {
            throw DateFields.Unsupported(field, type.ToString());
        }

        var seconds = type.Kind == TypeKind.TimeTz ? ZonedTime.Unpack(a.Long(1, row)).OffsetSeconds : (a.Local(1, row) - a.Long(1, row)) / Calendar.MicrosPerSecond;
        return field switch
        {
            DateUnit.Timezone => seconds,
            DateUnit.TimezoneHour => seconds / 3600,
            _ => seconds / 60 % 60,
        };
    }
}
