using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Values put into a pattern: format as PostgreSQL has it (%s, %I, %L), printf as C has it.</summary>
internal static class FormatText
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TextInfo.Of("format(pattern, value, ...)", "The pattern with %s for values as text, %I for names, %L for literals; %2$s counts, %-10s sets a width.", "format('Hello %s, %1$s', 'World') = 'Hello World, World'"),
            [Overload(Write)]),
        new(
            TextInfo.Of("printf(pattern, value, ...)", "The pattern with %d, %s, %f, %e, %g, %x, %o, %c and %% as C has them, with flags, width and precision.", "printf('%05.1f|%-3d|%x', 3.14159, 7, 255) = '003.1|7  |ff'"),
            [Overload(WriteAsC)]),
    ];

    private static ScalarOverload Overload(RowWriter<TextBuilder> write) => new(TextInfo.One, _ => DataType.Varchar, _ => RowKernel.WithNulls<TextBuilder>(DataType.Varchar, (a, row, result) =>
    {
        if (a.IsNull(0, row))
        {
            result.AppendNull();
        }
        else
        {
            write(a, row, result);
        }
    }))
    {
        Variadic = AnyParameter.Each,
        SeesNulls = true,
        CanFail = true,
    };

    private static string Quoted(Func<ReadOnlySpan<byte>, byte[]> quote, string value) => Encoding.UTF8.GetString(quote(Encoding.UTF8.GetBytes(value)));

    private static string? ValueOf(RowArguments a, int place, int row, bool hasShortBooleans = false)
    {
        var writer = new ByteWriter { Context = new TextContext(a.Session.TimeZone, a.Session.Facts.Objects), HasShortBooleans = hasShortBooleans };
        return ColumnText.TryWrite(a.Column(place), a.Place(place, row), writer) ? writer.ToString() : null;
    }

    private static void Write(RowArguments a, int row, TextBuilder result)
    {
        var pattern = a.String(0, row);
        var text = new StringBuilder();
        var next = 1;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%')
            {
                text.Append(pattern[i]);
                continue;
            }

            i++;
            if (i < pattern.Length && pattern[i] == '%')
            {
                text.Append('%');
                continue;
            }

            var number = ReadNumber(pattern, ref i);
            if (number is not null && i < pattern.Length && pattern[i] == '$')
            {
                next = number > 0 ? number.Value : throw Bad($"format specifies argument 0, but arguments are numbered from 1: \"{pattern}\"");
                number = null;
                i++;
            }

            var isLeft = i < pattern.Length && pattern[i] == '-';
            i += isLeft ? 1 : 0;
            var width = number ?? ReadWidth(a, row, pattern, ref i, ref next);
            if (width < 0)
            {
                (width, isLeft) = (-width, true);
            }

            var type = i < pattern.Length ? pattern[i] : throw Bad($"unterminated format() type specifier: \"{pattern}\"");
            if (next >= a.Count)
            {
                throw Bad($"too few arguments for format(): \"{pattern}\"");
            }

            var value = ValueOf(a, next++, row, hasShortBooleans: true);
            var part = type switch
            {
                's' => value ?? string.Empty,
                'I' => Quoted(QuoteFunctions.Identifier, value ?? throw new QueryException(ErrorCodes.NullValueNotAllowed, "null values cannot be formatted as an SQL identifier")),
                'L' => value is null ? "NULL" : Quoted(QuoteFunctions.Literal, value),
                _ => throw Bad($"unrecognized format() type specifier \"{type}\""),
            };
            text.Append(isLeft ? part.PadRight(width) : part.PadLeft(width));
        }

        result.Append(text.ToString());
    }

    private static int ReadWidth(RowArguments a, int row, string pattern, ref int i, ref int next)
    {
        if (i >= pattern.Length || pattern[i] != '*')
        {
            return ReadNumber(pattern, ref i) ?? 0;
        }

        i++;
        var place = ReadNumber(pattern, ref i);
        i += place is not null && i < pattern.Length && pattern[i] == '$' ? 1 : 0;
        var argument = place ?? next++;
        return argument < a.Count && int.TryParse(ValueOf(a, argument, row) ?? "0", CultureInfo.InvariantCulture, out var width)
            ? width
            : throw Bad($"no width for format(): \"{pattern}\"");
    }

    private static int? ReadNumber(string pattern, ref int i)
    {
        var start = i;
        while (i < pattern.Length && char.IsAsciiDigit(pattern[i]))
        {
            i++;
        }

        return i == start ? null
            : int.TryParse(pattern.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= TextInfo.MaxBytes ? number
            : throw Bad($"number is out of range: \"{pattern}\"");
    }

    private static void WriteAsC(RowArguments a, int row, TextBuilder result)
    {
        var pattern = a.String(0, row);
        var text = new StringBuilder();
        var next = 1;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%')
            {
                text.Append(pattern[i]);
                continue;
            }

            i++;
            if (i < pattern.Length && pattern[i] == '%')
            {
                text.Append('%');
                continue;
            }

            var start = i;
            while (i < pattern.Length && "-+ 0#,".Contains(pattern[i], StringComparison.Ordinal))
            {
                i++;
            }

            var flags = pattern[start..i];
            var width = ReadNumber(pattern, ref i) ?? 0;
            int? precision = null;
            if (i < pattern.Length && pattern[i] == '.')
            {
                i++;
                precision = ReadNumber(pattern, ref i) ?? 0;
            }

            while (i < pattern.Length && pattern[i] is 'l' or 'h')
            {
                i++;
            }

            if (i >= pattern.Length || next >= a.Count)
            {
                throw Bad(i >= pattern.Length ? $"unterminated specifier: \"{pattern}\"" : $"too few arguments for printf: \"{pattern}\"");
            }

            var place = next++;
            var value = ValueOf(a, place, row);
            var shown = value is null ? "NULL" : OneAsC(pattern[i], flags, precision, value, a.Column(place));
            text.Append(Pad(shown, flags, width, isNumber: value is not null && pattern[i] is not ('s' or 'c')));
        }

        result.Append(text.ToString());
    }

    private static string OneAsC(char type, string flags, int? precision, string value, Column column)
    {
        if (type is 's')
        {
            return precision is { } length && length < value.Length ? value[..length] : value;
        }

        if (type is 'c' && column.Type.IsInteger)
        {
            return char.ConvertFromUtf32(int.Parse(value, CultureInfo.InvariantCulture));
        }

        if (type is 'd' or 'i' or 'x' or 'X' or 'o')
        {
            if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                throw Bad($"printf %{type} needs a whole number: {value}");
            }

            return type switch
            {
                'x' => number.ToString("x", CultureInfo.InvariantCulture),
                'X' => number.ToString("X", CultureInfo.InvariantCulture),
                'o' => Convert.ToString(number, 8),
                _ => Signed(number.ToString(flags.Contains(',', StringComparison.Ordinal) ? "N0" : "D", CultureInfo.InvariantCulture), flags),
            };
        }

        if (type is not ('f' or 'F' or 'e' or 'E' or 'g' or 'G'))
        {
            throw Bad($"unrecognized printf specifier \"%{type}\"");
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real))
        {
            throw Bad($"printf %{type} needs a number: {value}");
        }

        var digits = Math.Min(precision ?? 6, 100);
        var exponent = digits == 0 ? $"0{type}+00" : $"0.{new string('0', digits)}{type}+00";
        var form = type switch
        {
            'f' or 'F' => (flags.Contains(',', StringComparison.Ordinal) ? "N" : "F") + digits.ToString(CultureInfo.InvariantCulture),
            'e' or 'E' => exponent,
            _ => $"{type}{Math.Max(digits, 1)}",
        };
        return Signed(real.ToString(form, CultureInfo.InvariantCulture), flags);
    }

    private static string Signed(string number, string flags) =>
        number[0] == '-' ? number : flags.Contains('+', StringComparison.Ordinal) ? "+" + number : flags.Contains(' ', StringComparison.Ordinal) ? " " + number : number;

    private static string Pad(string text, string flags, int width, bool isNumber)
    {
        if (flags.Contains('-', StringComparison.Ordinal))
        {
            return text.PadRight(width);
        }

        if (!isNumber || !flags.Contains('0', StringComparison.Ordinal))
        {
            return text.PadLeft(width);
        }

        var sign = text[0] is '-' or '+' or ' ' ? text[..1] : string.Empty;
        return sign + text[sign.Length..].PadLeft(width - sign.Length, '0');
    }

    private static QueryException Bad(string message) => new(ErrorCodes.InvalidParameterValue, message);
}
