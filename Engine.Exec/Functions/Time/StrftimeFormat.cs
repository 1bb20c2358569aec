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

    public static void Write(string format, long local, ByteWriter writer)
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
            WriteLetter(format[i], isPlain, local, writer, format);
        }
    }

    private static void WriteLetter(char letter, bool isPlain, long local, ByteWriter writer, string format)
    {
        var (days, time) = ZoneClock.Split(local);
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
            case 'z': writer.Add("+00"); break;
            case 'Z': writer.Add("UTC"); break;
            case 'n': writer.Add((byte)'\n'); break;
            case 't': writer.Add((byte)'\t'); break;
            case '%': writer.Add((byte)'%'); break;
            default: throw new QueryException(ErrorCodes.InvalidParameterValue, $"unknown letter in date format \"{format}\": %{letter}");
        }

        void Number(int value, int width) => writer.Add(isPlain ? value.ToString() : value.ToString($"D{width}"));
    }
}
