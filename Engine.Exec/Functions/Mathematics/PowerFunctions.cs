using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>Powers, roots and logarithms; where they are not defined is an error, as in PostgreSQL.</summary>
internal static class PowerFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            MathInfo.Of("power(base, exponent)", "One number to the power of another.", "power(2, 10) = 1024", "pow"),
            [new([DataType.Double, DataType.Double], _ => DataType.Double, BinaryKernel.Partial<double, double, double, Power>) { CanFail = true }]),
        MathInfo.Partial<SquareRoot>("sqrt", "Square root.", "sqrt(9) = 3"),
        MathInfo.Total<CubeRoot>("cbrt", "Cube root.", "round(cbrt(27), 6) = 3"),
        MathInfo.Total<Exponential>("exp", "e to the power of a number.", "exp(0) = 1"),
        MathInfo.Partial<NaturalLogarithm>("ln", "Natural logarithm.", "ln(1) = 0"),
        MathInfo.Partial<DecimalLogarithm>("log10", "Logarithm to base 10.", "log10(1000) = 3"),
        MathInfo.Partial<BinaryLogarithm>("log2", "Logarithm to base 2.", "log2(8) = 3"),
        new(
            MathInfo.Of("log(base, x)", "Logarithm to base 10, or to the first of two arguments.", "log(2, 8) = 3"),
            [
                new([DataType.Double], _ => DataType.Double, UnaryKernel.Partial<double, double, DecimalLogarithm>) { CanFail = true },
                new([DataType.Double, DataType.Double], _ => DataType.Double, BinaryKernel.Partial<double, double, double, AnyLogarithm>) { CanFail = true },
            ]),
    ];

    private static QueryException LogarithmOf(double value) => new(
        ErrorCodes.InvalidArgumentForLogarithm, $"cannot take logarithm of {(value == 0 ? "zero" : "a negative number")}: {MathInfo.Text(value)}");

    private static bool TryLogarithm(double value, Func<double, double> logarithm, out double result)
    {
        result = value > 0 || double.IsNaN(value) ? logarithm(value) : 0;
        return value > 0 || double.IsNaN(value);
    }

    private readonly struct Power : IPartialBinaryOperation<double, double, double>
    {
        public static bool TryInvoke(double left, double right, out double result)
        {
            result = Math.Pow(left, right);
            var isNoNumber = double.IsNaN(result) && !double.IsNaN(left) && !double.IsNaN(right);
            return !isNoNumber && !(left == 0 && right < 0);
        }

        public static QueryException Failure(double left, double right) => new(
            ErrorCodes.InvalidArgumentForPower,
            left == 0
                ? $"zero raised to a negative power is undefined: 0 ^ {MathInfo.Text(right)}"
                : $"a negative number raised to a non-integer power yields a complex result: {MathInfo.Text(left)} ^ {MathInfo.Text(right)}");
    }

    private readonly struct SquareRoot : IPartialUnaryOperation<double, double>
    {
        public static bool TryInvoke(double value, out double result)
        {
            result = Math.Sqrt(value);
            return !(value < 0);
        }

        public static QueryException Failure(double value) =>
            new(ErrorCodes.InvalidArgumentForPower, $"cannot take square root of a negative number: {MathInfo.Text(value)}");
    }

    private readonly struct CubeRoot : IUnaryOperation<double, double>
    {
        public static double Invoke(double value) => Math.Cbrt(value);
    }

    private readonly struct Exponential : IUnaryOperation<double, double>
    {
        public static double Invoke(double value) => Math.Exp(value);
    }

    private readonly struct NaturalLogarithm : IPartialUnaryOperation<double, double>
    {
        public static bool TryInvoke(double value, out double result) => TryLogarithm(value, Math.Log, out result);

        public static QueryException Failure(double value) => LogarithmOf(value);
    }

    private readonly struct DecimalLogarithm : IPartialUnaryOperation<double, double>
    {
        public static bool TryInvoke(double value, out double result) => TryLogarithm(value, Math.Log10, out result);

        public static QueryException Failure(double value) => LogarithmOf(value);
    }

    private readonly struct BinaryLogarithm : IPartialUnaryOperation<double, double>
    {
        public static bool TryInvoke(double value, out double result) => TryLogarithm(value, Math.Log2, out result);

        public static QueryException Failure(double value) => LogarithmOf(value);
    }

    private readonly struct AnyLogarithm : IPartialBinaryOperation<double, double, double>
    {
        public static bool TryInvoke(double left, double right, out double result)
        {
            result = Math.Log2(right) / Math.Log2(left);
            return left > 0 && right > 0 && left != 1;
        }

        public static QueryException Failure(double left, double right) => left <= 0 || right <= 0
            ? LogarithmOf(left > 0 ? right : left)
            : new QueryException(ErrorCodes.DivisionByZero, "division by zero: logarithm to base 1");
    }
}
