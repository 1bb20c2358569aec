using System.Runtime.CompilerServices;

namespace Engine.Core.Text;

/// <summary>The proleptic Gregorian calendar on days since 1970-01-01. Year 0 is 1 BC.</summary>
public static class Calendar
{
    public const long MicrosPerSecond = 1_000_000;
    public const long MicrosPerDay = 86_400 * MicrosPerSecond;
    public const long NanosPerDay = MicrosPerDay * 1000;

    private const int DaysPerEra = 146_097;
    private const int DaysFromEraToEpoch = 719_468;

    private static ReadOnlySpan<byte> MonthLengths => [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    public static bool IsLeapYear(int year) => (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);

    public static int DaysInMonth(int year, int month) => month == 2 && IsLeapYear(year) ? 29 : MonthLengths[month];

    /// <summary>The day number of a date that exists.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToDays(int year, int month, int day)
    {
        // Years that begin in March put the leap day last, so that month lengths follow one formula.
        var shifted = month <= 2 ? year - 1 : year;
        var era = (shifted >= 0 ? shifted : shifted - 399) / 400;
        var yearOfEra = shifted - (era * 400);
        var dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * DaysPerEra) + dayOfEra - DaysFromEraToEpoch;
    }

    /// <summary>The day number, or false when there is no such date.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryToDays(int year, int month, int day, out int days)
    {
        days = 0;
        if ((uint)(month - 1) > 11 || day < 1 || (day > 28 && day > DaysInMonth(year, month)))
        {
            return false;
        }

        days = ToDays(year, month, day);
        return true;
    }

    public static (int Year, int Month, int Day) FromDays(int days)
    {
        var shifted = (long)days + DaysFromEraToEpoch;
        var era = (shifted >= 0 ? shifted : shifted - DaysPerEra + 1) / DaysPerEra;
        var dayOfEra = (int)(shifted - (era * DaysPerEra));
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shiftedMonth = ((5 * dayOfYear) + 2) / 153;
        var day = dayOfYear - (((153 * shiftedMonth) + 2) / 5) + 1;
        var month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        return ((int)(yearOfEra + (era * 400)) + (month <= 2 ? 1 : 0), month, day);
    }
}
