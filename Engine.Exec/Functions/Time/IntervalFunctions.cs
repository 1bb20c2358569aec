using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;
using Calendar = Engine.Core.Text.Calendar;

namespace Engine.Exec.Functions.Time;

/// <summary>Intervals made of numbers and texts, and made easier to read.</summary>
internal static class IntervalFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        Of("to_millennia", "millennia", "INTERVAL '2000 years'", 12_000, 0),
        Of("to_centuries", "centuries", "INTERVAL '200 years'", 1200, 0),
        Of("to_decades", "decades", "INTERVAL '20 years'", 120, 0),
        Of("to_years", "years", "INTERVAL '2 years'", 12, 0),
        Of("to_quarters", "quarters", "INTERVAL '6 months'", 3, 0),
        Of("to_months", "months", "INTERVAL '2 months'", 1, 0),
        Of("to_weeks", "weeks", "INTERVAL '14 days'", 0, 7),
        Of("to_days", "days", "INTERVAL '2 days'", 0, 1),
        OfTime("to_hours", "hours", "INTERVAL '2 hours'", 3600 * Calendar.MicrosPerSecond),
        OfTime("to_minutes", "minutes", "INTERVAL '2 minutes'", 60 * Calendar.MicrosPerSecond),
        OfTime("to_seconds", "seconds", "INTERVAL '2 seconds'", Calendar.MicrosPerSecond),
        OfTime("to_milliseconds", "milliseconds", "INTERVAL '0.002 seconds'", 1000),
        OfTime("to_microseconds", "microseconds", "INTERVAL '0.000002 seconds'", 1),
        Justified("justify_days", "Each 30 days as a month.", "justify_days(INTERVAL '35 days') = INTERVAL '1 mon 5 days'", JustifyDays),
        Justified("justify_hours", "Each 24 hours as a day.", "justify_hours(INTERVAL '27 hours') = INTERVAL '1 day 03:00:00'", JustifyHours),
        Justified("justify_interval", "Hours as days, days as months, all of one sign.", "justify_interval(INTERVAL '1 mon -1 hour') = INTERVAL '29 days 23:00:00'", JustifyInterval),
        new(
            TimeInfo.Of("parse_duration(text)", "The interval that a number with a unit (ns, us, ms, s, m, h, d) stands for.", "parse_duration('3.81d') = INTERVAL '3 days 19:26:24'"),
            [RowKernel.Overload<FixedBuilder<Interval>>([DataType.Varchar], DataType.Interval, (a, row, result) => result.Append(Parse(a.String(0, row))), canFail: true)]),
        new(
            TimeInfo.Of("human_readable_seconds(seconds)", "A number of seconds in weeks, days, hours, minutes and seconds.", "human_readable_seconds(3762) = '1 hour, 2 minutes, 42 seconds'"),
            [RowKernel.Overload<TextBuilder>([DataType.Double], DataType.Varchar, (a, row, result) => result.Append(Readable(a.Double(0, row))), canFail: true)]),
    ];

    private static ScalarFunction Of(string name, string unit, string example, int months, int days) => new(
        TimeInfo.Of($"{name}(count)", $"An interval of a number of {unit}.", $"{name}(2) = {example}"),
        [RowKernel.Overload<FixedBuilder<Interval>>(
            [DataType.BigInt],
            DataType.Interval,
            (a, row, result) =>
            {
                var count = (Int128)a.Long(0, row) * Math.Max(months, days);
                result.Append(count >= int.MinValue && count <= int.MaxValue
                    ? months > 0 ? new Interval((int)count, 0, 0) : new Interval(0, (int)count, 0)
                    : throw OutOfRange($"{a.Long(0, row)} {unit}"));
            },
            canFail: true)]);

    private static ScalarFunction OfTime(string name, string unit, string example, long micros) => new(
        TimeInfo.Of($"{name}(count)", $"An interval of a number of {unit}.", $"{name}(2) = {example}"),
        [
            RowKernel.Overload<FixedBuilder<Interval>>(
                [DataType.BigInt],
                DataType.Interval,
                (a, row, result) =>
                {
                    var value = (Int128)a.Long(0, row) * micros;
                    result.Append(value >= long.MinValue && value <= long.MaxValue ? new Interval(0, 0, (long)value) : throw OutOfRange($"{a.Long(0, row)} {unit}"));
                },
                canFail: true),
            RowKernel.Overload<FixedBuilder<Interval>>(
                [DataType.Double],
                DataType.Interval,
                (a, row, result) =>
                {
                    var value = Math.Round(a.Double(0, row) * micros);
                    result.Append(Math.Abs(value) < 9.2e18 ? new Interval(0, 0, (long)value) : throw OutOfRange($"{a.Double(0, row).ToString(CultureInfo.InvariantCulture)} {unit}"));
                },
                canFail: true),
        ]);

    private static QueryException OutOfRange(string what) => new(ErrorCodes.DatetimeFieldOverflow, $"interval out of range: {what}");

    private static ScalarFunction Justified(string name, string description, string example, Func<Interval, Interval> justify) => new(
        TimeInfo.Of($"{name}(interval)", description, example),
        [RowKernel.Overload<FixedBuilder<Interval>>([DataType.Interval], DataType.Interval, (a, row, result) =>
        {
            var value = a.Fixed<Interval>(0, row);
            try
            {
                result.Append(justify(value));
            }
            catch (OverflowException error)
            {
                throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"interval out of range: {value.Months} months {value.Days} days", cause: error);
            }
        }, canFail: true)]);

    private static Interval JustifyDays(Interval value) => SameSign(checked(value.Months + (value.Days / 30)), value.Days % 30, value.Micros, withTime: false);

    private static Interval JustifyHours(Interval value)
    {
        var (days, micros) = (checked(value.Days + (int)(value.Micros / Calendar.MicrosPerDay)), value.Micros % Calendar.MicrosPerDay);
        if (days > 0 && micros < 0)
        {
            return new Interval(value.Months, days - 1, micros + Calendar.MicrosPerDay);
        }

        return days < 0 && micros > 0 ? new Interval(value.Months, days + 1, micros - Calendar.MicrosPerDay) : new Interval(value.Months, days, micros);
    }

    private static Interval JustifyInterval(Interval value)
    {
        var days = checked(value.Days + (int)(value.Micros / Calendar.MicrosPerDay));
        return SameSign(checked(value.Months + (days / 30)), days % 30, value.Micros % Calendar.MicrosPerDay, withTime: true);
    }

    /// <summary>Borrows a month, then a day, until no part is of another sign than the one before it.</summary>
    private static Interval SameSign(int months, int days, long micros, bool withTime)
    {
        if (months > 0 && (days < 0 || (withTime && days == 0 && micros < 0)))
        {
            (months, days) = (months - 1, days + 30);
        }
        else if (months < 0 && (days > 0 || (withTime && days == 0 && micros > 0)))
        {
            (months, days) = (months + 1, days - 30);
        }

        if (withTime && days > 0 && micros < 0)
        {
            (days, micros) = (days - 1, micros + Calendar.MicrosPerDay);
        }
        else if (withTime && days < 0 && micros > 0)
        {
            (days, micros) = (days + 1, micros - Calendar.MicrosPerDay);
        }

        return new Interval(months, days, micros);
    }

    private static Interval Parse(string text)
    {
        var end = text.AsSpan().IndexOfAnyExcept("0123456789.");
        var unit = (end < 0 ? string.Empty : text[end..].Trim()) switch
        {
            "ns" => 0.001m,
            "us" => 1m,
            "ms" => 1000m,
            "s" => 1_000_000m,
            "m" => 60_000_000m,
            "h" => 3_600_000_000m,
            "d" => 86_400_000_000m,
            _ => 0m,
        };
        if (unit == 0 || !decimal.TryParse(text.AsSpan(0, Math.Max(end, 0)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid duration: \"{text}\"", hint: "It is a number with one of ns, us, ms, s, m, h and d.");
        }

        var micros = number < 1_000_000_000_000_000m ? Math.Round(number * unit) : decimal.MaxValue;
        return micros <= long.MaxValue
            ? new Interval(0, (int)Math.Min((long)micros / Calendar.MicrosPerDay, int.MaxValue), (long)micros % Calendar.MicrosPerDay)
            : throw OutOfRange(text);
    }

    private static string Readable(double seconds)
    {
        if (!double.IsFinite(seconds) || Math.Abs(seconds) > 1e15)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid number of seconds: {seconds.ToString(CultureInfo.InvariantCulture)}");
        }

        var rest = (long)Math.Round(seconds, MidpointRounding.AwayFromZero);
        var parts = new List<string>();
        foreach (var (unit, length) in ((string, long)[])[("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)])
        {
            var count = rest / length;
            rest %= length;
            if (count != 0)
            {
                parts.Add($"{count} {unit}{(count == 1 ? string.Empty : "s")}");
            }
        }

        return parts.Count == 0 ? "0 seconds" : string.Join(", ", parts);
    }
}
