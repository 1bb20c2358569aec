using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Time;

/// <summary>Fields of clock readings and intervals.</summary>
internal static class DateFields
{
    /// <summary>A field; of seconds the whole ones.</summary>
    public static long Get(DateUnit field, long local)
    {
        var (days, time) = TimeArguments.Split(local);
        return field switch
        {
            DateUnit.Microsecond => time % (60 * Calendar.MicrosPerSecond),
            DateUnit.Millisecond => time % (60 * Calendar.MicrosPerSecond) / 1000,
            DateUnit.Second => time / Calendar.MicrosPerSecond % 60,
            DateUnit.Minute => time / (60 * Calendar.MicrosPerSecond) % 60,
            DateUnit.Hour => time / (3600 * Calendar.MicrosPerSecond),
            DateUnit.Epoch => DateUnits.Floor(local, Calendar.MicrosPerSecond) / Calendar.MicrosPerSecond,
            _ => OfDay(field, days),
        };
    }

    /// <summary>A field of a time of day, whose last hour is the 24th.</summary>
    public static long OfTime(DateUnit field, long micros) => field == DateUnit.Hour ? micros / (3600 * Calendar.MicrosPerSecond) : Get(field, micros);

    /// <summary>A field of a date.</summary>
    public static long OfDay(DateUnit field, int days)
    {
        switch (field)
        {
            case DateUnit.DayOfWeek: return IsoDayOfWeek(days) % 7;
            case DateUnit.IsoDayOfWeek: return IsoDayOfWeek(days);
            case DateUnit.Week: return IsoWeek(days).Week;
            case DateUnit.IsoYear: return ShownYear(IsoWeek(days).Year);
            case DateUnit.Julian: return days + 2_440_588L;
            default:
                var (year, month, day) = Calendar.FromDays(days);
                return field switch
                {
                    DateUnit.Day => day,
                    DateUnit.Month => month,
                    DateUnit.Quarter => (month + 2) / 3,
                    DateUnit.Year => ShownYear(year),
                    DateUnit.DayOfYear => days - Calendar.ToDays(year, 1, 1) + 1,
                    DateUnit.Decade => DateUnits.Floor(year, 10) / 10,
                    DateUnit.Century => year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100),
                    DateUnit.Millennium => year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000),
                    _ => throw Unsupported(field, "date"),
                };
        }
    }

    /// <summary>A field of an interval; of seconds the whole ones.</summary>
    public static long Get(DateUnit field, Interval value) => field switch
    {
        DateUnit.Microsecond => value.Micros % (60 * Calendar.MicrosPerSecond),
        DateUnit.Millisecond => value.Micros % (60 * Calendar.MicrosPerSecond) / 1000,
        DateUnit.Second => value.Micros / Calendar.MicrosPerSecond % 60,
        DateUnit.Minute => value.Micros / (60 * Calendar.MicrosPerSecond) % 60,
        DateUnit.Hour => value.Micros / (3600 * Calendar.MicrosPerSecond),
        DateUnit.Day => value.Days,
        DateUnit.Month => value.Months % 12,
        DateUnit.Quarter => (value.Months % 12 / 3) + 1,
        DateUnit.Year => value.Months / 12,
        DateUnit.Decade => value.Months / 120,
        DateUnit.Century => value.Months / 1200,
        DateUnit.Millennium => value.Months / 12_000,
        DateUnit.Epoch => EpochMicros(value) / Calendar.MicrosPerSecond,
        _ => throw Unsupported(field, "interval"),
    };

    /// <summary>A year counts 365.25 days, a month apart from it 30.</summary>
    public static long EpochMicros(Interval value) =>
        (value.Months / 12 * 31_557_600L * Calendar.MicrosPerSecond) + (((value.Months % 12 * 30L) + value.Days) * Calendar.MicrosPerDay) + value.Micros;

    /// <summary>1 for Monday to 7 for Sunday.</summary>
    public static int IsoDayOfWeek(int days) => (int)(((days + 3L) % 7 + 7) % 7) + 1;

    /// <summary>The week that has the year's first Thursday is its first.</summary>
    public static (int Year, int Week) IsoWeek(int days)
    {
        var thursday = days - IsoDayOfWeek(days) + 4;
        var year = Calendar.FromDays(thursday).Year;
        return (year, ((thursday - Calendar.ToDays(year, 1, 1)) / 7) + 1);
    }

    public static QueryException Unsupported(DateUnit field, string type) =>
        new(ErrorCodes.FeatureNotSupported, $"unit not supported for type {type}: {field.ToString().ToLowerInvariant()}");

    /// <summary>There is no year 0: 1 BC is -1.</summary>
    private static int ShownYear(int year) => year > 0 ? year : year - 1;
}
