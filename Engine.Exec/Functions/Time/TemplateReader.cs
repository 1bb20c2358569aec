using System.Globalization;
using Engine.Core.Errors;

namespace Engine.Exec.Functions.Time;

/// <summary>
/// Reads times by PostgreSQL's templates, as it does: fields in their order, blanks before and behind them skipped, numbers as long as they are where no
/// other number follows. A text that ends before its template does is an error here.
/// </summary>
internal sealed class TemplateReader(string template)
{
    private const int MaxDigits = 9;

    private static readonly string[] RomanMonths = ["XII", "XI", "X", "IX", "VIII", "VII", "VI", "V", "IV", "III", "II", "I"];

    private readonly TemplateFormat _format = new(template);

    /// <summary>The clock reading that a text stands for; an offset in it moves it to UTC and is told.</summary>
    /// <exception cref="QueryException">22007 or 22008 for text that does not fit.</exception>
    public long Read(string text, out bool hasZone)
    {
        var fields = new TemplateFields(text);
        var cursor = new TemplateCursor(text) { IsExact = _format.IsExact };
        for (var i = 0; i < _format.Items.Count; i++)
        {
            var (word, isPlain, ordinal, literal, isQuoted) = _format.Items[i];
            if (word.Length == 0)
            {
                if (i == 0)
                {
                    cursor.SkipBlanks();
                }

                foreach (var symbol in literal)
                {
                    cursor.Skip(symbol, isQuoted);
                }

                continue;
            }

            cursor.SkipBlanks();
            ReadField(word, isPlain || ordinal.Length > 0 || IsNumberOver(i + 1), ref cursor, fields);
            cursor.Advance(ordinal.Length);
            cursor.SkipBlanksAnew();
        }

        hasZone = fields.HasOffset;
        return fields.Combine();
    }

    /// <summary>Whether no digit may follow a number: the next item is not one.</summary>
    private bool IsNumberOver(int next) => next >= _format.Items.Count
        || (_format.Items[next] is var (word, _, _, literal, _) && (word.Length > 0 ? !IsNumber(word) : literal is not [>= '0' and <= '9', ..]));

    private static bool IsNumber(string word) => WidthOf(word) > 0 && word != "TZH";

    /// <summary>Digits of a field; 0 for one that is no number.</summary>
    private static int WidthOf(string word) => word switch
    {
        "Y" or "I" or "D" or "ID" or "W" or "Q" or "J" or "FF1" => 1,
        "YYY" or "IYY" or "DDD" or "IDDD" or "MS" or "FF3" => 3,
        "YYYY" or "IYYY" or "SSSS" or "FF4" or "Y,YYY" => 4,
        "SSSSS" or "FF5" => 5,
        "US" or "FF6" => 6,
        "YY" or "IY" or "MM" or "DD" or "WW" or "IW" or "CC" or "HH" or "HH12" or "HH24" or "MI" or "SS" or "TZH" or "TZM" or "FF2" => 2,
        _ => 0,
    };

    private QueryException Bad(string word, string text) =>
        new(ErrorCodes.InvalidDatetimeFormat, $"invalid value for \"{word}\" in \"{text}\" of template \"{template}\"");

    private void ReadField(string word, bool isFree, ref TemplateCursor cursor, TemplateFields fields)
    {
        switch (word.ToUpperInvariant())
        {
            case "MONTH":
                fields.Set(TemplateField.Month, ReadName(Enumerable.Range(1, 12).Select(StrftimeFormat.MonthName), word, ref cursor) + 1, word);
                break;
            case "MON":
                fields.Set(TemplateField.Month, ReadName(Enumerable.Range(1, 12).Select(month => StrftimeFormat.MonthName(month)[..3]), word, ref cursor) + 1, word);
                break;
            case "RM":
                fields.Set(TemplateField.Month, 12 - ReadName(RomanMonths, word, ref cursor), word);
                break;
            case "DAY":
                ReadName(Enumerable.Range(1, 7).Select(StrftimeFormat.DayName), word, ref cursor);
                break;
            case "DY":
                ReadName(Enumerable.Range(1, 7).Select(day => StrftimeFormat.DayName(day)[..3]), word, ref cursor);
                break;
            case "AM" or "PM":
                fields.SetHalf(ReadName(["AM", "PM"], word, ref cursor));
                break;
            case "A.M." or "P.M.":
                fields.SetHalf(ReadName(["A.M.", "P.M."], word, ref cursor));
                break;
            case "AD" or "BC":
                fields.IsBeforeChrist = ReadName(["AD", "BC"], word, ref cursor) == 1;
                break;
            case "A.D." or "B.C.":
                fields.IsBeforeChrist = ReadName(["A.D.", "B.C."], word, ref cursor) == 1;
                break;
            case "TZ" or "OF":
                throw new QueryException(ErrorCodes.FeatureNotSupported, $"formatting field \"{word}\" is only supported in to_char");
            case "TZH":
                fields.OffsetSign = cursor.ReadSign();
                fields.Set(TemplateField.OffsetHours, ReadNumber(word, isFree, ref cursor, out _), word);
                break;
            case "TZM":
                fields.OffsetSign = fields.OffsetSign == 0 ? 1 : fields.OffsetSign;
                fields.Set(TemplateField.OffsetMinutes, ReadNumber(word, isFree, ref cursor, out _), word);
                break;
            case "Y,YYY":
                var thousands = ReadNumber("Y", isFree: true, ref cursor, out _);
                var ofThousand = cursor.TryRead(',') ? cursor.ReadDigits(3) : default;
                if (ofThousand.IsEmpty)
                {
                    throw Bad(word, cursor.Text);
                }

                fields.SetYear((thousands * 1000) + int.Parse(ofThousand, NumberStyles.None, CultureInfo.InvariantCulture), WidthOf(word), word);
                break;
            case "YYYY" or "YYY" or "YY" or "Y" or "IYYY" or "IYY" or "IY" or "I":
                var year = ReadNumber(word, isFree, ref cursor, out var digits);
                fields.SetYear(WidthOf(word) < 4 && digits < 4 ? Near2020(year) : year, WidthOf(word), word);
                break;
            case "MS" or "US" or ['F', 'F', _]:
                var fraction = ReadNumber(word, isFree, ref cursor, out var places);
                fields.Set(word == "MS" ? TemplateField.Millisecond : TemplateField.Microsecond, fraction * (int)Math.Pow(10, Math.Max((word == "MS" ? 3 : 6) - places, 0)), word);
                break;
            default:
                fields.Set(FieldOf(word), ReadNumber(word, isFree, ref cursor, out _), word);
                break;
        }
    }

    private static TemplateField FieldOf(string word) => word switch
    {
        "HH" or "HH12" => TemplateField.Hour12,
        "HH24" => TemplateField.Hour24,
        "MI" => TemplateField.Minute,
        "SS" => TemplateField.Second,
        "SSSS" or "SSSSS" => TemplateField.SecondOfDay,
        "CC" => TemplateField.Century,
        "MM" => TemplateField.Month,
        "DD" => TemplateField.Day,
        "DDD" => TemplateField.DayOfYear,
        "IDDD" => TemplateField.DayOfIsoYear,
        "D" => TemplateField.DayOfWeek,
        "ID" => TemplateField.IsoDayOfWeek,
        "W" => TemplateField.WeekOfMonth,
        "WW" => TemplateField.Week,
        "IW" => TemplateField.IsoWeek,
        "J" => TemplateField.Julian,
        _ => TemplateField.Quarter,
    };

    /// <summary>A year of fewer digits than four as the one closest to 2020.</summary>
    private static int Near2020(int year) => year switch { < 70 => year + 2000, < 100 => year + 1900, < 520 => year + 2000, < 1000 => year + 1000, _ => year };

    /// <summary>A number: as many digits as the field has, or as there are where that is free.</summary>
    private int ReadNumber(string word, bool isFree, ref TemplateCursor cursor, out int digits)
    {
        cursor.SkipBlanksBeforeNumber();
        var width = WidthOf(word);
        var read = cursor.ReadDigits(isFree ? int.MaxValue : width);
        digits = read.Length;
        if (digits == 0 || (!isFree && digits < width))
        {
            throw Bad(word, cursor.Text);
        }

        return digits <= MaxDigits
            ? int.Parse(read, NumberStyles.None, CultureInfo.InvariantCulture)
            : throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"value for \"{word}\" in \"{cursor.Text}\" is out of range");
    }

    private int ReadName(IEnumerable<string> names, string word, ref TemplateCursor cursor)
    {
        var place = 0;
        foreach (var name in names)
        {
            if (cursor.TryRead(name))
            {
                return place;
            }

            place++;
        }

        throw Bad(word, cursor.Text);
    }
}
