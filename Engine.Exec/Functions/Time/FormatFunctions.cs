using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>Times as text by templates, and back.</summary>
internal static class FormatFunctions
{
    private static readonly ImmutableArray<ParameterType> Texts = [DataType.Varchar, DataType.Varchar];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TimeInfo.Of("to_char(value, template)", "A time, interval or number as text, by PostgreSQL's templates.", "to_char(TIMESTAMP '2024-05-06 07:08:09', 'DD.MM.YYYY HH24:MI') = '06.05.2024 07:08'"),
            [.. TimeInfo.Readings.Concat([DataType.Time]).Select(TimeToText), IntervalToText(), .. NumberFormat.Overloads]),
        new(
            TimeInfo.Of("to_date(text, template)", "The date in a text, by PostgreSQL's templates.", "to_date('06.05.2024', 'DD.MM.YYYY') = DATE '2024-05-06'"),
            [RowKernel.Prepared<FixedBuilder<int>>(Texts, DataType.Date, binding =>
            {
                var known = Reader(binding);
                return (a, row, result) => result.Append(TimeArguments.Split((known ?? new TemplateReader(a.String(1, row))).Read(a.String(0, row), out _)).Days);
            })]),
        new(
            TimeInfo.Of("to_timestamp(value, template)", "The instant in a text, by PostgreSQL's templates, or of a number of seconds since 1970.", "to_timestamp('2024-05-06 07:08', 'YYYY-MM-DD HH24:MI') = TIMESTAMP WITH TIME ZONE '2024-05-06 07:08:00+00'"),
            [
                MomentFunctions.FromSeconds(),
                RowKernel.Prepared<FixedBuilder<long>>(Texts, DataType.TimestampTz, binding =>
                {
                    var known = Reader(binding);
                    return (a, row, result) =>
                    {
                        var value = (known ?? new TemplateReader(a.String(1, row))).Read(a.String(0, row), out var hasZone);
                        result.Append(hasZone ? value : ZoneClock.ToInstant(value, a.Session.TimeZone));
                    };
                }),
            ]),
        new(
            TimeInfo.Of("strftime(time, format)", "A time as text, by the letters of C.", "strftime(TIMESTAMP '2024-05-06 07:08:09', '%d/%b/%Y') = '06/May/2024'"),
            [.. TimeInfo.Readings.Select(type => Formatted(type, format => format))]),
        new(
            TimeInfo.Of("date_format(time, format)", "A time as text, by the letters of MySQL.", "date_format(TIMESTAMP '2024-05-06 07:08:09', '%Y-%m-%d %H:%i') = '2024-05-06 07:08'"),
            [.. TimeInfo.Readings.Select(type => Formatted(type, StrftimeFormat.FromMySql))]),
        new(
            TimeInfo.Of("format_datetime(time, format)", "A time as text, by the letters of Joda.", "format_datetime(TIMESTAMP '2024-05-06 07:08:09', 'd MMM yyyy, HH:mm') = '6 May 2024, 07:08'"),
            [.. TimeInfo.Readings.Select(type => Formatted(type, StrftimeFormat.FromJoda))]),
        new(
            TimeInfo.Of("parse_datetime(text, format)", "The instant in a text, by the letters of Joda; without a zone in it, that of the session counts.", "parse_datetime('2024-05-06 07:08', 'yyyy-MM-dd HH:mm') = TIMESTAMP WITH TIME ZONE '2024-05-06 07:08:00+00'"),
            [RowKernel.Prepared<FixedBuilder<long>>(Texts, DataType.TimestampTz, binding =>
            {
                var known = binding.Constants.GetValueOrDefault(1) is string format ? TimestampPattern.Parse(StrftimeFormat.FromJoda(format)) : null;
                return (a, row, result) =>
                {
                    var pattern = known ?? TimestampPattern.Parse(StrftimeFormat.FromJoda(a.String(1, row)));
                    if (!pattern.TryParse(a.Text(0, row), TimeUnit.Microsecond, out var value))
                    {
                        throw new QueryException(ErrorCodes.InvalidDatetimeFormat, $"text does not have date format \"{a.String(1, row)}\": \"{a.String(0, row)}\"");
                    }

                    result.Append(pattern.HasZone ? value : ZoneClock.ToInstant(value, a.Session.TimeZone));
                };
            })]),
        new(TimeInfo.Of("strptime(text, format)", "The timestamp in a text, by the letters of C.", "strptime('06/May/2024', '%d/%b/%Y') = TIMESTAMP '2024-05-06 00:00:00'"), [Parsed(format => format)]),
        new(
            TimeInfo.Of("date_parse(text, format)", "The timestamp in a text, by the letters of MySQL.", "date_parse('2024-05-06 07:08', '%Y-%m-%d %H:%i') = TIMESTAMP '2024-05-06 07:08:00'"),
            [Parsed(StrftimeFormat.FromMySql)]),
        new(
            TimeInfo.Of("to_iso8601(time)", "A time in the form of ISO 8601.", "to_iso8601(TIMESTAMP '2024-05-06 07:08:09') = '2024-05-06T07:08:09'"),
            [.. TimeInfo.Readings.Select(type => RowKernel.Overload<TextBuilder>([type], DataType.Varchar, (a, row, result) =>
            {
                var writer = new ByteWriter { Zone = a.Session.TimeZone };
                ColumnText.TryWrite(a.Column(0), a.Place(0, row), writer);
                result.Append(writer.ToString().Replace(' ', 'T'));
            }))]),
    ];

    private static TemplateReader? Reader(ScalarBinding binding) => binding.Constants.GetValueOrDefault(1) is string template ? new TemplateReader(template) : null;

    private static ScalarOverload TimeToText(DataType type) => RowKernel.Prepared<TextBuilder>(
        [type, DataType.Varchar],
        DataType.Varchar,
        binding =>
        {
            var known = binding.Constants.GetValueOrDefault(1) is string template ? new TemplateFormat(template) : null;
            var isZoned = type is TimestampType { HasTimeZone: true };
            return (a, row, result) =>
            {
                var local = a.LocalOrInfinite(0, row);
                if (InfiniteTime.IsInfinite(local) || a.Text(1, row).IsEmpty)
                {
                    result.AppendNull();
                    return;
                }

                var writer = new ByteWriter(64);
                var offset = isZoned ? (int)((local - a.Long(0, row)) / Calendar.MicrosPerSecond) : 0;
                (known ?? new TemplateFormat(a.String(1, row))).Write(local, offset, isZoned ? a.Session.TimeZone.Id : string.Empty, writer);
                result.Append(writer.Written);
            };
        },
        canFail: false);

    private static ScalarOverload IntervalToText() => RowKernel.Overload<TextBuilder>(
        [DataType.Interval, DataType.Varchar],
        DataType.Varchar,
        (a, row, result) =>
        {
            if (a.Text(1, row).IsEmpty)
            {
                result.AppendNull();
                return;
            }

            result.Append(new TemplateFormat(a.String(1, row)).Write(a.Fixed<Interval>(0, row)));
        },
        canFail: true);

    private static ScalarOverload Formatted(DataType type, Func<string, string> translate) => RowKernel.Prepared<TextBuilder>([type, DataType.Varchar], DataType.Varchar, binding =>
    {
        var known = binding.Constants.GetValueOrDefault(1) is string format ? translate(format) : null;
        return (a, row, result) =>
        {
            var writer = new ByteWriter(64);
            var local = a.Local(0, row);
            var (offset, zone) = type is TimestampType { HasTimeZone: true }
                ? ((int)((local - a.Long(0, row)) / Calendar.MicrosPerSecond), a.Session.TimeZone.Id)
                : (0, "UTC");
            StrftimeFormat.Write(known ?? translate(a.String(1, row)), local, writer, offset, zone);
            result.Append(writer.Written);
        };
    });

    private static ScalarOverload Parsed(Func<string, string> translate) => RowKernel.Prepared<FixedBuilder<long>>(Texts, DataType.Timestamp, binding =>
    {
        var known = binding.Constants.GetValueOrDefault(1) is string format ? TimestampPattern.Parse(translate(format)) : null;
        return (a, row, result) =>
        {
            var pattern = known ?? TimestampPattern.Parse(translate(a.String(1, row)));
            result.Append(pattern.TryParse(a.Text(0, row), TimeUnit.Microsecond, out var value)
                ? value
                : throw new QueryException(ErrorCodes.InvalidDatetimeFormat, $"text does not have date format \"{a.String(1, row)}\": \"{a.String(0, row)}\""));
        };
    });
}
