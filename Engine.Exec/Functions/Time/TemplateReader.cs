using System.Globalization;
using Engine.Core.Errors;
using Engine.Core.Text;
using Calendar = Engine.Core.Text.Calendar;

namespace Engine.Exec.Functions.Time;

/// <summary>Reads times by PostgreSQL's templates.</summary>
internal sealed class TemplateReader(string template)
{
    private readonly TemplateFormat _format = new(template);

    /// <summary>The clock reading that a text stands for; an offset in it moves it to UTC and is told.</summary>
    /// <exception cref="QueryException">22007 or 22008 for text that does not fit.</exception>
    public long Read(string text, out bool hasZone)
    {
        var fields = new Dictionary<string, int>(StringComparer.Ordinal);
        var position = 0;
        var items = _format.Items;
        hasZone = false;
        for (var i = 0; i < items.Count; i++)
        {
            var (word, _, ordinal, literal) = items[i];
            if (word.Length == 0)
            {
                // Any separator stands for any other; letters have to be there but may be anything.
                position = Math.Min(position + literal.Length, text.Length);
                continue;
            }

            if (word[0] is not ('T' or 'O'))
            {
                while (position < text.Length && text[position] == ' ')
                {
                    position++;
                }
            }

            ReadField(word, i + 1 >= items.Count || items[i + 1].Word.Length == 0, text, ref position, fields);
            hasZone |= word is "TZH" or "OF";
            position = Math.Min(position + ordinal.Length, text.Length);
        }

        return Combine(fields, text);
    }

    private QueryException Bad(string word, string text) =>
        new(ErrorCodes.InvalidDatetimeFormat, $"invalid value for \"{word}\" in \"{text}\" of template \"{template}\"");

    private void ReadField(string word, bool isFree, string text, ref int position, Dictionary<string, int> fields)
    {
        switch (word)
        {
            case "MONTH" or "Month" or "month" or "MON" or "Mon" or "mon":
                fields["MM"] = ReadName(text, ref position, 12, StrftimeFormat.MonthName, word);
                break;
            case "DAY" or "Day" or "day" or "DY" or "Dy" or "dy":
                ReadName(text, ref position, 7, StrftimeFormat.DayName, word);
                break;
            case "AM" or "PM" or "am" or "pm" or "A.M." or "P.M." or "a.m." or "p.m.":
                if (position >= text.Length)
                {
                    throw Bad(word, text);
                }

                fields["PM"] = char.ToLowerInvariant(text[position]) switch { 'p' => 1, 'a' => 0, _ => throw Bad(word, text) };
                position = Math.Min(text.Length, position + word.Length);
                break;
            case "TZH" or "OF":
                var sign = position < text.Length && text[position] == '-' ? -1 : 1;
                position += position < text.Length && text[position] is '+' or '-' ? 1 : 0;
                fields["OFFSET"] = sign * 3600 * ReadNumber(text, ref position, 2, word, out _);
                break;
            case "TZM":
                fields["OFFSET"] = fields.GetValueOrDefault("OFFSET") + (60 * ReadNumber(text, ref position, 2, word, out _) * (fields.GetValueOrDefault("OFFSET") < 0 ? -1 : 1));
                break;
            case "MS" or "US" or "FF1" or "FF2" or "FF3" or "FF4" or "FF5" or "FF6":
                var fraction = ReadNumber(text, ref position, 6, word, out var digits);
                fields["US"] = fraction * (int)Math.Pow(10, 6 - digits);
                break;
            default:
                var width = word switch { "YYYY" or "IYYY" => isFree ? 6 : 4, "DDD" or "YYY" => 3, "Y" or "D" or "Q" or "ID" or "W" or "I" => 1, "J" or "SSSS" or "SSSSS" => 9, _ => 2 };
                var value = ReadNumber(text, ref position, width, word, out var count);
                if (word is "YY" or "YYY" or "Y" || (word == "YYYY" && count <= 2))
                {
                    fields["YYYY"] = count <= 2 ? value + (value < 70 ? 2000 : 1900) : value + (value < 520 ? 2000 : 1000);
                }
                else
                {
                    fields[word is "HH" ? "HH12" : word] = value;
                }

                break;
        }
    }

    private int ReadNumber(string text, ref int position, int width, string word, out int digits)
    {
        var start = position;
        while (position < text.Length && position - start < width && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        digits = position - start;
        return digits > 0 ? int.Parse(text.AsSpan(start, digits), NumberStyles.None, CultureInfo.InvariantCulture) : throw Bad(word, text);
    }

    private int ReadName(string text, ref int position, int count, Func<int, string> name, string word)
    {
        for (var length = word.Length == 5 || word.Equals("day", StringComparison.OrdinalIgnoreCase) ? 9 : 3; length >= 3; length--)
        {
            for (var i = 1; i <= count; i++)
            {
                var full = name(i);
                var wanted = length == 3 ? full[..3] : full;
                if (wanted.Length == length && text.AsSpan(position).StartsWith(wanted, StringComparison.OrdinalIgnoreCase))
                {
                    position += length;
                    return i;
                }
            }
        }

        throw Bad(word, text);
    }

    private static long Combine(Dictionary<string, int> fields, string text)
    {
        var hour = fields.GetValueOrDefault("HH24", fields.GetValueOrDefault("HH12"));
        if (fields.TryGetValue("PM", out var half))
        {
            hour = (hour % 12) + (half * 12);
        }

        var (minute, second) = (fields.GetValueOrDefault("MI"), fields.GetValueOrDefault("SS"));
        var seconds = fields.TryGetValue("SSSS", out var ofDay) || fields.TryGetValue("SSSSS", out ofDay) ? ofDay : (((hour * 60L) + minute) * 60) + second;
        var year = fields.GetValueOrDefault("YYYY", 1);
        var isDate = Calendar.TryToDays(year, fields.GetValueOrDefault("MM", 1), fields.GetValueOrDefault("DD", 1), out var days);
        if (fields.TryGetValue("DDD", out var dayOfYear))
        {
            days = Calendar.ToDays(year, 1, 1) + dayOfYear - 1;
        }
        else if (fields.TryGetValue("J", out var julian))
        {
            days = julian - 2_440_588;
        }
        else if (fields.TryGetValue("IYYY", out var isoYear))
        {
            var fourth = Calendar.ToDays(isoYear, 1, 4);
            days = fourth - DateFields.IsoDayOfWeek(fourth) + ((fields.GetValueOrDefault("IW", 1) - 1) * 7) + fields.GetValueOrDefault("ID", 1);
        }

        if (!isDate || hour > 24 || minute > 59 || second > 59)
        {
            throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"date/time field value out of range: \"{text}\"");
        }

        return (days * Calendar.MicrosPerDay) + ((seconds - fields.GetValueOrDefault("OFFSET")) * Calendar.MicrosPerSecond) + fields.GetValueOrDefault("US");
    }
}
