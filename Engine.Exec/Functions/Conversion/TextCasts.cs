using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;
using Calendar = Engine.Core.Text.Calendar;

namespace Engine.Exec.Functions.Conversion;

/// <summary>Casts from text. Blanks around a value do not matter.</summary>
internal static class TextCasts
{
    private static readonly Regex FormOfDates = new(@"^\s*\d{2,7}-\d{1,2}-\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex FormOfTimes = new(@"^\s*\d{1,2}:\d{1,2}(:\d{1,2}(\.\d+)?)?\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private delegate bool Parser<T>(ReadOnlySpan<byte> text, out T value);

    public static ScalarKernel Bind(DataType to, bool isTry) => to.Kind switch
    {
        TypeKind.Boolean => ToBoolean(isTry),
        TypeKind.TinyInt => To<sbyte>(to, IntegerText.TryParse, isTry),
        TypeKind.SmallInt => To<short>(to, IntegerText.TryParse, isTry),
        TypeKind.Integer => To<int>(to, IntegerText.TryParse, isTry),
        TypeKind.BigInt => To<long>(to, IntegerText.TryParse, isTry),
        TypeKind.Real => To<float>(to, FloatText.TryParse, isTry),
        TypeKind.Double => To<double>(to, FloatText.TryParse, isTry),
        TypeKind.Decimal => ToDecimal((DecimalType)to, isTry),
        TypeKind.Date => To<int>(to, TryParseDate, isTry),
        TypeKind.Time => To<long>(to, TryParseTime, isTry),
        TypeKind.TimeTz => ToZonedTime(to, isTry),
        TypeKind.Timestamp => ToTimestamp((TimestampType)to, isTry),
        TypeKind.TimestampTz => ToTimestamp((TimestampType)to, isTry),
        TypeKind.Interval => To<Interval>(to, IntervalText.TryParse, isTry),
        TypeKind.Enum => ToEnum((EnumType)to, isTry),
        TypeKind.Uuid => To<UInt128>(to, UuidText.TryParse, isTry),
        _ => throw Core.Errors.QueryException.NotSupportedYet($"a cast of text to {to}"),
    };

    /// <summary>Text to bytes: <c>\x</c> and hexadecimal digits, else the text's own bytes.</summary>
    public static ScalarKernel ToBinary(bool isTry) => (in context, arguments, rowCount) =>
    {
        using var builder = new TextBuilder(DataType.Varbinary, context.Pool);
        var values = new TextArgument(arguments[0]);
        for (var row = 0; row < rowCount; row++)
        {
            if (arguments[0].IsNull(row))
            {
                builder.AppendNull();
            }
            else if (!values[row].Contains((byte)'\\'))
            {
                builder.Append(values[row]);
            }
            else
            {
                var bytes = new byte[values[row].Length];
                if (BytesText.TryParse(values[row], bytes, out var written))
                {
                    builder.Append(bytes.AsSpan(0, written));
                }
                else if (isTry)
                {
                    builder.AppendNull();
                }
                else
                {
                    var text = Encoding.UTF8.GetString(values[row]);
                    throw (text.StartsWith("\\x", StringComparison.Ordinal)
                        ? new Core.Errors.QueryException(Core.Errors.ErrorCodes.InvalidParameterValue, $"invalid hexadecimal data: \"{text}\"")
                        : Casts.Invalid(text, DataType.Varbinary)).At(context.Span);
                }
            }
        }

        return builder.Finish();
    };

    private static ScalarKernel ToDecimal(DecimalType to, bool isTry) => to.IsCompact
        ? To((ReadOnlySpan<byte> text, out long value) => DecimalText.TryParse(text, to.Precision, to.Scale, isStrict: false, out value), to, isTry)
        : To((ReadOnlySpan<byte> text, out Int128 value) => DecimalText.TryParse(text, to.Precision, to.Scale, isStrict: false, out value), to, isTry);

    private static ScalarKernel ToTimestamp(TimestampType to, bool isTry)
    {
        if (!to.HasTimeZone)
        {
            return To((ReadOnlySpan<byte> text, out long value) => TimestampText.TryParse(text, to.Unit, out value), to, isTry);
        }

        // A text that names no zone is a reading of the clock in the session's zone, which is known when the kernel runs.
        return (in context, arguments, rowCount) =>
        {
            var session = context.Session;
            return To((ReadOnlySpan<byte> text, out long value) => TryParseInstant(text, to.Unit, session, out value), to, isTry)(context, arguments, rowCount);
        };
    }

    /// <summary>Zone and date of a time are read over, as in PostgreSQL.</summary>
    private static bool TryParseTime(ReadOnlySpan<byte> text, out long micros)
    {
        if (TimeText.TryParse(text, out micros) || TryParseShortTime(AsciiText.Trim(text), out micros) || ZonedTimeText.TryParse(text, out micros, out _))
        {
            return true;
        }

        var isGood = TryParseMoment(text, out var moment, out _);
        micros = moment - (TemporalCasts.FloorDays(moment) * Calendar.MicrosPerDay);
        return isGood;
    }

    /// <summary>A date with a time of day behind it, as a clock shows them, and the offset of the zone if there is one.</summary>
    private static bool TryParseMoment(ReadOnlySpan<byte> text, out long moment, out int? offsetSeconds)
    {
        offsetSeconds = null;
        moment = 0;
        return text.Contains((byte)':') && TimestampText.TryParse(text, TimeUnit.Microsecond, out moment, out offsetSeconds);
    }

    /// <summary>Digits that are left out are zeros, as in PostgreSQL: <c>11:1</c> and <c>11:</c>.</summary>
    private static bool TryParseShortTime(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (AsciiText.EqualsIgnoreCase(text, "allballs"u8))
        {
            return true;
        }

        Span<byte> filled = stackalloc byte[8];
        "00:00:00"u8.CopyTo(filled);
        var (place, digits) = (0, 0);
        foreach (var symbol in text)
        {
            if (symbol == ':' && digits > 0 && place < 6)
            {
                (place, digits) = (place + 3, 0);
            }
            else if (AsciiText.IsDigit(symbol) && digits < 2)
            {
                filled[place] = digits == 0 ? (byte)'0' : filled[place + 1];
                filled[place + 1] = symbol;
                digits++;
            }
            else
            {
                return false;
            }
        }

        return place > 0 && TimeText.TryParse(filled, out micros);
    }

    /// <summary>The text is the word, blanks and all.</summary>
    private static ScalarKernel ToEnum(EnumType to, bool isTry) => To(to, (ReadOnlySpan<byte> text, out int place) => to.TryFind(text, out place), isTry, isTrimmed: false);

    /// <summary>A text that names no zone is a reading of the clock in the session's zone, as it goes on the date in the text or else now.</summary>
    private static ScalarKernel ToZonedTime(DataType to, bool isTry) => (in context, arguments, rowCount) =>
    {
        var zone = context.Session.TimeZone;
        var here = ZoneClock.OffsetSeconds(context.Session.StatementTime, zone);
        return To(
            (ReadOnlySpan<byte> text, out long value) =>
            {
                if (ZonedTimeText.TryParse(text, out var micros, out var offset))
                {
                    value = new ZonedTime(micros, offset ?? here).Packed;
                    return true;
                }

                var isGood = TryParseMoment(text, out var moment, out offset);
                var there = (int)((moment - ZoneClock.ToInstant(moment, zone)) / Calendar.MicrosPerSecond);
                value = new ZonedTime(moment - (TemporalCasts.FloorDays(moment) * Calendar.MicrosPerDay), offset ?? there).Packed;
                return isGood;
            },
            to,
            isTry)(context, arguments, rowCount);
    };

    private static bool TryParseInstant(ReadOnlySpan<byte> text, TimeUnit unit, SessionContext session, out long value)
    {
        if (!TimestampText.TryParse(text, unit, out value, out var offsetSeconds))
        {
            return false;
        }

        if (InfiniteTime.IsInfinite(value))
        {
            return true;
        }

        var micros = ZoneClock.Micros(value, unit);
        var moved = offsetSeconds is { } offset ? -offset * Calendar.MicrosPerSecond : ZoneClock.ToInstant(micros, session.TimeZone) - micros;
        value += moved * (unit == TimeUnit.Microsecond ? 1 : 1000);
        return true;
    }

    /// <summary>A timestamp's date will do, as in PostgreSQL.</summary>
    private static bool TryParseDate(ReadOnlySpan<byte> text, out int days)
    {
        if (DateText.TryParse(text, out days))
        {
            return true;
        }

        var isTimestamp = TimestampText.TryParse(text, TimeUnit.Microsecond, out var micros);
        days = (int)TemporalCasts.FloorDays(micros);
        return isTimestamp;
    }

    private static ScalarKernel To<T>(Parser<T> parse, DataType to, bool isTry)
        where T : unmanaged => To(to, parse, isTry);

    private static ScalarKernel To<T>(DataType to, Parser<T> parse, bool isTry, bool isTrimmed = true)
        where T : unmanaged => (in context, arguments, rowCount) =>
        {
            using var builder = new FixedBuilder<T>(to, context.Pool);
            var values = new TextArgument(arguments[0]);
            for (var row = 0; row < rowCount; row++)
            {
                if (arguments[0].IsNull(row))
                {
                    builder.AppendNull();
                }
                else if (parse(isTrimmed ? AsciiText.Trim(values[row]) : values[row], out var value))
                {
                    builder.Append(value);
                }
                else if (isTry)
                {
                    builder.AppendNull();
                }
                else
                {
                    throw Failure(Encoding.UTF8.GetString(values[row]), to).At(context.Span);
                }
            }

            return builder.Finish();
        };

    /// <summary>A number that is too large says so; other text is no number at all.</summary>
    private static Core.Errors.QueryException Failure(string text, DataType to)
    {
        var style = to.IsInteger ? NumberStyles.AllowLeadingSign : NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var number = text.AsSpan().Trim(" \t\n\v\f\r");
        var isNumber = to.IsNumeric && number.ContainsAnyInRange('0', '9') && double.TryParse(number, style, CultureInfo.InvariantCulture, out _);
        if (IsTime(text, to))
        {
            return new Core.Errors.QueryException(Core.Errors.ErrorCodes.DatetimeFieldOverflow, $"date/time field value out of range: \"{text}\"", hint: $"TRY_CAST(x AS {to}) gives NULL for such values.");
        }

        return isNumber ? Casts.OutOfRange(text, to) : Casts.Invalid(text, to);
    }

    /// <summary>Whether a text that is no day or time has the form of one: there is no such month, day or hour then.</summary>
    private static bool IsTime(string text, DataType to) => to.Kind switch
    {
        TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz => FormOfDates.IsMatch(text),
        TypeKind.Time or TypeKind.TimeTz => FormOfTimes.IsMatch(text),
        _ => false,
    };

    private static ScalarKernel ToBoolean(bool isTry) => (in context, arguments, rowCount) =>
    {
        using var builder = new BooleanBuilder(context.Pool);
        var values = new TextArgument(arguments[0]);
        for (var row = 0; row < rowCount; row++)
        {
            if (arguments[0].IsNull(row))
            {
                builder.AppendNull();
            }
            else if (BooleanText.TryParse(AsciiText.Trim(values[row]), out var value))
            {
                builder.Append(value);
            }
            else if (isTry)
            {
                builder.AppendNull();
            }
            else
            {
                throw Casts.Invalid(Encoding.UTF8.GetString(values[row]), DataType.Boolean).At(context.Span);
            }
        }

        return builder.Finish();
    };
}
