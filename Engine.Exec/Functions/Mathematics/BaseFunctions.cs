using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>Numbers as text: in other bases, with units of size.</summary>
internal static class BaseFunctions
{
    private static readonly ImmutableArray<string> Units = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            MathInfo.Of("to_base(number, radix)", "A whole number in the digits of a base from 2 to 36.", "to_base(255, 16) = 'ff'"),
            [RowKernel.Overload<TextBuilder>([DataType.BigInt, DataType.BigInt], DataType.Varchar, (a, row, result) => WriteBase(a.Long(0, row), a.Long(1, row), result), canFail: true)]),
        new(
            MathInfo.Of("from_base(text, radix)", "The whole number that digits of a base from 2 to 36 stand for.", "from_base('ff', 16) = 255"),
            [RowKernel.Overload<FixedBuilder<long>>([DataType.Varchar, DataType.BigInt], DataType.BigInt, (a, row, result) => result.Append(Parse(a.String(0, row), a.Long(1, row))), canFail: true)]),
        new(
            MathInfo.Of("to_binary(number)", "A whole number in binary digits; a negative one in two's complement of 64 bits.", "to_binary(5) = '101'", "bin", "to_bin"),
            [RowKernel.Overload<TextBuilder>([DataType.BigInt], DataType.Varchar, (a, row, result) => result.Append(Convert.ToString(a.Long(0, row), 2)))]),
        new(
            MathInfo.Of("to_oct(number)", "A whole number in octal digits; a negative one in two's complement of 64 bits.", "to_oct(8) = '10'"),
            [RowKernel.Overload<TextBuilder>([DataType.BigInt], DataType.Varchar, (a, row, result) => result.Append(Convert.ToString(a.Long(0, row), 8)))]),
        new(
            MathInfo.Of("format_bytes(bytes)", "A number of bytes with a unit of 1024 that keeps it short.", "format_bytes(16384) = '16.0 KiB'", "format_size"),
            [RowKernel.Overload<TextBuilder>([DataType.BigInt], DataType.Varchar, (a, row, result) => result.Append(FormatBytes(a.Long(0, row))))]),
        new(
            MathInfo.Of("pg_size_pretty(bytes)", "A number of bytes as PostgreSQL shows it.", "pg_size_pretty(16384) = '16 kB'"),
            [RowKernel.Overload<TextBuilder>([DataType.BigInt], DataType.Varchar, (a, row, result) => result.Append(Pretty(a.Long(0, row))))]),
        new(
            MathInfo.Of("format_number(number)", "A number with a letter for thousands, millions and so on.", "format_number(123456) = '123K'"),
            [RowKernel.Overload<TextBuilder>([DataType.Double], DataType.Varchar, (a, row, result) => result.Append(Short(a.Double(0, row))))]),
        new(
            MathInfo.Of("parse_data_size(text)", "The bytes that a number with a unit of 1024 stands for.", "parse_data_size('2.3MB') = 2411724"),
            [RowKernel.Overload<FixedBuilder<Int128>>([DataType.Varchar], DataType.Decimal(38, 0), (a, row, result) => result.Append(ParseSize(a.String(0, row))), canFail: true)]),
    ];

    private static void CheckRadix(long radix)
    {
        if (radix is < 2 or > 36)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"radix must be from 2 to 36: {radix}");
        }
    }

    private static void WriteBase(long number, long radix, TextBuilder result)
    {
        CheckRadix(radix);
        Span<byte> digits = stackalloc byte[65];
        var start = digits.Length;
        for (var rest = Int128.Abs(number); rest > 0 || start == digits.Length; rest /= radix)
        {
            digits[--start] = "0123456789abcdefghijklmnopqrstuvwxyz"u8[(int)(rest % radix)];
        }

        if (number < 0)
        {
            digits[--start] = (byte)'-';
        }

        result.Append(digits[start..]);
    }

    private static long Parse(string text, long radix)
    {
        CheckRadix(radix);
        var digits = text.AsSpan();
        var isNegative = digits is ['-', ..];
        digits = digits is ['-' or '+', ..] ? digits[1..] : digits;
        Int128 value = 0;
        foreach (var digit in digits)
        {
            var number = char.IsAsciiDigit(digit) ? digit - '0' : char.IsAsciiLetter(digit) ? char.ToLowerInvariant(digit) - 'a' + 10 : 36;
            value = number < radix && value <= long.MaxValue ? (value * radix) + number : throw Bad();
        }

        value = isNegative ? -value : value;
        return !digits.IsEmpty && value >= long.MinValue && value <= long.MaxValue ? (long)value : throw Bad();

        QueryException Bad() => new(ErrorCodes.InvalidTextRepresentation, $"not a valid base-{radix} number: \"{text}\"");
    }

    private static string FormatBytes(long bytes)
    {
        ReadOnlySpan<string> units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        var magnitude = UInt128.CreateChecked(Int128.Abs(bytes));
        if (magnitude < 1024)
        {
            return bytes is 1 or -1 ? $"{bytes} byte" : $"{bytes} bytes";
        }

        var unit = -1;
        var (whole, tenths) = (magnitude, UInt128.Zero);
        while (whole >= 1024)
        {
            tenths = whole % 1024 * 10 / 1024;
            whole /= 1024;
            unit++;
        }

        return $"{(bytes < 0 ? "-" : string.Empty)}{whole}.{tenths} {units[unit]}";
    }

    /// <summary>PostgreSQL goes on to the next unit at 10,240 of one, and rounds halves away from zero.</summary>
    private static string Pretty(long bytes)
    {
        ReadOnlySpan<string> units = ["bytes", "kB", "MB", "GB", "TB", "PB"];
        if (Int128.Abs(bytes) < 10 * 1024)
        {
            return $"{bytes} bytes";
        }

        // One bit more than the unit needs is kept for rounding.
        Int128 doubled = bytes / 512;
        var unit = 1;
        for (; unit < units.Length - 1 && Int128.Abs(doubled) >= (20 * 1024) - 1; unit++)
        {
            doubled /= 1024;
        }

        return $"{(doubled < 0 ? doubled - 1 : doubled + 1) / 2} {units[unit]}";
    }

    private static string Short(double number)
    {
        ReadOnlySpan<string> units = ["", "K", "M", "B", "T", "Q"];
        var unit = 0;
        for (; Math.Abs(number) >= 1000 && unit < units.Length - 1; unit++)
        {
            number /= 1000;
        }

        var magnitude = Math.Abs(number);
        var format = unit == 0 && magnitude == Math.Floor(magnitude) ? "0" : magnitude < 10 ? "0.##" : magnitude < 100 ? "0.#" : "0";
        return number.ToString(format, System.Globalization.CultureInfo.InvariantCulture) + units[unit];
    }

    private static Int128 ParseSize(string text)
    {
        var end = text.AsSpan().IndexOfAnyExcept("0123456789.");
        var unit = end < 0 ? -1 : Units.IndexOf(text[end..]);
        if (end <= 0 || unit < 0 || !decimal.TryParse(text.AsSpan(0, end), System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid data size: \"{text}\"", hint: $"It is a number with one of {string.Join(", ", Units)}.");
        }

        // The digits behind the point count as far as they make whole bytes.
        var scale = 0;
        for (; number != decimal.Truncate(number) && scale < 20; scale++)
        {
            number *= 10;
        }

        var bytes = (System.Numerics.BigInteger)number * System.Numerics.BigInteger.Pow(1024, unit) / System.Numerics.BigInteger.Pow(10, scale);
        return bytes < System.Numerics.BigInteger.Pow(10, 38)
            ? (Int128)bytes
            : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"data size out of range: \"{text}\"");
    }
}
