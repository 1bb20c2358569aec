using System.Collections.Immutable;
using System.Numerics;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Functions.Operators;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>Bits of integers.</summary>
internal static class BitFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(MathInfo.Of("&(left, right)", "Bits set in both.", "12 & 10 = 8", "bitwise_and"), [.. Binary<And<short>, And<int>, And<long>>()]),
        new(MathInfo.Of("|(left, right)", "Bits set in either.", "(12 | 10) = 14", "bitwise_or"), [.. Binary<Or<short>, Or<int>, Or<long>>()]),
        new(MathInfo.Of("#(left, right)", "Bits set in one alone.", "12 # 10 = 6", "bitwise_xor"), [.. Binary<Xor<short>, Xor<int>, Xor<long>>()]),
        new(MathInfo.Of("<<(value, count)", "Bits moved up.", "1 << 4 = 16", "bitwise_left_shift"), [.. Shifts<ShiftLeft<short>, ShiftLeft<int>, ShiftLeft<long>>()]),
        new(MathInfo.Of(">>(value, count)", "Bits moved down, the sign kept.", "-16 >> 2 = -4", "bitwise_right_shift_arithmetic"), [.. Shifts<ShiftRight<short>, ShiftRight<int>, ShiftRight<long>>()]),
        new(
            MathInfo.Of("bitwise_right_shift(value, count)", "Bits moved down, zeros moved in; of a negative number too.", "bitwise_right_shift(-1::bigint, 60) = 15"),
            [
                RowKernel.Overload<FixedBuilder<int>>([DataType.Integer, DataType.Integer], DataType.Integer, (a, row, result) => result.Append((int)((uint)a.Fixed<int>(0, row) >>> a.Fixed<int>(1, row)))),
                RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt, DataType.Integer], DataType.BigInt, (a, row, result) => result.Append(a.Long(0, row) >>> a.Fixed<int>(1, row))),
            ]),
        new(
            MathInfo.Of("~(value)", "All bits turned over.", "~ 5 = -6", "bitwise_not"),
            [
                new([DataType.SmallInt], _ => DataType.SmallInt, UnaryKernel.Total<short, short, Not<short>>),
                new([DataType.Integer], _ => DataType.Integer, UnaryKernel.Total<int, int, Not<int>>),
                new([DataType.BigInt], _ => DataType.BigInt, UnaryKernel.Total<long, long, Not<long>>),
            ]),
        new(
            MathInfo.Of("bit_count(value, bits)", "Set bits of an integer in 64 bits, or of a binary value.", "bit_count(7) = 3"),
            [
                RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt], DataType.BigInt, (a, row, result) => result.Append(BitOperations.PopCount((ulong)a.Long(0, row)))),
                RowKernel.Overload<FixedBuilder<long>>([DataType.Varbinary], DataType.BigInt, (a, row, result) =>
                {
                    var count = 0L;
                    foreach (var item in a.Text(0, row))
                    {
                        count += BitOperations.PopCount(item);
                    }

                    result.Append(count);
                }),
                RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt, DataType.BigInt], DataType.BigInt, WriteCount, canFail: true),
            ]),
    ];

    /// <summary>The set bits of a number in two's complement of a width, into which it has to fit.</summary>
    private static void WriteCount(RowArguments a, int row, FixedBuilder<long> result)
    {
        var (value, width) = (a.Long(0, row), a.Long(1, row));
        if (width is < 2 or > 64)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"bits of bit_count must be from 2 to 64: {width}");
        }

        var shift = 64 - (int)width;
        result.Append(value << shift >> shift == value
            ? BitOperations.PopCount((ulong)(value << shift))
            : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"number must be representable in {width} bits: {value}"));
    }

    private static IEnumerable<ScalarOverload> Binary<TSmall, TInt, TBig>()
        where TSmall : struct, IBinaryOperation<short, short, short>
        where TInt : struct, IBinaryOperation<int, int, int>
        where TBig : struct, IBinaryOperation<long, long, long> =>
    [
        new([DataType.SmallInt, DataType.SmallInt], _ => DataType.SmallInt, BinaryKernel.Total<short, short, short, TSmall>),
        new([DataType.Integer, DataType.Integer], _ => DataType.Integer, BinaryKernel.Total<int, int, int, TInt>),
        new([DataType.BigInt, DataType.BigInt], _ => DataType.BigInt, BinaryKernel.Total<long, long, long, TBig>),
    ];

    private static IEnumerable<ScalarOverload> Shifts<TSmall, TInt, TBig>()
        where TSmall : struct, IBinaryOperation<short, int, short>
        where TInt : struct, IBinaryOperation<int, int, int>
        where TBig : struct, IBinaryOperation<long, int, long> =>
    [
        new([DataType.SmallInt, DataType.Integer], _ => DataType.SmallInt, BinaryKernel.Total<short, int, short, TSmall>),
        new([DataType.Integer, DataType.Integer], _ => DataType.Integer, BinaryKernel.Total<int, int, int, TInt>),
        new([DataType.BigInt, DataType.Integer], _ => DataType.BigInt, BinaryKernel.Total<long, int, long, TBig>),
    ];

    private readonly struct And<T> : IBinaryOperation<T, T, T>
        where T : unmanaged, IBinaryInteger<T>
    {
        public static T Invoke(T left, T right) => left & right;
    }

    private readonly struct Or<T> : IBinaryOperation<T, T, T>
        where T : unmanaged, IBinaryInteger<T>
    {
        public static T Invoke(T left, T right) => left | right;
    }

    private readonly struct Xor<T> : IBinaryOperation<T, T, T>
        where T : unmanaged, IBinaryInteger<T>
    {
        public static T Invoke(T left, T right) => left ^ right;
    }

    private readonly struct ShiftLeft<T> : IBinaryOperation<T, int, T>
        where T : unmanaged, IBinaryInteger<T>
    {
        // The count wraps at 32, as where a smallint is shifted as an integer.
        public static T Invoke(T left, int right) => typeof(T) == typeof(short) ? T.CreateTruncating(int.CreateTruncating(left) << right) : left << right;
    }

    private readonly struct ShiftRight<T> : IBinaryOperation<T, int, T>
        where T : unmanaged, IBinaryInteger<T>
    {
        public static T Invoke(T left, int right) => typeof(T) == typeof(short) ? T.CreateTruncating(int.CreateTruncating(left) >> right) : left >> right;
    }

    private readonly struct Not<T> : IUnaryOperation<T, T>
        where T : unmanaged, IBinaryInteger<T>
    {
        public static T Invoke(T value) => ~value;
    }
}
