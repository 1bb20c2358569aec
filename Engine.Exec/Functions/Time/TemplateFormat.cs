using System.Globalization;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Calendar = Engine.Core.Text.Calendar;

namespace Engine.Exec.Functions.Time;

/// <summary>PostgreSQL's date templates (YYYY-MM-DD HH24:MI:SS), for writing. Made once for a template.</summary>
internal sealed class TemplateFormat
{
    // Longer words go before their beginnings.
    private static readonly string[] Words =
    [
        "SSSSS", "SSSS", "Y,YYY", "YYYY", "IYYY", "MONTH", "Month", "month", "HH24", "HH12", "YYY", "IYY", "MON", "Mon", "mon", "DAY", "Day", "day", "DDD",
        "IDDD", "A.M.", "P.M.", "a.m.", "p.m.", "A.D.", "B.C.", "a.d.", "b.c.", "TZH", "TZM", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "HH", "MI", "SS", "MS", "US", "AM", "PM", "am", "pm", "AD", "BC", "ad", "bc",
        "YY", "IY", "MM", "RM", "rm", "DD", "DY", "Dy", "dy", "ID", "WW", "IW", "CC", "TZ", "tz", "OF", "Q", "D", "W", "J", "Y", "I",
    ];

    private readonly List<Item> _items = [];

    public TemplateFormat(string template)
    {
        var position = 0;
        var isPlain = false;
        while (position < template.Length)
        {
            var rest = template.AsSpan(position);
            if (rest.StartsWith("FM", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("FX", StringComparison.OrdinalIgnoreCase))
            {
                isPlain |= char.ToUpperInvariant(rest[1]) == 'M';
                IsExact |= char.ToUpperInvariant(rest[1]) == 'X';
                position += 2;
                continue;
            }

            if (rest.StartsWith("TM", StringComparison.OrdinalIgnoreCase) && Find(rest[2..])?.ToUpperInvariant() is "DAY" or "DY" or "MONTH" or "MON")
            {
                // Names of days and months in the language of the session, which is English, without blanks behind them.
                isPlain = true;
                position += 2;
                continue;
            }

            if (template[position] == '"')
            {
                var end = template.IndexOf('"', position + 1);
                end = end < 0 ? template.Length : end;
                _items.Add(new Item(string.Empty, false, string.Empty, template[(position + 1)..end], IsQuoted: true));
                position = end + 1;
                continue;
            }

            var word = Find(rest);
            if (word is null)
            {
                _items.Add(new Item(string.Empty, false, string.Empty, template[position].ToString(), IsQuoted: false));
                position++;
                isPlain = false;
                continue;
            }

            position += word.Length;
            var ordinal = position + 2 <= template.Length && template.Substring(position, 2) is "TH" or "th" ? template.Substring(position, 2) : string.Empty;
            position += ordinal.Length;
            _items.Add(new Item(word, isPlain, ordinal, string.Empty, IsQuoted: false));
            isPlain = false;
        }
    }

    /// <summary>The words and literals in their order.</summary>
    public IReadOnlyList<Item> Items => _items;

    /// <summary>Whether FX stands in the template: what is read has the template's own blanks and separators.</summary>
    public bool IsExact { get; }

    /// <param name="local">What the clock shows.</param>
    /// <param name="offsetSeconds">The clock's offset from UTC.</param>
    /// <param name="zone">The zone's name.</param>
    /// <param name="writer">Where the text goes.</param>
    public void Write(long local, int offsetSeconds, string zone, ByteWriter writer)
    {
        foreach (var (word, isPlain, ordinal, literal, _) in _items)
        {
            if (word.Length == 0)
            {
                writer.Add(literal);
                continue;
            }

            var text = Field(word, isPlain, local, offsetSeconds, zone);
            writer.Add(text);
            if (ordinal.Length > 0)
            {
                var suffix = Suffix(text);
                writer.Add(ordinal == "TH" ? suffix.ToUpperInvariant() : suffix);
            }
        }
    }

    /// <summary>An interval: its parts, which no calendar bounds.</summary>
    /// <exception cref="QueryException">22007 when the template asks for what only dates have.</exception>
    public string Write(Interval value)
    {
        var text = new System.Text.StringBuilder();
        var seconds = value.Micros / Calendar.MicrosPerSecond;
        var years = value.Months / 12;
        foreach (var (word, isPlain, ordinal, literal, _) in _items)
        {
            (long Number, int Width) field = word switch
            {
                "YYYY" or "IYYY" => (years, 4),
                "YYY" or "IYY" or "YY" or "IY" or "Y" or "I" => (years % (long)Math.Pow(10, word.TrimStart('I').Length + (word[0] == 'I' ? 1 : 0)), word.Length),
                "CC" => (years / 100, 2),
                "MM" => (value.Months % 12, 2),
                "DD" => (value.Days, 2),
                "DDD" => (value.Days + (value.Months * 30L), 3),
                "HH24" => (seconds / 3600, 2),
                "HH" or "HH12" => (HourOfClock(seconds / 3600), 2),
                "MI" => (seconds / 60 % 60, 2),
                "SS" => (seconds % 60, 2),
                "SSSS" or "SSSSS" => (seconds, 1),
                "MS" => (value.Micros / 1000 % 1000, 3),
                "US" => (value.Micros % Calendar.MicrosPerSecond, 6),
                ['F', 'F', var digits] => (value.Micros % Calendar.MicrosPerSecond / (long)Math.Pow(10, 6 - (digits - '0')), digits - '0'),
                _ => (0, 0),
            };
            var shown = word switch
            {
                "" => literal,
                "AM" or "PM" => IsMorning(seconds) ? "AM" : "PM",
                "am" or "pm" => IsMorning(seconds) ? "am" : "pm",
                "A.M." or "P.M." => IsMorning(seconds) ? "A.M." : "P.M.",
                "a.m." or "p.m." => IsMorning(seconds) ? "a.m." : "p.m.",
                "Y,YYY" => string.Create(CultureInfo.InvariantCulture, $"{years / 1000},{Padded(years % 1000, 3)}"),
                "RM" or "rm" when value.Months == 0 => string.Empty,
                "RM" or "rm" => Cased(Roman(RomanMonth(value.Months)), word),
                _ when field.Width > 0 && isPlain => field.Number.ToString(CultureInfo.InvariantCulture),
                "DD" or "DDD" or "MS" or "US" or ['F', 'F', _] => Padded(field.Number, field.Width),
                _ when field.Width > 0 => field.Number.ToString($"D{field.Width}", CultureInfo.InvariantCulture),
                _ => throw new QueryException(ErrorCodes.InvalidDatetimeFormat, "invalid format specification for an interval value", hint: "Intervals are not tied to specific calendar dates."),
            };
            text.Append(shown);
            if (ordinal.Length > 0)
            {
                text.Append(ordinal == "TH" ? Suffix(shown).ToUpperInvariant() : Suffix(shown));
            }
        }

        return text.ToString();

        // As wide as that with its sign; of the other fields the sign stands before the width.
        static string Padded(long number, int width) => number.ToString($"D{(number < 0 ? Math.Max(width - 1, 1) : width)}", CultureInfo.InvariantCulture);

        static bool IsMorning(long seconds) => seconds % 86_400 < 43_200;

        static long HourOfClock(long hours) => hours % 12 == 0 ? 12 : hours % 12;

        // Whole years are the twelfth month; before zero the months go backwards.
        static int RomanMonth(int months) => months % 12 is var month && month == 0 ? (months > 0 ? 12 : 1) : month > 0 ? month : 13 + month;

        static string Cased(string letters, string pattern) => (pattern == "rm" ? letters.ToLowerInvariant() : letters).PadRight(4);
    }

    /// <summary>Names may be written in any case where that case has no meaning.</summary>
    private static string? Find(ReadOnlySpan<char> rest)
    {
        foreach (var word in Words)
        {
            if (rest.StartsWith(word, StringComparison.Ordinal))
            {
                return word;
            }
        }

        foreach (var word in Words)
        {
            if (rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        return null;
    }

    private static string Field(string word, bool isPlain, long local, int offsetSeconds, string zone)
    {
        var (days, time) = TimeArguments.Split(local);
        var (year, month, day) = Calendar.FromDays(days);
        var micros = (int)(time % Calendar.MicrosPerSecond);
        var seconds = (int)(time / Calendar.MicrosPerSecond);
        var hour = seconds / 3600;
        var weekday = DateFields.IsoDayOfWeek(days);
        var dayOfYear = (int)DateFields.OfDay(DateUnit.DayOfYear, days);
        var (isoYear, isoWeek) = DateFields.IsoWeek(days);
        var (shownYear, shownIsoYear) = (year > 0 ? year : 1 - year, isoYear > 0 ? isoYear : 1 - isoYear);
        return word switch
        {
            "YYYY" => Number(shownYear, 4),
            "YYY" or "YY" or "Y" => Number(shownYear % (int)Math.Pow(10, word.Length), word.Length),
            "Y,YYY" => string.Create(CultureInfo.InvariantCulture, $"{shownYear / 1000},{shownYear % 1000:000}"),
            "IYYY" => Number(shownIsoYear, 4),
            "IYY" or "IY" or "I" => Number(shownIsoYear % (int)Math.Pow(10, word.Length), word.Length),
            "CC" => Number((int)DateFields.OfDay(DateUnit.Century, days), 2),
            "Q" => Number((month + 2) / 3, 1),
            "MM" => Number(month, 2),
            "MONTH" or "Month" or "month" => Name(StrftimeFormat.MonthName(month), word, 9),
            "MON" or "Mon" or "mon" => Name(StrftimeFormat.MonthName(month)[..3], word, 0),
            "RM" or "rm" => Name(Roman(month), word == "RM" ? "RM" : "rm", 4),
            "DD" => Number(day, 2),
            "DDD" => Number(dayOfYear, 3),
            "IDDD" => Number(((isoWeek - 1) * 7) + weekday, 3),
            "D" => Number((weekday % 7) + 1, 1),
            "ID" => Number(weekday, 1),
            "DAY" or "Day" or "day" => Name(StrftimeFormat.DayName(weekday), word, 9),
            "DY" or "Dy" or "dy" => Name(StrftimeFormat.DayName(weekday)[..3], word, 0),
            "W" => Number(((day - 1) / 7) + 1, 1),
            "WW" => Number(((dayOfYear - 1) / 7) + 1, 2),
            "IW" => Number(isoWeek, 2),
            "J" => Number(days + 2_440_588, 1),
            "HH24" => Number(hour, 2),
            "HH" or "HH12" => Number(((hour + 11) % 12) + 1, 2),
            "MI" => Number(seconds / 60 % 60, 2),
            "SS" => Number(seconds % 60, 2),
            "SSSS" or "SSSSS" => Number(seconds, 1),
            "MS" => Number(micros / 1000, 3),
            "US" => Number(micros, 6),
            "AM" or "PM" => hour < 12 ? "AM" : "PM",
            "am" or "pm" => hour < 12 ? "am" : "pm",
            "A.M." or "P.M." => hour < 12 ? "A.M." : "P.M.",
            "a.m." or "p.m." => hour < 12 ? "a.m." : "p.m.",
            "AD" or "BC" => year > 0 ? "AD" : "BC",
            "ad" or "bc" => year > 0 ? "ad" : "bc",
            "A.D." or "B.C." => year > 0 ? "A.D." : "B.C.",
            "a.d." or "b.c." => year > 0 ? "a.d." : "b.c.",
            "TZ" => zone.ToUpperInvariant(),
            "tz" => zone.ToLowerInvariant(),
            "OF" => Sign() + Number(Math.Abs(offsetSeconds) / 3600, 2) + (offsetSeconds % 3600 == 0 ? string.Empty : $":{Math.Abs(offsetSeconds) / 60 % 60:00}"),
            "TZH" => Sign() + Number(Math.Abs(offsetSeconds) / 3600, 2),
            "TZM" => Number(Math.Abs(offsetSeconds) / 60 % 60, 2),
            _ => Number(micros / (int)Math.Pow(10, 6 - (word[2] - '0')), word[2] - '0'),
        };

        string Number(int value, int width) => isPlain ? value.ToString(CultureInfo.InvariantCulture) : value.ToString($"D{width}", CultureInfo.InvariantCulture);

        string Sign() => offsetSeconds < 0 ? "-" : "+";

        string Name(string name, string pattern, int width)
        {
            name = char.IsLower(pattern[0]) ? name.ToLowerInvariant() : char.IsUpper(pattern[1]) ? name.ToUpperInvariant() : name;
            return isPlain ? name : name.PadRight(width);
        }
    }

    /// <summary>A part of a template.</summary>
    /// <param name="Word">The field; empty where a literal stands.</param>
    /// <param name="IsPlain">Whether FM stands before it.</param>
    /// <param name="Ordinal">th or TH where that stands behind it.</param>
    /// <param name="Literal">What stands for itself.</param>
    /// <param name="IsQuoted">Whether the literal is in quotes.</param>
    internal readonly record struct Item(string Word, bool IsPlain, string Ordinal, string Literal, bool IsQuoted);

    private static string Roman(int month) => month switch
    {
        1 => "I", 2 => "II", 3 => "III", 4 => "IV", 5 => "V", 6 => "VI", 7 => "VII", 8 => "VIII", 9 => "IX", 10 => "X", 11 => "XI", _ => "XII",
    };

    /// <summary>The letters of an ordinal number: st, nd, rd, th.</summary>
    public static string Suffix(string number)
    {
        var last = number[^1];
        var isTeen = number.Length > 1 && number[^2] == '1';
        return (isTeen, last) switch { (false, '1') => "st", (false, '2') => "nd", (false, '3') => "rd", _ => "th" };
    }
}
