using System.Globalization;
using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Functions.Operators;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Conversion;

/// <summary>
/// Casts between numbers. Decimals round half away from zero, doubles half to even on their way to integers, as in PostgreSQL; what does not fit
/// is an error that names the value.
/// </summary>
internal static class NumberCasts
{
    public static ScalarKernel Bind(DataType from, DataType to, bool isTry) => from.Kind switch
    {
        TypeKind.TinyInt => FromInteger<sbyte>(from, to, isTry),
        TypeKind.SmallInt => FromInteger<short>(from, to, isTry),
        TypeKind.Integer => FromInteger<int>(from, to, isTry),
        TypeKind.BigInt => FromInteger<long>(from, to, isTry),
        TypeKind.Real => FromFloat<float>(to, isTry),
        TypeKind.Double => FromFloat<double>(to, isTry),
        _ => FromDecimal((DecimalType)from, to, isTry),
    };

    private delegate bool Conversion<TFrom, TTo>(TFrom value, out TTo result);

    private static ScalarKernel FromInteger<T>(DataType from, DataType to, bool isTry)
        where T : unmanaged, IBinaryInteger<T> => to.Kind switch
        {
            TypeKind.TinyInt => Convert<T, sbyte>(to, TryNarrow, isTry),
            TypeKind.SmallInt => Convert<T, short>(to, TryNarrow, isTry),
            TypeKind.Integer => Convert<T, int>(to, TryNarrow, isTry),
            TypeKind.BigInt => UnaryKernel.Total<T, long, Widen<T, long>>(new ScalarBinding([from], to, System.Collections.Immutable.ImmutableDictionary<int, object?>.Empty, null)),
            TypeKind.Real => Convert<T, float>(to, (T value, out float result) => Always(float.CreateTruncating(value), out result), isTry),
            TypeKind.Double => UnaryKernel.Total<T, double, Widen<T, double>>(new ScalarBinding([from], to, System.Collections.Immutable.ImmutableDictionary<int, object?>.Empty, null)),
            _ => ToDecimal<T>((DecimalType)to, 0, isTry, value => Int128.CreateTruncating(value)),
        };

    private static ScalarKernel FromFloat<T>(DataType to, bool isTry)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => to.Kind switch
        {
            TypeKind.TinyInt => Convert<T, sbyte>(to, TryRound, isTry),
            TypeKind.SmallInt => Convert<T, short>(to, TryRound, isTry),
            TypeKind.Integer => Convert<T, int>(to, TryRound, isTry),
            TypeKind.BigInt => Convert<T, long>(to, TryRound, isTry),
            TypeKind.Real => Convert<T, float>(to, (T value, out float result) => Always(float.CreateTruncating(value), out result), isTry),
            TypeKind.Double => Convert<T, double>(to, (T value, out double result) => Always(double.CreateTruncating(value), out result), isTry),
            _ => FloatToDecimal<T>((DecimalType)to, isTry),
        };

    private static ScalarKernel FromDecimal(DecimalType from, DataType to, bool isTry)
    {
        var unit = DecimalText.PowerOfTen(from.Scale);
        return to.Kind switch
        {
            TypeKind.TinyInt => ConvertDecimal<sbyte>(from, to, TryNarrow, isTry),
            TypeKind.SmallInt => ConvertDecimal<short>(from, to, TryNarrow, isTry),
            TypeKind.Integer => ConvertDecimal<int>(from, to, TryNarrow, isTry),
            TypeKind.BigInt => ConvertDecimal<long>(from, to, TryNarrow, isTry),
            TypeKind.Real => Convert((Int128 value, out float result) => Always((float)ToDouble(value, from.Scale), out result), from, to, isTry),
            TypeKind.Double => Convert((Int128 value, out double result) => Always(ToDouble(value, from.Scale), out result), from, to, isTry),
            _ => DecimalToDecimal(from, (DecimalType)to, isTry),
        };

        ScalarKernel ConvertDecimal<T>(DecimalType source, DataType target, Conversion<Int128, T> narrow, bool attempt)
            where T : unmanaged => Convert((Int128 value, out T result) => narrow(RoundedQuotient(value, unit), out result), source, target, attempt);
    }

    /// <summary>Division with halves away from zero.</summary>
    public static Int128 RoundedQuotient(Int128 dividend, Int128 divisor)
    {
        var quotient = dividend / divisor;
        var remainder = Int128.Abs(dividend % divisor);
        return remainder >= divisor - remainder ? quotient + Int128.Sign(dividend) : quotient;
    }

    /// <summary>Through its digits where it has many: the nearest double to a decimal is not the quotient of two rounded numbers.</summary>
    private static double ToDouble(Int128 value, int scale)
    {
        if (scale <= 22 && value > -(1L << 53) && value < 1L << 53)
        {
            return (double)value / (double)DecimalText.PowerOfTen(scale);
        }

        Span<byte> text = stackalloc byte[64];
        return double.Parse(text[..DecimalText.Format(value, scale, text)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static bool Always<T>(T value, out T result)
    {
        result = value;
        return true;
    }

    private static bool TryNarrow<TFrom, TTo>(TFrom value, out TTo result)
        where TFrom : IBinaryInteger<TFrom>
        where TTo : IBinaryInteger<TTo>
    {
        result = TTo.CreateTruncating(value);
        return TFrom.CreateTruncating(result) == value && (result < TTo.Zero) == (value < TFrom.Zero);
    }

    private static bool TryRound<TFrom, TTo>(TFrom value, out TTo result)
        where TFrom : IBinaryFloatingPointIeee754<TFrom>
        where TTo : IBinaryInteger<TTo>, IMinMaxValue<TTo>
    {
        var rounded = double.Round(double.CreateTruncating(value), MidpointRounding.ToEven);

        // One above the largest value is exact as a double for every width; the largest long itself is not.
        var limit = double.CreateTruncating(TTo.MaxValue) + (typeof(TTo) == typeof(long) ? 0 : 1);
        var fits = rounded >= double.CreateTruncating(TTo.MinValue) && rounded < limit;
        result = fits ? TTo.CreateTruncating(rounded) : TTo.Zero;
        return fits;
    }

    private static ScalarKernel Convert<TFrom, TTo>(DataType to, Conversion<TFrom, TTo> convert, bool isTry)
        where TFrom : unmanaged
        where TTo : unmanaged => (in context, arguments, rowCount) =>
        {
            using var builder = new FixedBuilder<TTo>(to, context.Pool);
            var values = new FixedArgument<TFrom>(arguments[0]);
            for (var row = 0; row < rowCount; row++)
            {
                if (arguments[0].IsNull(row))
                {
                    builder.AppendNull();
                }
                else if (convert(values[row], out var value))
                {
                    builder.Append(value);
                }
                else if (isTry)
                {
                    builder.AppendNull();
                }
                else
                {
                    throw Casts.OutOfRange(string.Create(CultureInfo.InvariantCulture, $"{values[row]}"), to).At(context.Span);
                }
            }

            return builder.Finish();
        };

    private static ScalarKernel Convert<TTo>(Conversion<Int128, TTo> convert, DecimalType from, DataType to, bool isTry)
        where TTo : unmanaged => (in context, arguments, rowCount) =>
        {
            using var builder = new FixedBuilder<TTo>(to, context.Pool);
            var values = new DecimalArgument(arguments[0]);
            for (var row = 0; row < rowCount; row++)
            {
                if (arguments[0].IsNull(row))
                {
                    builder.AppendNull();
                }
                else if (convert(values[row], out var value))
                {
                    builder.Append(value);
                }
                else if (isTry)
                {
                    builder.AppendNull();
                }
                else
                {
                    throw Casts.OutOfRange(TextOf(values[row], from.Scale), to).At(context.Span);
                }
            }

            return builder.Finish();
        };

    private static ScalarKernel DecimalToDecimal(DecimalType from, DecimalType to, bool isTry)
    {
        return to.IsCompact
            ? Convert((Int128 value, out long result) => TryRescale(value, from.Scale, to, out var wide) & Always((long)wide, out result), from, to, isTry)
            : Convert((Int128 value, out Int128 result) => TryRescale(value, from.Scale, to, out result), from, to, isTry);
    }

    private static ScalarKernel ToDecimal<T>(DecimalType to, int scale, bool isTry, Func<T, Int128> widen)
        where T : unmanaged => to.IsCompact
        ? Convert<T, long>(to, (T value, out long result) => TryRescale(widen(value), scale, to, out var wide) & Always((long)wide, out result), isTry)
        : Convert<T, Int128>(to, (T value, out Int128 result) => TryRescale(widen(value), scale, to, out result), isTry);

    /// <summary>A double by its shortest decimal digits: 0.1 is 0.1.</summary>
    private static ScalarKernel FloatToDecimal<T>(DecimalType to, bool isTry)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return to.IsCompact
            ? Convert<T, long>(to, (T value, out long result) => TryParse(value, out var wide) & Always((long)wide, out result), isTry)
            : Convert<T, Int128>(to, TryParse, isTry);

        bool TryParse(T value, out Int128 result)
        {
            Span<byte> text = stackalloc byte[64];
            result = 0;
            return T.IsFinite(value)
                && value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture)
                && DecimalText.TryParse(text[..length], to.Precision, to.Scale, isStrict: false, out result);
        }
    }

    private static bool TryRescale(Int128 value, int scale, DecimalType to, out Int128 result)
    {
        if (to.Scale >= scale)
        {
            var factor = DecimalText.PowerOfTen(to.Scale - scale);
            var limit = (DecimalText.PowerOfTen(to.Precision - 1) * 10) - 1;
            var fits = Int128.Abs(value) <= limit / factor;
            result = fits ? value * factor : 0;
            return fits;
        }

        result = RoundedQuotient(value, DecimalText.PowerOfTen(scale - to.Scale));
        return Int128.Abs(result) < DecimalText.PowerOfTen(to.Precision - 1) * 10;
    }

    private static string TextOf(Int128 value, int scale)
    {
        Span<byte> text = stackalloc byte[64];
        return System.Text.Encoding.ASCII.GetString(text[..DecimalText.Format(value, scale, text)]);
    }

    private readonly struct Widen<TFrom, TTo> : IUnaryOperation<TFrom, TTo>
        where TFrom : INumberBase<TFrom>
        where TTo : INumberBase<TTo>
    {
        public static TTo Invoke(TFrom value) => TTo.CreateTruncating(value);
    }
}
