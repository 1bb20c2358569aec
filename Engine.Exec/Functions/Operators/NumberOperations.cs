using System.Globalization;
using System.Numerics;
using Engine.Core.Errors;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Operators;

/// <summary>Integer arithmetic with overflow as an error.</summary>
internal static class IntegerErrors
{
    public static QueryException Overflow<T>(string symbol, T left, T right) =>
        new(ErrorCodes.NumericValueOutOfRange, string.Create(CultureInfo.InvariantCulture, $"{NameOf<T>()} out of range: {left} {symbol} {right}"));

    public static QueryException DivisionByZero<T>(string symbol, T left) =>
        new(ErrorCodes.DivisionByZero, string.Create(CultureInfo.InvariantCulture, $"division by zero: {left} {symbol} 0"));

    public static string NameOf<T>() => typeof(T) == typeof(long) ? "bigint" : typeof(T) == typeof(int) ? "integer" : typeof(T) == typeof(short) ? "smallint" : "tinyint";
}

internal readonly struct AddInteger<T> : IPartialBinaryOperation<T, T, T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static bool TryInvoke(T left, T right, out T result)
    {
        result = left + right;
        return ((left ^ result) & (right ^ result)) >= T.Zero;
    }

    public static QueryException Failure(T left, T right) => IntegerErrors.Overflow("+", left, right);
}

internal readonly struct SubtractInteger<T> : IPartialBinaryOperation<T, T, T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static bool TryInvoke(T left, T right, out T result)
    {
        result = left - right;
        return ((left ^ right) & (left ^ result)) >= T.Zero;
    }

    public static QueryException Failure(T left, T right) => IntegerErrors.Overflow("-", left, right);
}

internal readonly struct MultiplyInteger<T> : IPartialBinaryOperation<T, T, T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static bool TryInvoke(T left, T right, out T result)
    {
        result = left * right;
        if (typeof(T) == typeof(long))
        {
            var high = Math.BigMul(long.CreateTruncating(left), long.CreateTruncating(right), out long low);
            return high == low >> 63;
        }

        var wide = long.CreateTruncating(left) * long.CreateTruncating(right);
        return wide == long.CreateTruncating(result);
    }

    public static QueryException Failure(T left, T right) => IntegerErrors.Overflow("*", left, right);
}

internal readonly struct DivideInteger<T> : IPartialBinaryOperation<T, T, T>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    public static bool TryInvoke(T left, T right, out T result)
    {
        if (right == T.Zero || (left == T.MinValue && right == -T.One))
        {
            result = default;
            return false;
        }

        result = left / right;
        return true;
    }

    public static QueryException Failure(T left, T right) =>
        right == T.Zero ? IntegerErrors.DivisionByZero("/", left) : IntegerErrors.Overflow("/", left, right);
}

internal readonly struct ModuloInteger<T> : IPartialBinaryOperation<T, T, T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static bool TryInvoke(T left, T right, out T result)
    {
        // The smallest integer modulo -1 is 0, but the processor faults on it.
        result = right == T.Zero || right == -T.One ? T.Zero : left % right;
        return right != T.Zero;
    }

    public static QueryException Failure(T left, T right) => IntegerErrors.DivisionByZero("%", left);
}

internal readonly struct NegateInteger<T> : IPartialUnaryOperation<T, T>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    public static bool TryInvoke(T value, out T result)
    {
        result = -value;
        return value != T.MinValue;
    }

    public static QueryException Failure(T value) =>
        new(ErrorCodes.NumericValueOutOfRange, string.Create(CultureInfo.InvariantCulture, $"{IntegerErrors.NameOf<T>()} out of range: -({value})"));
}

internal readonly struct AddFloat<T> : IBinaryOperation<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T Invoke(T left, T right) => left + right;
}

internal readonly struct SubtractFloat<T> : IBinaryOperation<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T Invoke(T left, T right) => left - right;
}

internal readonly struct MultiplyFloat<T> : IBinaryOperation<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T Invoke(T left, T right) => left * right;
}

/// <summary>IEEE division: by zero it is infinite or NaN, as raw data is full of zeros.</summary>
internal readonly struct DivideFloat<T> : IBinaryOperation<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T Invoke(T left, T right) => left / right;
}

internal readonly struct ModuloFloat<T> : IBinaryOperation<T, T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T Invoke(T left, T right) => left % right;
}

internal readonly struct NegateFloat<T> : IUnaryOperation<T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T Invoke(T value) => -value;
}
