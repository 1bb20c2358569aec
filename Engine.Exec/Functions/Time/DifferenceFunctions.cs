using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>Times moved by units, and how far apart they are.</summary>
internal static class DifferenceFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TimeInfo.Of("date_add(unit, count, time)", "A number of units later.", "date_add('month', 1, DATE '2024-01-31') = DATE '2024-02-29'"),
            [
                Add(DataType.Timestamp),
                RowKernel.Overload<FixedBuilder<int>>([DataType.Varchar, DataType.BigInt, DataType.Date], DataType.Date, AddToDate, canFail: true),
                RowKernel.Overload<FixedBuilder<long>>(
                    [DataType.Varchar, DataType.BigInt, DataType.TimestampTz],
                    DataType.TimestampTz,
                    (a, row, result) =>
                    {
                        var zone = a.Session.TimeZone;
                        var unit = ParseUnit(a.String(0, row));
                        result.Append(unit < DateUnit.Day
                            ? DateUnits.Add(a.Long(2, row), unit, a.Long(1, row))
                            : ZoneClock.ToInstant(DateUnits.Add(ZoneClock.ToLocal(a.Long(2, row), zone), unit, a.Long(1, row)), zone));
                    },
                    canFail: true),
            ]),
        new(
            TimeInfo.Of("date_diff(unit, from, to)", "Full units from one time to another.", "date_diff('month', DATE '2024-01-31', DATE '2024-03-30') = 1", "datesub"),
            [.. Differences(Full)]),
        new(
            TimeInfo.Of("datediff(unit, from, to)", "Limits of units between one time and another.", "datediff('month', DATE '2024-01-31', DATE '2024-02-01') = 1"),
            [.. Differences(Boundaries)]),
        new(
            TimeInfo.Of("age(time, earlier)", "Years, months, days and time from the second time to the first, or from the first to today.", "age(TIMESTAMP '2001-04-10', TIMESTAMP '1957-06-13') = INTERVAL '43 years 9 mons 27 days'"),
            [
                .. new[] { DataType.Timestamp, DataType.TimestampTz }.Select(type =>
                    RowKernel.Overload<FixedBuilder<Interval>>([type, type], DataType.Interval, (a, row, result) => result.Append(Age(a.Local(0, row), a.Local(1, row))))),
                .. new[] { DataType.Timestamp, DataType.TimestampTz }.Select(type =>
                    RowKernel.Overload<FixedBuilder<Interval>>([type], DataType.Interval, (a, row, result) =>
                        result.Append(Age(DateUnits.Floor(ZoneClock.ToLocal(a.Session.StatementTime, a.Session.TimeZone), Calendar.MicrosPerDay), a.Local(0, row))))),

                // Transactions are not counted: all of them are over, and as old as can be.
                RowKernel.Overload<FixedBuilder<int>>([OidType.ByName["xid"]], DataType.Integer, (_, _, result) => result.Append(int.MaxValue)),
            ]),
    ];

    private delegate long Difference(DateUnit unit, long from, long to);

    private static DateUnit ParseUnit(string name)
    {
        var unit = DateUnits.Parse(name);
        return unit <= DateUnit.Millennium ? unit : throw DateFields.Unsupported(unit, "timestamp");
    }

    private static ScalarOverload Add(DataType type) => RowKernel.Overload<FixedBuilder<long>>(
        [DataType.Varchar, DataType.BigInt, type],
        type,
        (a, row, result) => result.Append(DateUnits.Add(a.Long(2, row), ParseUnit(a.String(0, row)), a.Long(1, row))),
        canFail: true);

    private static void AddToDate(RowArguments a, int row, FixedBuilder<int> result)
    {
        var unit = ParseUnit(a.String(0, row));
        if (unit < DateUnit.Day)
        {
            throw new QueryException(
                ErrorCodes.InvalidParameterValue, $"unit not supported for type date: {unit.ToString().ToLowerInvariant()}", hint: "Cast the date to timestamp to add a part of a day.");
        }

        result.Append(TimeArguments.Split(DateUnits.Add(a.Local(2, row), unit, a.Long(1, row))).Days);
    }

    private static IEnumerable<ScalarOverload> Differences(Difference difference) =>
        TimeInfo.Readings.Take(3).Select(type => RowKernel.Prepared<FixedBuilder<long>>([DataType.Varchar, type, type], DataType.BigInt, binding =>
        {
            var known = DateUnits.FromConstant(binding);
            return (a, row, result) =>
            {
                var unit = known ?? DateUnits.Parse(a.String(0, row));
                unit = unit <= DateUnit.Millennium ? unit : throw DateFields.Unsupported(unit, "timestamp");
                result.Append(difference(unit, a.Local(1, row), a.Local(2, row)));
            };
        }));

    private static long Full(DateUnit unit, long from, long to)
    {
        var months = DateUnits.MonthsOf(unit);
        if (months == 0)
        {
            return (to - from) / DateUnits.MicrosOf(unit);
        }

        // The most months that, added to the first time, do not pass the second.
        var count = DateUnits.MonthNumber(to) - DateUnits.MonthNumber(from);
        var reached = DateUnits.Add(from, DateUnit.Month, count);
        if (to >= from ? reached > to : reached < to)
        {
            count += to >= from ? -1 : 1;
        }

        return count / months;
    }

    private static long Boundaries(DateUnit unit, long from, long to)
    {
        var (start, end) = (TruncationFunctions.Truncate(unit, from), TruncationFunctions.Truncate(unit, to));
        var months = DateUnits.MonthsOf(unit);
        return months > 0 ? (DateUnits.MonthNumber(end) - DateUnits.MonthNumber(start)) / months : (end - start) / DateUnits.MicrosOf(unit);
    }

    /// <summary>Field by field, as people count: borrowed days are those of the earlier time's month.</summary>
    private static Interval Age(long first, long second)
    {
        var sign = first < second ? -1 : 1;
        var (late, early) = first < second ? (second, first) : (first, second);
        var (lateDays, lateTime) = TimeArguments.Split(late);
        var (earlyDays, earlyTime) = TimeArguments.Split(early);
        var (year, month, day) = Calendar.FromDays(lateDays);
        var (otherYear, otherMonth, otherDay) = Calendar.FromDays(earlyDays);
        var time = lateTime - earlyTime;
        var days = day - otherDay;
        var months = ((year - otherYear) * 12) + month - otherMonth;
        if (time < 0)
        {
            time += Calendar.MicrosPerDay;
            days--;
        }

        if (days < 0)
        {
            // Both signs count from the earlier time's month in PostgreSQL too.
            days += Calendar.DaysInMonth(otherYear, otherMonth);
            months--;
        }

        return new Interval(months * sign, days * sign, time * sign);
    }
}
