using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Functions.Mathematics;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>to_char of numbers: 9 0 . , D G with FM, S, MI, PR, $ and L, as PostgreSQL has them; other symbols stand for themselves.</summary>
internal static class NumberTemplate
{
    public static readonly ImmutableArray<ScalarOverload> Overloads =
    [
        RowKernel.Overload<TextBuilder>([DataType.BigInt, DataType.Varchar], DataType.Varchar, (a, row, result) =>
            result.Append(Format(a.Long(0, row), 0, a.String(1, row)))),
        new([DecimalParameter.Instance, DataType.Varchar], _ => DataType.Varchar, binding => RowKernel.Strict<TextBuilder>(DataType.Varchar, (a, row, result) =>
            result.Append(Format((BigInteger)new DecimalCells(a, 0)[row], ((DecimalType)binding.ArgumentTypes[0]).Scale, a.String(1, row))))),
        RowKernel.Overload<TextBuilder>([DataType.Double, DataType.Varchar], DataType.Varchar, (a, row, result) =>
        {
            // Fifteen digits behind the point are more than a double has.
            var value = a.Double(0, row);
            var isDecimal = DecimalText.TryParse(Encoding.ASCII.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)), 38, 15, isStrict: false, out Int128 unscaled);
            result.Append(isDecimal ? Format((BigInteger)unscaled, 15, a.String(1, row)) : value.ToString(CultureInfo.InvariantCulture));
        }),
    ];

    private static string Format(BigInteger value, int scale, string template)
    {
        var isPlain = template.StartsWith("FM", StringComparison.OrdinalIgnoreCase);
        var pattern = (isPlain ? template[2..] : template).ToUpperInvariant();
        var hasMinus = pattern.EndsWith("MI", StringComparison.Ordinal);
        var hasBrackets = pattern.EndsWith("PR", StringComparison.Ordinal);
        pattern = hasMinus || hasBrackets ? pattern[..^2] : pattern;
        var signPlace = pattern.IndexOf('S', StringComparison.Ordinal);
        var isSignLast = signPlace > 0 && signPlace == pattern.Length - 1;
        pattern = pattern.Replace("S", string.Empty, StringComparison.Ordinal);
        var point = pattern.IndexOfAny(['.', 'D']);
        var whole = point < 0 ? pattern : pattern[..point];
        var fraction = point < 0 ? string.Empty : pattern[(point + 1)..];
        var places = fraction.Count(symbol => symbol is '9' or '0');

        var magnitude = Rescale(BigInteger.Abs(value), scale, places);
        var digits = magnitude.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        var wholeDigits = digits[..^places].TrimStart('0');
        var width = whole.Count(symbol => symbol is '9' or '0');
        var isNegative = value.Sign < 0 && !magnitude.IsZero;
        var isTooWide = wholeDigits.Length > width;
        var firstZero = whole.IndexOf('0', StringComparison.Ordinal);

        var text = new StringBuilder();
        var place = 0;
        var isStarted = false;
        for (var i = 0; i < whole.Length; i++)
        {
            if (whole[i] is '9' or '0')
            {
                var fromRight = width - place++;
                isStarted |= fromRight <= wholeDigits.Length || (firstZero >= 0 && i >= firstZero);
                text.Append(isTooWide ? "#" : fromRight <= wholeDigits.Length ? wholeDigits[^fromRight].ToString() : isStarted ? "0" : " ");
            }
            else
            {
                text.Append(whole[i] is ',' or 'G' ? (isStarted ? "," : " ") : whole[i] is 'L' ? "$" : whole[i].ToString());
            }
        }

        if (point >= 0)
        {
            var tail = isTooWide ? new string('#', places) : digits[^places..];
            if (isPlain)
            {
                var required = fraction.LastIndexOf('0') + 1;
                tail = tail[..Math.Max(tail.TrimEnd('0').Length, required)];
            }

            // PostgreSQL shows no zero before the point unless the template asks for one.
            text.Append('.').Append(tail);
        }
        else if (wholeDigits.Length == 0 && !isStarted && text.Length > 0 && text[^1] == ' ')
        {
            text[^1] = '0';
        }

        return WithSign(text.ToString(), isNegative, isPlain, signPlace >= 0, isSignLast, hasMinus, hasBrackets);
    }

    private static string WithSign(string text, bool isNegative, bool isPlain, bool hasSign, bool isSignLast, bool hasMinus, bool hasBrackets)
    {
        var trimmed = text.TrimStart(' ');
        var blanks = isPlain ? string.Empty : new string(' ', text.Length - trimmed.Length);
        return (hasBrackets, hasMinus, isSignLast, hasSign) switch
        {
            (true, _, _, _) => isNegative ? $"{blanks}<{trimmed}>" : isPlain ? trimmed : $" {blanks}{trimmed} ",
            (_, true, _, _) => $"{blanks}{trimmed}{(isNegative ? "-" : isPlain ? string.Empty : " ")}",
            (_, _, true, _) => $"{blanks}{trimmed}{(isNegative ? "-" : "+")}",
            (_, _, _, true) => $"{blanks}{(isNegative ? "-" : "+")}{trimmed}",
            _ => $"{blanks}{(isNegative ? "-" : isPlain ? string.Empty : " ")}{trimmed}",
        };
    }

    private static BigInteger Rescale(BigInteger value, int from, int to)
    {
        if (from <= to)
        {
            return value * BigInteger.Pow(10, to - from);
        }

        var quotient = BigInteger.DivRem(value, BigInteger.Pow(10, from - to), out var rest);
        return rest * 2 >= BigInteger.Pow(10, from - to) ? quotient + 1 : quotient;
    }
}
