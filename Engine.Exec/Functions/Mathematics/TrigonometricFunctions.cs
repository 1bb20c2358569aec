using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>Angles in radians, and constants.</summary>
internal static class TrigonometricFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        Angle("sin", "Sine.", "sin(0) = 0", Math.Sin),
        Angle("cos", "Cosine.", "cos(0) = 1", Math.Cos),
        Angle("tan", "Tangent.", "tan(0) = 0", Math.Tan),
        Angle("cot", "Cotangent.", "round(cot(1), 4) = 0.6421", value => 1 / Math.Tan(value)),
        Inverse("asin", "Angle of a sine.", "asin(0) = 0", Math.Asin),
        Inverse("acos", "Angle of a cosine.", "acos(1) = 0", Math.Acos),
        Plain("atan", "Angle of a tangent.", "atan(0) = 0", Math.Atan),
        Plain("sinh", "Hyperbolic sine.", "sinh(0) = 0", Math.Sinh),
        Plain("cosh", "Hyperbolic cosine.", "cosh(0) = 1", Math.Cosh),
        Plain("tanh", "Hyperbolic tangent.", "tanh(0) = 0", Math.Tanh),
        Plain("asinh", "Inverse hyperbolic sine.", "asinh(0) = 0", Math.Asinh),
        Checked("acosh", "Inverse hyperbolic cosine.", "acosh(1) = 0", Math.Acosh, value => !(value < 1)),
        Checked("atanh", "Inverse hyperbolic tangent.", "atanh(0) = 0", Math.Atanh, value => !(Math.Abs(value) > 1)),
        Angle("sind", "Sine of an angle in degrees.", "sind(30) = 0.5", DegreeMath.Sine),
        Angle("cosd", "Cosine of an angle in degrees.", "cosd(60) = 0.5", DegreeMath.Cosine),
        Angle("tand", "Tangent of an angle in degrees.", "tand(45) = 1", DegreeMath.Tangent),
        Angle("cotd", "Cotangent of an angle in degrees.", "cotd(45) = 1", DegreeMath.Cotangent),
        Inverse("asind", "Angle of a sine, in degrees.", "asind(0.5) = 30", DegreeMath.ArcSine),
        Inverse("acosd", "Angle of a cosine, in degrees.", "acosd(0.5) = 60", DegreeMath.ArcCosine),
        Plain("atand", "Angle of a tangent, in degrees.", "atand(1) = 45", DegreeMath.ArcTangent),
        new(
            MathInfo.Of("atan2d(y, x)", "Angle of the point (x, y) in degrees.", "atan2d(1, 1) = 45"),
            [RowKernel.Overload<FixedBuilder<double>>([DataType.Double, DataType.Double], DataType.Double, (a, row, result) => result.Append(DegreeMath.OfPoint(a.Double(0, row), a.Double(1, row))))]),
        Plain("degrees", "Radians in degrees.", "degrees(pi()) = 180", value => value * (180 / Math.PI)),
        Plain("radians", "Degrees in radians.", "radians(180) = pi()", value => value * (Math.PI / 180)),
        new(
            MathInfo.Of("atan2(y, x)", "Angle of the point (x, y), given y and x.", "atan2(0, 1) = 0"),
            [RowKernel.Overload<FixedBuilder<double>>([DataType.Double, DataType.Double], DataType.Double, (a, row, result) => result.Append(Math.Atan2(a.Double(0, row), a.Double(1, row))))]),
        Constant("pi", "The ratio of a circle's circumference to its diameter.", "round(pi(), 4) = 3.1416", Math.PI),
        Constant("e", "The base of natural logarithms.", "round(e(), 4) = 2.7183", Math.E),
        Constant("nan", "Not a number.", "nan() = 'NaN'::double", double.NaN),
        Constant("infinity", "The value above all numbers.", "infinity() = 'Infinity'::double", double.PositiveInfinity),
    ];

    private static ScalarFunction Plain(string name, string description, string example, Func<double, double> compute) => new(
        MathInfo.Of($"{name}(x)", description, example),
        [RowKernel.Overload<FixedBuilder<double>>([DataType.Double], DataType.Double, (a, row, result) => result.Append(compute(a.Double(0, row))))]);

    /// <summary>Not defined for infinite angles.</summary>
    private static ScalarFunction Angle(string name, string description, string example, Func<double, double> compute) =>
        Checked(name, description, example, compute, value => !double.IsInfinity(value));

    /// <summary>Not defined beyond 1.</summary>
    private static ScalarFunction Inverse(string name, string description, string example, Func<double, double> compute) =>
        Checked(name, description, example, compute, value => !(Math.Abs(value) > 1));

    private static ScalarFunction Checked(string name, string description, string example, Func<double, double> compute, Func<double, bool> isDefined) => new(
        MathInfo.Of($"{name}(x)", description, example),
        [RowKernel.Overload<FixedBuilder<double>>(
            [DataType.Double],
            DataType.Double,
            (a, row, result) =>
            {
                var value = a.Double(0, row);
                result.Append(isDefined(value) ? compute(value) : throw MathInfo.OutOfRange($"{name}({MathInfo.Text(value)})"));
            },
            canFail: true)]);

    private static ScalarFunction Constant(string name, string description, string example, double value) => new(
        MathInfo.Of($"{name}()", description, example), [RowKernel.Overload<FixedBuilder<double>>([], DataType.Double, (_, _, result) => result.Append(value))]);
}
