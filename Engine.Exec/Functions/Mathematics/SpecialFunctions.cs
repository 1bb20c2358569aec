using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>Gamma and error functions, and what statistics make of them.</summary>
internal static class SpecialFunctions
{
    private static readonly ImmutableArray<ParameterType> Three = [DataType.Double, DataType.Double, DataType.Double];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            MathInfo.Of("gamma(x)", "The gamma function: (x - 1)! for whole numbers.", "gamma(5) = 24"),
            [RowKernel.Overload<FixedBuilder<double>>([DataType.Double], DataType.Double, (a, row, result) => result.Append(Gamma(a.Double(0, row))), canFail: true)]),
        new(
            MathInfo.Of("lgamma(x)", "The logarithm of the gamma function's distance from 0.", "round(lgamma(5), 6) = round(ln(24), 6)"),
            [RowKernel.Overload<FixedBuilder<double>>([DataType.Double], DataType.Double, (a, row, result) => result.Append(LogGamma(a.Double(0, row))))]),
        new(
            MathInfo.Of("erf(x)", "The error function.", "round(erf(1), 6) = 0.842701"),
            [RowKernel.Overload<FixedBuilder<double>>([DataType.Double], DataType.Double, (a, row, result) => result.Append(ErrorFunction(a.Double(0, row))))]),
        new(
            MathInfo.Of("erfc(x)", "1 less the error function.", "round(erfc(1), 6) = 0.157299"),
            [RowKernel.Overload<FixedBuilder<double>>([DataType.Double], DataType.Double, (a, row, result) => result.Append(Complement(a.Double(0, row))))]),
        new(
            MathInfo.Of("normal_cdf(mean, deviation, x)", "The chance that a value of a normal distribution is below x.", "normal_cdf(0, 1, 0) = 0.5"),
            [RowKernel.Overload<FixedBuilder<double>>(Three, DataType.Double, (a, row, result) =>
            {
                var deviation = Deviation(a.Double(1, row));
                result.Append(0.5 * Complement((a.Double(0, row) - a.Double(2, row)) / (deviation * Math.Sqrt(2))));
            }, canFail: true)]),
        new(
            MathInfo.Of("inverse_normal_cdf(mean, deviation, p)", "The value of a normal distribution below which others are with a chance of p.", "round(inverse_normal_cdf(0, 1, 0.975), 4) = 1.96"),
            [RowKernel.Overload<FixedBuilder<double>>(Three, DataType.Double, (a, row, result) =>
            {
                var p = a.Double(2, row);
                result.Append(p is > 0 and < 1
                    ? a.Double(0, row) + (Deviation(a.Double(1, row)) * Quantile(p))
                    : throw new QueryException(ErrorCodes.InvalidParameterValue, $"p must be between 0 and 1: {MathInfo.Text(p)}"));
            }, canFail: true)]),
        Wilson("wilson_interval_lower", "The lower end of Wilson's score interval of a chance, for successes among trials at a z score.", "round(wilson_interval_lower(1250, 1310, 1.96e0), 4) = 0.9415", -1),
        Wilson("wilson_interval_upper", "The upper end of Wilson's score interval of a chance.", "round(wilson_interval_upper(1250, 1310, 1.96e0), 4) = 0.9643", 1),
    ];

    private static double Deviation(double value) =>
        value > 0 ? value : throw new QueryException(ErrorCodes.InvalidParameterValue, $"standard deviation must be above 0: {MathInfo.Text(value)}");

    private static ScalarFunction Wilson(string name, string description, string example, int sign) => new(
        MathInfo.Of($"{name}(successes, trials, z)", description, example),
        [RowKernel.Overload<FixedBuilder<double>>(
            [DataType.BigInt, DataType.BigInt, DataType.Double],
            DataType.Double,
            (a, row, result) =>
            {
                var (successes, trials, z) = (a.Long(0, row), a.Long(1, row), a.Double(2, row));
                if (successes < 0 || trials <= 0 || successes > trials || !(z >= 0))
                {
                    throw new QueryException(ErrorCodes.InvalidParameterValue, $"{name} needs 0 <= successes <= trials and z >= 0: {successes}, {trials}, {MathInfo.Text(z)}");
                }

                var (n, p) = ((double)trials, (double)successes / trials);
                var middle = p + (z * z / (2 * n));
                var reach = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
                result.Append((middle + (sign * reach)) / (1 + (z * z / n)));
            },
            canFail: true)]);

    private static double Gamma(double x)
    {
        if (x <= 0 && x == Math.Floor(x))
        {
            throw MathInfo.OutOfRange($"gamma({MathInfo.Text(x)})");
        }

        // Whole numbers are exact as long as a double holds them.
        if (x == Math.Floor(x) && x <= 23)
        {
            var product = 1.0;
            for (var i = 2; i < x; i++)
            {
                product *= i;
            }

            return product;
        }

        return x < 0.5 ? Math.PI / (Math.Sin(Math.PI * x) * Gamma(1 - x)) : Math.Exp(LogGamma(x));
    }

    /// <summary>Lanczos' approximation with g = 7 and nine terms.</summary>
    private static double LogGamma(double x)
    {
        if (double.IsInfinity(x) || (x <= 0 && x == Math.Floor(x)))
        {
            return double.PositiveInfinity;
        }

        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - LogGamma(1 - x);
        }

        ReadOnlySpan<double> terms =
        [
            676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        var sum = 0.99999999999980993;
        for (var i = 0; i < terms.Length; i++)
        {
            sum += terms[i] / (x + i);
        }

        var t = x + 6.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x - 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    /// <summary>The series near 0, where it converges at once, and the complement's continued fraction beyond.</summary>
    private static double ErrorFunction(double x)
    {
        if (Math.Abs(x) >= 2.5 || double.IsNaN(x))
        {
            return double.IsNaN(x) ? x : Math.Sign(x) * (1 - Fraction(Math.Abs(x)));
        }

        var (term, sum) = (x, x);
        for (var n = 1; n < 200 && Math.Abs(term) > Math.Abs(sum) * 1e-18; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static double Complement(double x) => x >= 2.5 ? Fraction(x) : 1 - ErrorFunction(x);

    /// <summary>erfc by its continued fraction, from its end; for 2.5 and above.</summary>
    private static double Fraction(double x)
    {
        if (x > 27)
        {
            return 0;
        }

        var denominator = x;
        for (var k = 120; k > 0; k--)
        {
            denominator = x + (k / 2.0 / denominator);
        }

        return Math.Exp(-x * x) / (denominator * Math.Sqrt(Math.PI));
    }

    /// <summary>Where the standard normal distribution reaches p: by halves, then Newton's steps.</summary>
    private static double Quantile(double p)
    {
        var (low, high) = (-40.0, 40.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = 0.5 * Complement(-middle / Math.Sqrt(2)) < p ? (middle, high) : (low, middle);
        }

        var x = (low + high) / 2;
        for (var i = 0; i < 3; i++)
        {
            var density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
            x = density > 0 ? x - (((0.5 * Complement(-x / Math.Sqrt(2))) - p) / density) : x;
        }

        return x;
    }
}
