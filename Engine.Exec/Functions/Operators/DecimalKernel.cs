using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Operators;

/// <summary>The decimal operators.</summary>
internal enum DecimalOperator : byte
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

/// <summary>
/// Exact decimal arithmetic. Values are unscaled integers; both sides are brought to the scale that the operator needs, and a result with more
/// digits than its type is an error. Results that cannot overflow 64 bits by their types are computed there.
/// </summary>
internal static unsafe class DecimalKernel
{
    public static ScalarKernel Bind(DecimalOperator symbol, ScalarBinding binding)
    {
        var left = (DecimalType)binding.ArgumentTypes[0];
        var right = (DecimalType)binding.ArgumentTypes[1];
        var result = (DecimalType)binding.ResultType;
        var isCompact = left.IsCompact && right.IsCompact && result.IsCompact;
        return (symbol, isCompact) switch
        {
            (DecimalOperator.Add, true) => CompactSum(left, right, result, 1),
            (DecimalOperator.Subtract, true) => CompactSum(left, right, result, -1),
            (DecimalOperator.Multiply, true) => CompactProduct(result),
            _ => Wide(symbol, left, right, result),
        };
    }

    private static ScalarKernel CompactSum(DecimalType left, DecimalType right, DecimalType result, long sign)
    {
        var leftFactor = (long)DecimalText.PowerOfTen(result.Scale - left.Scale);
        var rightFactor = (long)DecimalText.PowerOfTen(result.Scale - right.Scale) * sign;
        return (in context, arguments, rowCount) =>
        {
            var buffer = context.Pool.Allocate(rowCount * 8L, "values");
            Sum(new FixedArgument<long>(arguments[0]), leftFactor, new FixedArgument<long>(arguments[1]), rightFactor, (long*)buffer.Pointer, rowCount);
            return new FixedColumn(result, rowCount, new BufferSlice(buffer), ResultValidity.Of(arguments, rowCount, context.Pool));
        };
    }

    private static ScalarKernel CompactProduct(DecimalType result) => (in context, arguments, rowCount) =>
    {
        var buffer = context.Pool.Allocate(rowCount * 8L, "values");
        Product(new FixedArgument<long>(arguments[0]), new FixedArgument<long>(arguments[1]), (long*)buffer.Pointer, rowCount);
        return new FixedColumn(result, rowCount, new BufferSlice(buffer), ResultValidity.Of(arguments, rowCount, context.Pool));
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(FixedArgument<long> left, long leftFactor, FixedArgument<long> right, long rightFactor, long* result, int rowCount)
    {
        for (var row = 0; row < rowCount; row++)
        {
            result[row] = (left[row] * leftFactor) + (right[row] * rightFactor);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Product(FixedArgument<long> left, FixedArgument<long> right, long* result, int rowCount)
    {
        for (var row = 0; row < rowCount; row++)
        {
            result[row] = left[row] * right[row];
        }
    }

    private static ScalarKernel Wide(DecimalOperator symbol, DecimalType left, DecimalType right, DecimalType result) => (in context, arguments, rowCount) =>
    {
        var validity = ResultValidity.Of(arguments, rowCount, context.Pool);
        var buffer = context.Pool.Allocate((long)rowCount * result.ByteWidth, "values");
        var column = new FixedColumn(result, rowCount, new BufferSlice(buffer), validity);
        try
        {
            var leftValues = new DecimalArgument(arguments[0]);
            var rightValues = new DecimalArgument(arguments[1]);
            for (var row = 0; row < rowCount; row++)
            {
                var value = validity.IsValid(row) ? Compute(symbol, leftValues[row], left, rightValues[row], right, result) : 0;
                if (result.IsCompact)
                {
                    ((long*)buffer.Pointer)[row] = (long)value;
                }
                else
                {
                    ((Int128*)buffer.Pointer)[row] = value;
                }
            }

            return column;
        }
        catch (QueryException error)
        {
            column.Dispose();
            throw error.At(context.Span);
        }
    };

    private static Int128 Compute(DecimalOperator symbol, Int128 left, DecimalType leftType, Int128 right, DecimalType rightType, DecimalType result)
    {
        switch (symbol)
        {
            case DecimalOperator.Add or DecimalOperator.Subtract:
                var common = Math.Max(leftType.Scale, rightType.Scale);
                var a = (BigInteger)left * (BigInteger)DecimalText.PowerOfTen(common - leftType.Scale);
                var b = (BigInteger)right * (BigInteger)DecimalText.PowerOfTen(common - rightType.Scale);
                return Check(Rescale(symbol == DecimalOperator.Add ? a + b : a - b, common, result.Scale), result);
            case DecimalOperator.Multiply:
                if (leftType.IsCompact && rightType.IsCompact && leftType.Scale + rightType.Scale == result.Scale)
                {
                    return left * right;
                }

                return Check(Rescale((BigInteger)left * right, leftType.Scale + rightType.Scale, result.Scale), result);
            case DecimalOperator.Divide:
                if (right == 0)
                {
                    throw new QueryException(ErrorCodes.DivisionByZero, $"division by zero: {TextOf(left, leftType)} / 0");
                }

                return Check(RoundedQuotient((BigInteger)left * BigInteger.Pow(10, result.Scale + rightType.Scale - leftType.Scale), right), result);
            default:
                if (right == 0)
                {
                    throw new QueryException(ErrorCodes.DivisionByZero, $"division by zero: {TextOf(left, leftType)} % 0");
                }

                var scale = Math.Max(leftType.Scale, rightType.Scale);
                var dividend = (BigInteger)left * (BigInteger)DecimalText.PowerOfTen(scale - leftType.Scale);
                var divisor = (BigInteger)right * (BigInteger)DecimalText.PowerOfTen(scale - rightType.Scale);
                return Check(Rescale(BigInteger.Remainder(dividend, divisor), scale, result.Scale), result);
        }
    }

    private static BigInteger Rescale(BigInteger value, int from, int to) =>
        from <= to ? value * BigInteger.Pow(10, to - from) : RoundedQuotient(value, BigInteger.Pow(10, from - to));

    /// <summary>Division with halves away from zero.</summary>
    private static BigInteger RoundedQuotient(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        return BigInteger.Abs(remainder) * 2 >= BigInteger.Abs(divisor) ? quotient + (dividend.Sign * divisor.Sign) : quotient;
    }

    private static Int128 Check(BigInteger value, DecimalType type) => BigInteger.Abs(value) < (BigInteger)DecimalText.PowerOfTen(type.Precision - 1) * 10
        ? (Int128)value
        : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"value does not fit {type}: {value} with {type.Scale} fraction digits");

    private static string TextOf(Int128 value, DecimalType type)
    {
        Span<byte> text = stackalloc byte[64];
        return System.Text.Encoding.ASCII.GetString(text[..DecimalText.Format(value, type.Scale, text)]);
    }
}

/// <summary>Unscaled decimals of either width.</summary>
internal readonly struct DecimalArgument
{
    private readonly FixedArgument<long> _compact;
    private readonly FixedArgument<Int128> _wide;
    private readonly bool _isCompact;

    public DecimalArgument(Column argument)
    {
        _isCompact = argument.Type.ByteWidth == 8;
        _compact = _isCompact ? new FixedArgument<long>(argument) : default;
        _wide = _isCompact ? default : new FixedArgument<Int128>(argument);
    }

    public Int128 this[int row] => _isCompact ? _compact[row] : _wide[row];
}
