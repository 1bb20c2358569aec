using System.Collections.Immutable;
using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Functions.Operators;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>Signs, whole quotients, random numbers and special values.</summary>
internal static class NumberFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            MathInfo.Of("abs(x)", "The number without its sign.", "abs(-2) = 2"),
            [
                Absolute<sbyte>(DataType.TinyInt),
                Absolute<short>(DataType.SmallInt),
                Absolute<int>(DataType.Integer),
                Absolute<long>(DataType.BigInt),
                new([DataType.Real], _ => DataType.Real, UnaryKernel.Total<float, float, AbsoluteNumber<float>>),
                new([DataType.Double], _ => DataType.Double, UnaryKernel.Total<double, double, AbsoluteNumber<double>>),
                new([DecimalParameter.Instance], types => types[0], binding => binding.ArgumentTypes[0].ByteWidth == 8
                    ? UnaryKernel.Total<long, long, AbsoluteNumber<long>>(binding)
                    : UnaryKernel.Total<Int128, Int128, AbsoluteNumber<Int128>>(binding)),
            ]),
        new(
            MathInfo.Of("sign(x)", "-1, 0 or 1.", "sign(-8) = -1"),
            [
                RowKernel.Overload<FixedBuilder<int>>([DataType.BigInt], DataType.Integer, (a, row, result) => result.Append(Math.Sign(a.Long(0, row)))),
                new([DecimalParameter.Instance], _ => DataType.Decimal(1, 0), binding => RowKernel.Strict<FixedBuilder<long>>(
                    binding.ResultType, (a, row, result) => result.Append(Int128.Sign(new DecimalCells(a, 0)[row])))),
                RowKernel.Overload<FixedBuilder<double>>([DataType.Double], DataType.Double, (a, row, result) =>
                    result.Append(double.IsNaN(a.Double(0, row)) ? 0 : Math.Sign(a.Double(0, row)))),
            ]),
        new(
            MathInfo.Of("div(x, y)", "The quotient cut to a whole number.", "div(-7, 2) = -3", "//"),
            [
                new([DataType.Integer, DataType.Integer], _ => DataType.Integer, BinaryKernel.Partial<int, int, int, DivideInteger<int>>) { CanFail = true },
                new([DataType.BigInt, DataType.BigInt], _ => DataType.BigInt, BinaryKernel.Partial<long, long, long, DivideInteger<long>>) { CanFail = true },
                RowKernel.Overload<FixedBuilder<double>>(
                    [DataType.Double, DataType.Double],
                    DataType.Double,
                    (a, row, result) => result.Append(a.Double(1, row) == 0
                        ? throw new QueryException(ErrorCodes.DivisionByZero, $"division by zero: div({MathInfo.Text(a.Double(0, row))}, 0)")
                        : Math.Truncate(a.Double(0, row) / a.Double(1, row))),
                    canFail: true),
            ]),
        new(MathInfo.Of("gcd(x, y)", "The greatest common divisor.", "gcd(12, 18) = 6"), [.. Wholes((left, right) => BigInteger.GreatestCommonDivisor(left, right))]),
        new(
            MathInfo.Of("lcm(x, y)", "The least common multiple.", "lcm(4, 6) = 12"),
            [.. Wholes((left, right) => left.IsZero || right.IsZero ? 0 : BigInteger.Abs(left / BigInteger.GreatestCommonDivisor(left, right) * right))]),
        new(MathInfo.Of("factorial(n)", "The product of the whole numbers up to n.", "factorial(5) = 120"), [RowKernel.Overload<FixedBuilder<Int128>>([DataType.BigInt], DataType.Decimal(38, 0), WriteFactorial, canFail: true)]),
        new(
            MathInfo.Of("width_bucket(x, low, high, count)", "Which of n equal parts of a range a number falls into: 0 below, n + 1 above.", "width_bucket(5.35, 0.024, 10.06, 5) = 3"),
            [
                .. BucketFunctions.Overloads,
            ]),
        new(
            MathInfo.Of("even(x)", "The nearest even number away from zero.", "even(2.9) = 4"),
            [RowKernel.Overload<FixedBuilder<double>>([DataType.Double], DataType.Double, (a, row, result) => result.Append(a.Double(0, row) switch
            {
                var value and < 0 => Math.Floor(value / 2) * 2,
                var value => Math.Ceiling(value / 2) * 2,
            }))]),
        new(
            MathInfo.Of("nextafter(x, y)", "The next double from a number in the direction of another.", "nextafter(1, 1) = 1"),
            [RowKernel.Overload<FixedBuilder<double>>([DataType.Double, DataType.Double], DataType.Double, (a, row, result) => result.Append((a.Double(0, row), a.Double(1, row)) switch
            {
                var (from, to) when double.IsNaN(from) || double.IsNaN(to) => double.NaN,
                var (from, to) when from == to => to,
                var (from, to) => from < to ? double.BitIncrement(from) : double.BitDecrement(from),
            }))]),
        Test("signbit", "Whether the number has a minus sign, as -0 has.", "signbit(-1e0) = true", double.IsNegative),
        new(
            MathInfo.Of("safe_divide(x, y)", "The quotient; NULL where the divisor is 0.", "safe_divide(1, 0) IS NULL = true"),
            [RowKernel.Overload<FixedBuilder<double>>([DataType.Double, DataType.Double], DataType.Double, (a, row, result) =>
                result.AppendValue(a.Double(1, row) == 0 ? null : a.Double(0, row) / a.Double(1, row)))]),
        new(
            MathInfo.Of("scale(number)", "Digits behind the point of a decimal type.", "scale(8.41) = 2"),
            [new([DecimalParameter.Instance], _ => DataType.Integer, binding =>
            {
                var scale = ((DecimalType)binding.ArgumentTypes[0]).Scale;
                return RowKernel.Strict<FixedBuilder<int>>(DataType.Integer, (_, _, result) => result.Append(scale));
            })]),
        new(
            MathInfo.Of("min_scale(number)", "Digits behind the point that a decimal needs.", "min_scale(8.4100) = 2"),
            [new([DecimalParameter.Instance], _ => DataType.Integer, binding =>
            {
                var scale = ((DecimalType)binding.ArgumentTypes[0]).Scale;
                return RowKernel.Strict<FixedBuilder<int>>(DataType.Integer, (a, row, result) => result.Append(NeededScale(new DecimalCells(a, 0)[row], scale)));
            })]),
        new(
            MathInfo.Of("trim_scale(number)", "The decimal without zeros at its end; of a column the scale stays, as all rows share it.", "trim_scale(8.4100) = 8.41"),
            [new([DecimalParameter.Instance], types => types[0], _ => (in context, arguments, rowCount) => arguments[0].Retain())]),
        Test("is_nan", "Whether the number is NaN.", "is_nan(nan()) = true", double.IsNaN, "isnan"),
        Test("is_finite", "Whether the number is neither infinite nor NaN.", "is_finite(1e0) = true", double.IsFinite),
        Test("is_infinite", "Whether the number is infinite.", "is_infinite(infinity()) = true", double.IsInfinity, "isinf"),
    ];

    private delegate BigInteger WholeOperation(BigInteger left, BigInteger right);

    private static int NeededScale(Int128 value, int scale)
    {
        for (; scale > 0 && value % 10 == 0; scale--)
        {
            value /= 10;
        }

        return scale;
    }

    private static ScalarOverload Absolute<T>(DataType type)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => new([type], _ => type, UnaryKernel.Partial<T, T, AbsoluteInteger<T>>) { CanFail = true };

    private static IEnumerable<ScalarOverload> Wholes(WholeOperation operation) =>
    [
        RowKernel.Overload<FixedBuilder<int>>(
            [DataType.Integer, DataType.Integer],
            DataType.Integer,
            (a, row, result) =>
            {
                var value = operation(a.Fixed<int>(0, row), a.Fixed<int>(1, row));
                result.Append(value <= int.MaxValue ? (int)value : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"integer out of range: {value}"));
            },
            canFail: true),
        RowKernel.Overload<FixedBuilder<long>>(
            [DataType.BigInt, DataType.BigInt],
            DataType.BigInt,
            (a, row, result) =>
            {
                var value = operation(a.Long(0, row), a.Long(1, row));
                result.Append(value <= long.MaxValue ? (long)value : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"bigint out of range: {value}"));
            },
            canFail: true),
    ];

    private static void WriteFactorial(RowArguments a, int row, FixedBuilder<Int128> result)
    {
        var number = a.Long(0, row);
        if (number is < 0 or > 33)
        {
            throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"factorial is out of range: {number}", hint: "It goes from 0 to 33.");
        }

        Int128 product = 1;
        for (var i = 2; i <= number; i++)
        {
            product *= i;
        }

        result.Append(product);
    }

    private static ScalarFunction Test(string name, string description, string example, Func<double, bool> test, params ImmutableArray<string> aliases) => new(
        MathInfo.Of($"{name}(x)", description, example, aliases),
        [RowKernel.Overload<BooleanBuilder>([DataType.Double], DataType.Boolean, (a, row, result) => result.Append(test(a.Double(0, row))))]);

    private readonly struct AbsoluteNumber<T> : IUnaryOperation<T, T>
        where T : unmanaged, INumber<T>
    {
        public static T Invoke(T value) => T.IsNegative(value) ? -value : value;
    }

    private readonly struct AbsoluteInteger<T> : IPartialUnaryOperation<T, T>
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        public static bool TryInvoke(T value, out T result)
        {
            result = T.IsNegative(value) ? -value : value;
            return value != T.MinValue;
        }

        public static QueryException Failure(T value) => new(ErrorCodes.NumericValueOutOfRange, $"{IntegerErrors.NameOf<T>()} out of range: abs({value})");
    }
}
