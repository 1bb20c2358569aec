using System.Collections.Immutable;
using System.Numerics;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Functions.Json;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Operators;

/// <summary>Arithmetic on numbers.</summary>
internal static class ArithmeticOperators
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(Info("+(left, right)", "Sum.", "2 + 3 = 5"),
        [
            .. Integers<AddInteger<sbyte>, AddInteger<short>, AddInteger<int>, AddInteger<long>>(),
            .. Floats<AddFloat<float>, AddFloat<double>>(),
            Decimals(DecimalOperator.Add, DecimalTypes.OfSum),
            .. TemporalOperators.Add,
        ]),
        new(Info("-(left, right)", "Difference; before one number its negative.", "5 - 3 = 2"),
        [
            .. Integers<SubtractInteger<sbyte>, SubtractInteger<short>, SubtractInteger<int>, SubtractInteger<long>>(),
            .. Floats<SubtractFloat<float>, SubtractFloat<double>>(),
            Decimals(DecimalOperator.Subtract, DecimalTypes.OfSum),
            .. TemporalOperators.Subtract,
            .. Negations(),
            .. JsonEditFunctions.Subtract,
        ]),
        new(Info("*(left, right)", "Product.", "2 * 3 = 6"),
        [
            .. Integers<MultiplyInteger<sbyte>, MultiplyInteger<short>, MultiplyInteger<int>, MultiplyInteger<long>>(),
            .. Floats<MultiplyFloat<float>, MultiplyFloat<double>>(),
            Decimals(DecimalOperator.Multiply, DecimalTypes.OfProduct),
            .. TemporalOperators.Multiply,
        ]),
        new(Info("/(left, right)", "Quotient; of integers it is cut towards zero.", "7 / 2 = 3"),
        [
            .. Integers<DivideInteger<sbyte>, DivideInteger<short>, DivideInteger<int>, DivideInteger<long>>(),
            .. Floats<DivideFloat<float>, DivideFloat<double>>(),
            Decimals(DecimalOperator.Divide, DecimalTypes.OfQuotient),
            .. TemporalOperators.Divide,
        ]),
        new(Info("%(left, right)", "Remainder, with the sign of the dividend.", "7 % 3 = 1") with { Aliases = ["mod"] },
        [
            .. Integers<ModuloInteger<sbyte>, ModuloInteger<short>, ModuloInteger<int>, ModuloInteger<long>>(),
            .. Floats<ModuloFloat<float>, ModuloFloat<double>>(),
            Decimals(DecimalOperator.Modulo, DecimalTypes.OfRemainder),
        ]),
    ];

    private static FunctionInfo Info(string name, string description, string example) => new(name, "operators", description, example);

    private static IEnumerable<ScalarOverload> Integers<TTiny, TSmall, TInt, TBig>()
        where TTiny : struct, IPartialBinaryOperation<sbyte, sbyte, sbyte>
        where TSmall : struct, IPartialBinaryOperation<short, short, short>
        where TInt : struct, IPartialBinaryOperation<int, int, int>
        where TBig : struct, IPartialBinaryOperation<long, long, long> =>
    [
        Integer<sbyte, TTiny>(DataType.TinyInt),
        Integer<short, TSmall>(DataType.SmallInt),
        Integer<int, TInt>(DataType.Integer),
        Integer<long, TBig>(DataType.BigInt),
    ];

    private static ScalarOverload Integer<T, TOperation>(DataType type)
        where T : unmanaged
        where TOperation : struct, IPartialBinaryOperation<T, T, T> =>
        new([type, type], _ => type, BinaryKernel.Partial<T, T, T, TOperation>) { CanFail = true };

    private static IEnumerable<ScalarOverload> Floats<TReal, TDouble>()
        where TReal : struct, IBinaryOperation<float, float, float>
        where TDouble : struct, IBinaryOperation<double, double, double> =>
    [
        new([DataType.Real, DataType.Real], _ => DataType.Real, BinaryKernel.Total<float, float, float, TReal>),
        new([DataType.Double, DataType.Double], _ => DataType.Double, BinaryKernel.Total<double, double, double, TDouble>),
    ];

    private static ScalarOverload Decimals(DecimalOperator symbol, Func<DecimalType, DecimalType, DecimalType> result) => new(
        [DecimalParameter.Instance, DecimalParameter.Instance],
        types => result((DecimalType)types[0], (DecimalType)types[1]),
        binding => DecimalKernel.Bind(symbol, binding))
    {
        CanFail = true,
    };

    private static IEnumerable<ScalarOverload> Negations() =>
    [
        Negation<sbyte>(DataType.TinyInt),
        Negation<short>(DataType.SmallInt),
        Negation<int>(DataType.Integer),
        Negation<long>(DataType.BigInt),
        new([DataType.Real], _ => DataType.Real, UnaryKernel.Total<float, float, NegateFloat<float>>),
        new([DataType.Double], _ => DataType.Double, UnaryKernel.Total<double, double, NegateFloat<double>>),
        new([DecimalParameter.Instance], types => types[0], binding => binding.ArgumentTypes[0].ByteWidth == 8
            ? UnaryKernel.Total<long, long, NegateDecimal<long>>(binding)
            : UnaryKernel.Total<Int128, Int128, NegateDecimal<Int128>>(binding)),
    ];

    private static ScalarOverload Negation<T>(DataType type)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        new([type], _ => type, UnaryKernel.Partial<T, T, NegateInteger<T>>) { CanFail = true };

    /// <summary>A decimal's unscaled value never is the smallest integer.</summary>
    private readonly struct NegateDecimal<T> : IUnaryOperation<T, T>
        where T : unmanaged, IBinaryInteger<T>
    {
        public static T Invoke(T value) => -value;
    }
}
