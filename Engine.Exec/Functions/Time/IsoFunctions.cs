using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;
using Calendar = Engine.Core.Text.Calendar;

namespace Engine.Exec.Functions.Time;

/// <summary>Dates and times in the forms of ISO 8601.</summary>
internal static class IsoFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TimeInfo.Of("from_iso8601_date(text)", "The date in a text of ISO 8601: 2024-05-06, 2024-W19-1, 2024-127; a missing month or day is the first.", "from_iso8601_date('2024-W19-1') = DATE '2024-05-06'"),
            [RowKernel.Overload<FixedBuilder<int>>([DataType.Varchar], DataType.Date, (a, row, result) =>
                result.Append(TryReadDate(a.Text(0, row), out var days) ? days : throw Invalid(a.String(0, row), "date")), canFail: true)]),
        new(
            TimeInfo.Of("from_iso8601_timestamp(text)", "The instant in a text of ISO 8601; without an offset in it, that of the session's zone counts.", "from_iso8601_timestamp('2024-05-06T09:08:00+02:00') = TIMESTAMP WITH TIME ZONE '2024-05-06 07:08:00+00'"),
            [RowKernel.Overload<FixedBuilder<long>>([DataType.Varchar], DataType.TimestampTz, (a, row, result) =>
            {
                var text = a.Text(0, row);
                var divider = text.IndexOfAny((byte)'T', (byte)'t');
                if (!TryReadDate(divider < 0 ? text : text[..divider], out var days))
                {
                    throw Invalid(a.String(0, row), "timestamp");
                }

                result.Append(divider < 0 || divider + 1 == text.Length
                    ? ZoneClock.ToInstant(days * Calendar.MicrosPerDay, a.Session.TimeZone)
                    : ReadTime(a, row, text[(divider + 1)..], days));
            }, canFail: true)]),
    ];

    private static QueryException Invalid(string text, string type) =>
        new(ErrorCodes.InvalidDatetimeFormat, $"invalid ISO 8601 {type}: \"{text}\"");

    private static long ReadTime(RowArguments a, int row, ReadOnlySpan<byte> time, int days)
    {
        // The time is read by the reader of timestamps, which wants a date and minutes: hours alone get theirs.
        var zone = time.IndexOfAny("Zz+-"u8);
        var clock = zone < 0 ? time : time[..zone];
        var text = new ByteWriter();
        text.Add("1970-01-01 "u8);
        text.Add(clock);
        text.Add(clock.Length == 2 ? ":00"u8 : default);
        text.Add(zone < 0 ? default : time[zone..]);
        if (!TimestampText.TryParse(text.Written, TimeUnit.Microsecond, out var micros, out var offset) || micros is < 0 or > Calendar.MicrosPerDay)
        {
            throw Invalid(a.String(0, row), "timestamp");
        }

        var local = (days * Calendar.MicrosPerDay) + micros;
        return offset is { } seconds ? local - (seconds * Calendar.MicrosPerSecond) : ZoneClock.ToInstant(local, a.Session.TimeZone);
    }

    private static bool TryReadDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        var isNegative = text is [(byte)'-', ..];
        text = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        if (text.Length < 4 || !IntegerText.TryParseDigits(text[..4], out var number))
        {
            return false;
        }

        var year = isNegative ? -(int)number : (int)number;
        var rest = text[4..];
        if (rest.IsEmpty)
        {
            return Calendar.TryToDays(year, 1, 1, out days);
        }

        if (rest[0] != '-')
        {
            return false;
        }

        rest = rest[1..];
        return rest.Length switch
        {
            2 => TryNumber(rest, out var month) && Calendar.TryToDays(year, month, 1, out days),
            5 when rest[2] == '-' => TryNumber(rest[..2], out var month) && TryNumber(rest[3..], out var day) && Calendar.TryToDays(year, month, day, out days),
            3 when rest[0] != 'W' => TryNumber(rest, out var ordinal) && TryOrdinal(year, ordinal, out days),
            3 => TryNumber(rest[1..], out var week) && TryWeek(year, week, 1, out days),
            5 when rest[0] == 'W' && rest[3] == '-' => TryNumber(rest[1..3], out var week) && TryNumber(rest[4..], out var day) && TryWeek(year, week, day, out days),
            _ => false,
        };
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int value)
    {
        var isGood = IntegerText.TryParseDigits(digits, out var number);
        value = (int)number;
        return isGood;
    }

    private static bool TryOrdinal(int year, int ordinal, out int days)
    {
        days = Calendar.ToDays(year, 1, 1) + ordinal - 1;
        return ordinal >= 1 && ordinal <= (Calendar.IsLeapYear(year) ? 366 : 365);
    }

    private static bool TryWeek(int year, int week, int day, out int days)
    {
        // The fourth of January is always in the first week.
        var fourth = Calendar.ToDays(year, 1, 4);
        days = fourth - DateFields.IsoDayOfWeek(fourth) + 1 + ((week - 1) * 7) + day - 1;
        return week >= 1 && day is >= 1 and <= 7 && DateFields.IsoWeek(days) == (year, week);
    }
}
