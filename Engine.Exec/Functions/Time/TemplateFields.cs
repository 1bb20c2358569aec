using Engine.Core.Errors;
using Engine.Core.Text;

namespace Engine.Exec.Functions.Time;

/// <summary>Numbers that a template finds in a text.</summary>
internal enum TemplateField
{
    Hour12,
    Hour24,
    Minute,
    Second,
    SecondOfDay,
    Millisecond,
    Microsecond,
    OffsetHours,
    OffsetMinutes,
    Century,
    Julian,
    Quarter,

    // From here on fields of the calendar of months.
    Year,
    Month,
    Day,
    DayOfYear,
    DayOfWeek,
    WeekOfMonth,
    Week,

    // And of that of ISO's weeks.
    IsoYear,
    IsoWeek,
    IsoDayOfWeek,
    DayOfIsoYear,
}

/// <summary>What a template has found in a text so far, and the time that it makes.</summary>
internal sealed class TemplateFields(string text)
{
    private const int MaxOffsetHours = 15;

    /// <summary>0 for what is not there, as in PostgreSQL.</summary>
    private readonly int[] _values = new int[Enum.GetValues<TemplateField>().Length];

    private bool _isTwelveHours;
    private bool _isAfternoon;
    private bool _hasMonths;
    private bool _hasWeeks;
    private int _yearWidth;

    public bool IsBeforeChrist { get; set; }

    /// <summary>Of a zone's offset; 0 where there is none.</summary>
    public int OffsetSign { get; set; }

    public bool HasOffset => OffsetSign != 0;

    private int this[TemplateField field] => _values[(int)field];

    /// <exception cref="QueryException">22007 when the field is there already and says otherwise, or is of the other calendar.</exception>
    public void Set(TemplateField field, int value, string word)
    {
        _hasMonths |= field is >= TemplateField.Year and < TemplateField.IsoYear;
        _hasWeeks |= field >= TemplateField.IsoYear;
        _isTwelveHours |= field == TemplateField.Hour12;
        if (_hasMonths && _hasWeeks)
        {
            throw new QueryException(ErrorCodes.InvalidDatetimeFormat, $"invalid combination of date conventions: \"{word}\"", hint: "Do not mix Gregorian and ISO week date conventions in a formatting template.");
        }

        if (_values[(int)field] != 0 && _values[(int)field] != value)
        {
            throw new QueryException(ErrorCodes.InvalidDatetimeFormat, $"conflicting values for \"{word}\" field: {_values[(int)field]} and {value}");
        }

        _values[(int)field] = value;
    }

    public void SetYear(int year, int width, string word)
    {
        Set(word[0] is 'I' or 'i' ? TemplateField.IsoYear : TemplateField.Year, year, word);
        _yearWidth = width;
    }

    /// <param name="half">0 before noon, 1 behind it.</param>
    public void SetHalf(int half)
    {
        _isTwelveHours = true;
        _isAfternoon = half == 1;
    }

    /// <summary>The clock reading; in UTC when there is an offset.</summary>
    /// <exception cref="QueryException">22008 for fields out of range.</exception>
    public long Combine()
    {
        var (days, seconds) = (Days(), Seconds());
        var fraction = (this[TemplateField.Millisecond] * 1000L) + this[TemplateField.Microsecond];
        var isOffset = this[TemplateField.OffsetHours] <= MaxOffsetHours && this[TemplateField.OffsetMinutes] < 60;
        var offset = OffsetSign * ((this[TemplateField.OffsetHours] * 60) + this[TemplateField.OffsetMinutes]) * 60;
        var micros = ((Int128)days * Calendar.MicrosPerDay) + ((seconds - offset) * Calendar.MicrosPerSecond) + fraction;
        return isOffset && fraction < Calendar.MicrosPerSecond && micros > long.MinValue && micros < long.MaxValue ? (long)micros : throw OutOfRange();
    }

    private QueryException OutOfRange() => new(ErrorCodes.DatetimeFieldOverflow, $"date/time field value out of range: \"{text}\"");

    private long Seconds()
    {
        var hour = Math.Max(this[TemplateField.Hour24], this[TemplateField.Hour12]);
        var (minute, second, ofDay) = (this[TemplateField.Minute], this[TemplateField.Second], this[TemplateField.SecondOfDay]);
        if (_isTwelveHours)
        {
            if (hour is < 1 or > 12)
            {
                throw new QueryException(ErrorCodes.InvalidDatetimeFormat, $"hour \"{hour}\" is invalid for the 12-hour clock: \"{text}\"");
            }

            hour = (hour % 12) + (_isAfternoon ? 12 : 0);
        }

        hour = hour > 0 ? hour : ofDay / 3600;
        minute = minute > 0 ? minute : ofDay / 60 % 60;
        second = second > 0 ? second : ofDay % 60;
        return hour < 24 && minute < 60 && second < 60 ? (hour * 3600L) + (minute * 60) + second : throw OutOfRange();
    }

    /// <summary>The year counted through zero, which is the first before Christ and stands where no year is found.</summary>
    private int Year()
    {
        var year = this[TemplateField.Year] + this[TemplateField.IsoYear];
        var century = IsBeforeChrist ? -this[TemplateField.Century] : this[TemplateField.Century];
        if (year == 0)
        {
            // The first year of the century.
            return century switch { 0 => 0, > 0 => ((century - 1) * 100) + 1, _ => (century * 100) + 1 };
        }

        if (century == 0 || _yearWidth > 2)
        {
            return IsBeforeChrist ? 1 - year : year;
        }

        // The last two digits of a year in the century, whose last year ends on 00.
        var ofCentury = year % 100;
        return (ofCentury, century) switch
        {
            (0, > 0) => century * 100,
            (0, _) => (century * 100) + 1,
            (_, > 0) => ((century - 1) * 100) + ofCentury,
            _ => ((century + 1) * 100) - ofCentury + 1,
        };
    }

    private int Days()
    {
        var year = Year();
        if (year is < -4713 or > 5_874_897)
        {
            throw OutOfRange();
        }

        if (this[TemplateField.Julian] is > 0 and var julian)
        {
            return julian - 2_440_588;
        }

        if (_hasWeeks)
        {
            return DaysOfWeeks(year);
        }

        var (month, day) = (this[TemplateField.Month], this[TemplateField.Day]);
        day = this[TemplateField.WeekOfMonth] is > 0 and var week ? FirstDay(week) : day;
        var dayOfYear = this[TemplateField.Week] is > 0 and var weekOfYear ? FirstDay(weekOfYear) : this[TemplateField.DayOfYear];
        if (dayOfYear > 0 && (month <= 1 || day <= 1))
        {
            RequireYear(year);
            var (_, monthOfYear, dayOfMonth) = Calendar.FromDays(Calendar.ToDays(year, 1, 1) + InRange(dayOfYear, Calendar.IsLeapYear(year) ? 366 : 365) - 1);
            month = month <= 1 ? monthOfYear : month;
            day = day <= 1 ? dayOfMonth : day;
        }

        return Calendar.TryToDays(year, Math.Max(month, 1), Math.Max(day, 1), out var days) ? days : throw OutOfRange();

        static int FirstDay(int week) => (Math.Min(week, 100) * 7) - 6;
    }

    private void RequireYear(int year)
    {
        if (year == 0 && !IsBeforeChrist)
        {
            throw new QueryException(ErrorCodes.InvalidDatetimeFormat, $"cannot calculate day of year without year information: \"{text}\"");
        }
    }

    private int DaysOfWeeks(int year)
    {
        var fourth = Calendar.ToDays(year, 1, 4);
        var monday = fourth - DateFields.IsoDayOfWeek(fourth) + 1;
        if (this[TemplateField.DayOfIsoYear] is > 0 and var dayOfYear)
        {
            RequireYear(year);
            return monday + InRange(dayOfYear, 371) - 1;
        }

        return monday + ((InRange(Math.Max(this[TemplateField.IsoWeek], 1), 53) - 1) * 7) + InRange(Math.Max(this[TemplateField.IsoDayOfWeek], 1), 7) - 1;
    }

    private int InRange(int value, int maximum) => value <= maximum ? value : throw OutOfRange();
}
