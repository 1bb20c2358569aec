using System.Collections.Frozen;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;

namespace Engine.Exec.Functions.Time;

/// <summary>Units of time that functions take by name, and fields that are not units.</summary>
internal enum DateUnit
{
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
    IsoYear,
    DayOfWeek,
    IsoDayOfWeek,
    DayOfYear,
    Epoch,
    Julian,
    Timezone,
    TimezoneHour,
    TimezoneMinute,
}

/// <summary>Names of units, and arithmetic by them.</summary>
internal static class DateUnits
{
    private static readonly FrozenDictionary<string, DateUnit> ByName = Make();

    /// <exception cref="QueryException">22023 for a name that is none.</exception>
    public static DateUnit Parse(string name) => ByName.TryGetValue(name.Trim().ToLowerInvariant(), out var unit)
        ? unit
        : throw new QueryException(ErrorCodes.InvalidParameterValue, $"unit not recognized: \"{name}\"", hint: "Units are year, quarter, month, week, day, hour, minute, second and the like.");

    /// <summary>The unit that a constant first argument names, or null when it comes with the rows.</summary>
    public static DateUnit? FromConstant(ScalarBinding binding)
    {
        try
        {
            return binding.Constants.GetValueOrDefault(0) is string name ? Parse(name) : null;
        }
        catch (QueryException error)
        {
            throw error.At(binding.Span);
        }
    }

    /// <summary>As <see cref="FromConstant"/>, but a name that is none is left to the rows: only one that asks for it fails.</summary>
    public static DateUnit? OfConstant(ScalarBinding binding) =>
        binding.Constants.GetValueOrDefault(0) is string name && ByName.TryGetValue(name.Trim().ToLowerInvariant(), out var unit) ? unit : null;

    /// <summary>Microseconds of units up to weeks, 0 for longer ones.</summary>
    public static long MicrosOf(DateUnit unit) => unit switch
    {
        DateUnit.Microsecond => 1,
        DateUnit.Millisecond => 1000,
        DateUnit.Second => Calendar.MicrosPerSecond,
        DateUnit.Minute => 60 * Calendar.MicrosPerSecond,
        DateUnit.Hour => 3600 * Calendar.MicrosPerSecond,
        DateUnit.Day => Calendar.MicrosPerDay,
        DateUnit.Week => 7 * Calendar.MicrosPerDay,
        _ => 0,
    };

    /// <summary>Months of units from months on, 0 for shorter ones and for fields that are no units.</summary>
    public static int MonthsOf(DateUnit unit) => unit switch
    {
        DateUnit.Month => 1,
        DateUnit.Quarter => 3,
        DateUnit.Year => 12,
        DateUnit.Decade => 120,
        DateUnit.Century => 1200,
        DateUnit.Millennium => 12_000,
        _ => 0,
    };

    /// <summary>A number of units later; days beyond a month's end become its last one.</summary>
    public static long Add(long micros, DateUnit unit, long count)
    {
        var months = MonthsOf(unit);
        var sum = months == 0 ? micros + ((Int128)count * MicrosOf(unit)) : AddMonths(micros, (Int128)count * months);
        return sum >= long.MinValue && sum <= long.MaxValue
            ? (long)sum
            : throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"timestamp out of range after adding {count} {unit.ToString().ToLowerInvariant()}s");
    }

    /// <summary>Months since year 0 that a time lies in.</summary>
    public static long MonthNumber(long micros)
    {
        var (year, month, _) = Calendar.FromDays(TimeArguments.Split(micros).Days);
        return ((long)year * 12) + month - 1;
    }

    /// <summary>Rounds down to a multiple.</summary>
    public static long Floor(long value, long unit)
    {
        var rest = value % unit;
        return value - (rest < 0 ? rest + unit : rest);
    }

    private static Int128 AddMonths(long micros, Int128 count)
    {
        var (days, time) = TimeArguments.Split(micros);
        var (year, month, day) = Calendar.FromDays(days);
        var months = ((Int128)year * 12) + month - 1 + count;
        if (months < -12 * 4713 || months > 12 * 294_277)
        {
            return Int128.MaxValue;
        }

        var newYear = (int)(Floor((long)months, 12) / 12);
        var newMonth = (int)((long)months - (newYear * 12L)) + 1;
        return ((Int128)Calendar.ToDays(newYear, newMonth, Math.Min(day, Calendar.DaysInMonth(newYear, newMonth))) * Calendar.MicrosPerDay) + time;
    }

    private static FrozenDictionary<string, DateUnit> Make()
    {
        var names = new Dictionary<string, DateUnit>(StringComparer.Ordinal);
        Add(DateUnit.Microsecond, "microsecond microseconds usec usecs us");
        Add(DateUnit.Millisecond, "millisecond milliseconds msec msecs ms");
        Add(DateUnit.Second, "second seconds sec secs s");
        Add(DateUnit.Minute, "minute minutes min mins m mi n");
        Add(DateUnit.Hour, "hour hours hr hrs h hh");
        Add(DateUnit.Day, "day days d dd day_of_month");
        Add(DateUnit.Week, "week weeks w wk ww");
        Add(DateUnit.Month, "month months mon mons mm");
        Add(DateUnit.Quarter, "quarter quarters qtr qq q");
        Add(DateUnit.Year, "year years yr yrs y yy yyyy");
        Add(DateUnit.Decade, "decade decades dec decs");
        Add(DateUnit.Century, "century centuries cent c");
        Add(DateUnit.Millennium, "millennium millennia mil mils");
        Add(DateUnit.IsoYear, "isoyear year_of_week yow");
        Add(DateUnit.DayOfWeek, "dow dayofweek weekday");
        Add(DateUnit.IsoDayOfWeek, "isodow day_of_week");
        Add(DateUnit.DayOfYear, "doy dayofyear day_of_year");
        Add(DateUnit.Epoch, "epoch");
        Add(DateUnit.Julian, "julian");
        Add(DateUnit.Timezone, "timezone");
        Add(DateUnit.TimezoneHour, "timezone_hour");
        Add(DateUnit.TimezoneMinute, "timezone_minute");
        return names.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(DateUnit unit, string words)
        {
            foreach (var word in words.Split(' '))
            {
                names[word] = unit;
            }
        }
    }
}
