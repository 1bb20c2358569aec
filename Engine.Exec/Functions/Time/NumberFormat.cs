using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Functions.Mathematics;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>to_char of numbers by a <see cref="NumberTemplate"/>.</summary>
internal static class NumberFormat
{
    /// <summary>Digits that a double and a real have for sure: more are not shown.</summary>
    private const int DoubleDigits = 15;
    private const int RealDigits = 6;

    private const int RomanWidth = 15;

    public static readonly ImmutableArray<ScalarOverload> Overloads =
    [
        Overload(_ => DataType.BigInt, DataType.BigInt, (a, row, _, template) => OfExact(a.Long(0, row), 0, template)),
        Overload(types => types[0], DecimalParameter.Instance, (a, row, type, template) => OfExact((BigInteger)new DecimalCells(a, 0)[row], ((DecimalType)type).Scale, template)),
        Overload(_ => DataType.Real, DataType.Real, (a, row, _, template) => OfFloat(a.Fixed<float>(0, row), RealDigits, template)),
        Overload(_ => DataType.Double, DataType.Double, (a, row, _, template) => OfFloat(a.Double(0, row), DoubleDigits, template)),
    ];

    private delegate string Writer(RowArguments a, int row, DataType type, NumberTemplate template);

    private static ScalarOverload Overload(Func<ImmutableArray<DataType>, DataType> typeOf, ParameterType parameter, Writer write) => new(
        [parameter, DataType.Varchar],
        _ => DataType.Varchar,
        binding =>
        {
            // A bad template is an error of the first number that meets it; NULL meets none.
            var known = binding.Constants.GetValueOrDefault(1) is string constant ? new Lazy<NumberTemplate>(() => new NumberTemplate(constant)) : null;
            var type = typeOf(binding.ArgumentTypes);
            return RowKernel.Strict<TextBuilder>(DataType.Varchar, (a, row, result) => result.Append(write(a, row, type, known?.Value ?? new NumberTemplate(a.String(1, row)))));
        })
    {
        CanFail = true,
    };

    private static string OfExact(BigInteger unscaled, int scale, NumberTemplate template)
    {
        if (template.IsRoman)
        {
            return Write(template, Roman(Rescale(unscaled, scale, 0)), isNegative: false);
        }

        if (template.IsExponential)
        {
            return Exponential(unscaled, scale, template.FractionDigits);
        }

        var rounded = Rescale(unscaled * BigInteger.Pow(10, template.ShiftDigits), scale, template.FractionDigits);
        return Write(template, Digits(BigInteger.Abs(rounded), template.FractionDigits), rounded.Sign < 0);
    }

    private static string OfFloat(double value, int digits, NumberTemplate template)
    {
        if (template.IsRoman)
        {
            return Write(template, double.IsFinite(value) && Math.Abs(value) < int.MaxValue ? Roman((BigInteger)Math.Round(value, MidpointRounding.ToEven)) : new string('#', RomanWidth), isNegative: false);
        }

        if (!double.IsFinite(value))
        {
            var word = double.IsNaN(value) ? "NaN" : "Infinity";
            return template.IsExponential
                ? $" {new string('#', template.WholeDigits)}.{new string('#', template.FractionDigits + 4)}"
                : Write(template, word, value < 0, Places(word.Length));
        }

        if (template.IsExponential)
        {
            var text = Math.Abs(value).ToString($"0.{new string('0', template.FractionDigits)}e+00", CultureInfo.InvariantCulture);
            return (double.IsNegative(value) ? "-" : " ") + text;
        }

        value *= Math.Pow(10, template.ShiftDigits);
        var places = Places(Math.Abs(value).ToString("F0", CultureInfo.InvariantCulture).Length);
        return Write(template, Math.Abs(value).ToString($"F{places}", CultureInfo.InvariantCulture), double.IsNegative(value), places);

        int Places(int wholeLength) => Math.Clamp(digits - wholeLength, 0, template.FractionDigits);
    }

    private static string Digits(BigInteger magnitude, int places)
    {
        var digits = magnitude.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return places == 0 ? digits : digits.Insert(digits.Length - places, ".");
    }

    private static string Exponential(BigInteger unscaled, int scale, int places)
    {
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture);
        var exponent = unscaled.IsZero ? 0 : digits.Length - 1 - scale;
        var mantissa = Rescale(BigInteger.Abs(unscaled), digits.Length - 1, places);
        if (mantissa >= BigInteger.Pow(10, places + 1))
        {
            (mantissa, exponent) = (mantissa / 10, exponent + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(unscaled.Sign < 0 ? '-' : ' ')}{Digits(mantissa, places)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    /// <summary>To fewer fraction digits, halves away from zero, or to more.</summary>
    private static BigInteger Rescale(BigInteger value, int from, int to)
    {
        if (from <= to)
        {
            return value * BigInteger.Pow(10, to - from);
        }

        var unit = BigInteger.Pow(10, from - to);
        var quotient = BigInteger.DivRem(value, unit, out var rest);
        return BigInteger.Abs(rest) * 2 >= unit ? quotient + value.Sign : quotient;
    }

    private static string Roman(BigInteger number)
    {
        if (number < 1 || number > 3999)
        {
            return new string('#', RomanWidth);
        }

        var text = new StringBuilder();
        var left = (int)number;
        foreach (var (value, letters) in new[] { (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I") })
        {
            for (; left >= value; left -= value)
            {
                text.Append(letters);
            }
        }

        return text.ToString();
    }

    /// <param name="template">Where the digits go.</param>
    /// <param name="number">Digits of the magnitude, with a point if there are some behind it.</param>
    /// <param name="isNegative">Whether it is below zero.</param>
    /// <param name="places">Digits behind the point that there may be; null for those of the template.</param>
    private static string Write(NumberTemplate template, string number, bool isNegative, int? places = null)
    {
        var width = template.WholeDigits + template.ShiftDigits;
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var wholeLength = point < 0 ? number.Length : point;
        if (wholeLength > width && !template.IsRoman)
        {
            number = new string('#', width) + "." + new string('#', places ?? template.FractionDigits);
            wholeLength = width;
        }

        return new NumberWriter(template, number, width - wholeLength, isNegative).Write();
    }
}
