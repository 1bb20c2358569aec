using Engine.Core.Errors;
using Engine.Core.Text;

namespace Engine.Exec.Functions.Time;

/// <summary>Writes times by strftime's letters.</summary>
internal static class StrftimeFormat
{
    private static readonly string[] MonthNames = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] DayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    public static string MonthName(int month) => MonthNames[month - 1];

    /// <param name="isoDay">1 for Monday to 7 for Sunday.</param>
    public static string DayName(int isoDay) => DayNames[isoDay - 1];

    /// <summary>MySQL's letters as strftime's.</summary>
    public static string FromMySql(string format)
    {
        var result = new System.Text.StringBuilder(format.Length);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 >= format.Length)
            {
                result.Append(format[i]);
                continue;
            }

            result.Append(format[++i] switch
            {
                'i' => "%M",
                's' or 'S' => "%S",
                'M' => "%B",
                'W' => "%A",
                'h' or 'I' => "%I",
                'k' => "%-H",
                'l' => "%-I",
                'c' => "%-m",
                'e' => "%-d",
                'r' => "%I:%M:%S %p",
                'T' => "%H:%M:%S",
                'v' => "%V",
                'x' => "%G",
                var letter => $"%{letter}",
            });
        }

        return result.ToString();
    }

    /// <summary>Joda's letters, of which repetitions set the width, as strftime's.</summary>
    public static string FromJoda(string format)
    {
        var result = new System.Text.StringBuilder(format.Length);
        for (var i = 0; i < format.Length;)
        {
            var letter = format[i];
            var count = 1;
            while (i + count < format.Length && format[i + count] == letter)
            {
                count++;
            }

            if (letter == '\'')
            {
                i = AppendQuoted(format, i, result);
                continue;
            }

            i += count;
            result.Append(letter switch
            {
                'y' or 'Y' => count == 2 ? "%y" : "%Y",
                'x' => "%G",
                'M' => count switch { 1 => "%-m", 2 => "%m", 3 => "%b", _ => "%B" },
                'd' => count == 1 ? "%-d" : "%d",
                'D' => count == 1 ? "%-j" : "%j",
                'w' => count == 1 ? "%-V" : "%V",
                'e' => "%u",
                'E' => count < 4 ? "%a" : "%A",
                'a' => "%p",
                'H' => count == 1 ? "%-H" : "%H",
                'h' => count == 1 ? "%-I" : "%I",
                'm' => count == 1 ? "%-M" : "%M",
                's' => count == 1 ? "%-S" : "%S",
                'S' => count <= 3 ? "%g" : "%f",
                'Z' => count switch { 1 => "%z", 2 => "%:z", _ => "%Z" },
                'z' => "%Z",
                '%' => new string('%', 2 * count),
                _ when char.IsAsciiLetter(letter) => throw new QueryException(ErrorCodes.InvalidParameterValue, $"unknown letter in date format \"{format}\": {letter}"),
                _ => new string(letter, count),
            });
        }

        return result.ToString();
    }

    /// <param name="format">What to write.</param>
    /// <param name="local">What a clock shows.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="offsetSeconds">How far the clock is ahead of UTC.</param>
    /// <param name="zone">The clock's zone.</param>
    public static void Write(string format, long local, ByteWriter writer, int offsetSeconds = 0, string zone = "UTC")
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 >= format.Length)
            {
                writer.Add(format[i].ToString());
                continue;
            }

            var isPlain = format[i + 1] == '-' && i + 2 < format.Length;
            i += isPlain ? 2 : 1;
            if (format[i] == ':' && i + 1 < format.Length && format[i + 1] == 'z')
            {
                i++;
                writer.Add(OffsetText(offsetSeconds, separator: ":"));
            }
            else if (format[i] is 'z' or 'Z')
            {
                writer.Add(format[i] == 'Z' ? zone : OffsetText(offsetSeconds, separator: null));
            }
            else
            {
                WriteLetter(format[i], isPlain, local, writer, format);
            }
        }
    }

    /// <summary>Of C the hours, and minutes where there are some; with a separator always both.</summary>
    private static string OffsetText(int seconds, string? separator)
    {
        var minutes = Math.Abs(seconds) / 60;
        var tail = minutes % 60 == 0 && separator is null ? string.Empty : $"{separator}{minutes % 60:D2}";
        return $"{(seconds < 0 ? '-' : '+')}{minutes / 60:D2}{tail}";
    }

    /// <summary>Text in quotes stands for itself; two quotes are one.</summary>
    private static int AppendQuoted(string format, int start, System.Text.StringBuilder result)
    {
        var end = format.IndexOf('\'', start + 1);
        if (end < 0)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"quote without end in date format \"{format}\"");
        }

        result.Append(end == start + 1 ? "'" : format[(start + 1)..end].Replace("%", "%%", StringComparison.Ordinal));
        return end + 1;
    }

    private static void WriteLetter(char letter, bool isPlain, long local, ByteWriter writer, string format)
    {
        var (days, time) = TimeArguments.Split(local);
        var (year, month, day) = Calendar.FromDays(days);
        var seconds = time / Calendar.MicrosPerSecond;
        var hour = (int)(seconds / 3600);
        switch (letter)
        {
            case 'Y': Number(year, 4); break;
            case 'y': Number(((year % 100) + 100) % 100, 2); break;
            case 'm': Number(month, 2); break;
            case 'd': Number(day, 2); break;
            case 'e': writer.Add(day.ToString().PadLeft(2)); break;
            case 'H': Number(hour, 2); break;
            case 'k': writer.Add(hour.ToString().PadLeft(2)); break;
            case 'I': Number((hour + 11) % 12 + 1, 2); break;
            case 'M': Number((int)(seconds / 60 % 60), 2); break;
            case 'S': Number((int)(seconds % 60), 2); break;
            case 'f': Number((int)(time % Calendar.MicrosPerSecond), 6); break;
            case 'g': Number((int)(time % Calendar.MicrosPerSecond / 1000), 3); break;
            case 'j': Number((int)DateFields.OfDay(DateUnit.DayOfYear, days), 3); break;
            case 'p': writer.Add(hour < 12 ? "AM" : "PM"); break;
            case 'b' or 'h': writer.Add(MonthName(month)[..3]); break;
            case 'B': writer.Add(MonthName(month)); break;
            case 'a': writer.Add(DayName(DateFields.IsoDayOfWeek(days))[..3]); break;
            case 'A': writer.Add(DayName(DateFields.IsoDayOfWeek(days))); break;
            case 'u': Number(DateFields.IsoDayOfWeek(days), 1); break;
            case 'w': Number(DateFields.IsoDayOfWeek(days) % 7, 1); break;
            case 'V': Number(DateFields.IsoWeek(days).Week, 2); break;
            case 'G': Number(DateFields.IsoWeek(days).Year, 4); break;
            case 's': writer.Add((DateUnits.Floor(local, Calendar.MicrosPerSecond) / Calendar.MicrosPerSecond).ToString()); break;
            case 'F': Write("%Y-%m-%d", local, writer); break;
            case 'T': Write("%H:%M:%S", local, writer); break;
            case 'D': Write("%m/%d/%y", local, writer); break;
            case 'R': Write("%H:%M", local, writer); break;
            case 'n': writer.Add((byte)'\n'); break;
            case 't': writer.Add((byte)'\t'); break;
            case '%': writer.Add((byte)'%'); break;
            default: throw new QueryException(ErrorCodes.InvalidParameterValue, $"unknown letter in date format \"{format}\": %{letter}");
        }

        void Number(int value, int width) => writer.Add(isPlain ? value.ToString() : value.ToString($"D{width}"));
    }
}
