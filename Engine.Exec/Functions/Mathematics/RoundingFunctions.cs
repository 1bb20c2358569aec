using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;
using Engine.Exec.Functions.Operators;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>Which way a number goes to one of fewer digits.</summary>
internal enum RoundingMode
{
    HalfAway,
    TowardsZero,
    Up,
    Down,
}

/// <summary>round, trunc, ceil and floor. Integers stay what they are; halves go away from zero for decimals and doubles alike.</summary>
internal static class RoundingFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(MathInfo.Of("round(x, digits)", "The nearest whole number, or number of n digits behind the point; halves go away from zero.", "round(2.567, 2) = 2.57"), [.. Overloads(RoundingMode.HalfAway), .. WithDigits(RoundingMode.HalfAway)]),
        new(MathInfo.Of("trunc(x, digits)", "The number cut to a whole one, or to n digits behind the point.", "trunc(-2.567, 1) = -2.5", "truncate"), [.. Overloads(RoundingMode.TowardsZero), .. WithDigits(RoundingMode.TowardsZero)]),
        new(MathInfo.Of("ceil(x)", "The least whole number that is not below.", "ceil(2.1) = 3", "ceiling"), [.. Overloads(RoundingMode.Up)]),
        new(MathInfo.Of("floor(x)", "The greatest whole number that is not above.", "floor(-2.1) = -3"), [.. Overloads(RoundingMode.Down)]),
    ];

    private static double Round(double value, RoundingMode mode) => mode switch
    {
        RoundingMode.HalfAway => Math.Round(value, MidpointRounding.AwayFromZero),
        RoundingMode.TowardsZero => Math.Truncate(value),
        RoundingMode.Up => Math.Ceiling(value),
        _ => Math.Floor(value),
    };

    /// <summary>An unscaled decimal without its last digits.</summary>
    private static Int128 Cut(Int128 value, Int128 factor, RoundingMode mode)
    {
        var (quotient, rest) = Int128.DivRem(value, factor);
        var isAway = mode switch
        {
            RoundingMode.HalfAway => Int128.Abs(rest) >= factor - Int128.Abs(rest),
            RoundingMode.Up => rest > 0,
            RoundingMode.Down => rest < 0,
            _ => false,
        };
        return isAway ? quotient + (value < 0 ? -1 : 1) : quotient;
    }

    private static IEnumerable<ScalarOverload> Overloads(RoundingMode mode) =>
    [
        Same(DataType.TinyInt),
        Same(DataType.SmallInt),
        Same(DataType.Integer),
        Same(DataType.BigInt),
        RowKernel.Overload<FixedBuilder<float>>([DataType.Real], DataType.Real, (a, row, result) => result.Append((float)Round(a.Fixed<float>(0, row), mode))),
        RowKernel.Overload<FixedBuilder<double>>([DataType.Double], DataType.Double, (a, row, result) => result.Append(Round(a.Double(0, row), mode))),
        new([DecimalParameter.Instance], types => WholeType((DecimalType)types[0]), binding => Decimals(binding, mode)),
    ];

    private static ScalarOverload Same(DataType type) => new([type], _ => type, _ => (in context, arguments, rowCount) => arguments[0].Retain());

    /// <summary>One digit more for the carry, no fraction.</summary>
    private static DecimalType WholeType(DecimalType type) => new(Math.Min(DecimalType.MaxPrecision, type.Precision - type.Scale + 1), 0);

    private static ScalarKernel Decimals(ScalarBinding binding, RoundingMode mode)
    {
        var factor = DecimalText.PowerOfTen(((DecimalType)binding.ArgumentTypes[0]).Scale);
        return RowKernel.Strict<ColumnBuilder>(binding.ResultType, (a, row, result) => AppendDecimal(result, Cut(new DecimalCells(a, 0)[row], factor, mode)));
    }

    /// <summary>An unscaled value to a column of decimals of either width.</summary>
    public static void AppendDecimal(ColumnBuilder result, Int128 value)
    {
        if (result is FixedBuilder<long> compact)
        {
            compact.Append((long)value);
        }
        else
        {
            ((FixedBuilder<Int128>)result).Append(value);
        }
    }

    private static IEnumerable<ScalarOverload> WithDigits(RoundingMode mode) =>
    [
        RowKernel.Overload<FixedBuilder<double>>([DataType.Double, DataType.BigInt], DataType.Double, (a, row, result) => result.Append(RoundTo(a.Double(0, row), a.Long(1, row), mode))),
        RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt, DataType.BigInt], DataType.BigInt, (a, row, result) =>
        {
            var digits = a.Long(1, row);
            var factor = digits >= 0 ? 1 : DecimalText.PowerOfTen((int)-Math.Max(digits, -20));
            var rounded = Cut(a.Long(0, row), factor, mode) * factor;
            result.Append(rounded == (long)rounded
                ? (long)rounded
                : throw new QueryException(ErrorCodes.NumericValueOutOfRange, string.Create(CultureInfo.InvariantCulture, $"bigint out of range: {rounded}")));
        }, canFail: true),
        new([DecimalParameter.Instance, DataType.BigInt], types => Carried((DecimalType)types[0]), binding =>
        {
            var scale = ((DecimalType)binding.ArgumentTypes[0]).Scale;
            return RowKernel.Strict<ColumnBuilder>(binding.ResultType, (a, row, result) =>
            {
                // More digits than a decimal has leave nothing of it.
                var dropped = scale - Math.Max(a.Long(1, row), -DecimalType.MaxPrecision - 1);
                var factor = dropped is > 0 and <= DecimalType.MaxPrecision ? DecimalText.PowerOfTen((int)dropped) : 1;
                var rounded = dropped > DecimalType.MaxPrecision ? 0 : checked(Cut(new DecimalCells(a, 0)[row], factor, mode) * factor);
                AppendDecimal(result, Int128.Abs(rounded) < DecimalText.PowerOfTen(DecimalType.MaxPrecision)
                    ? rounded
                    : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"numeric field overflow: the rounded value has more than {DecimalType.MaxPrecision} digits"));
            });
        })
        {
            CanFail = true,
        },
    ];

    /// <summary>The scale stays, as the number of digits may differ from row to row.</summary>
    private static DecimalType Carried(DecimalType type) => new(Math.Min(DecimalType.MaxPrecision, type.Precision + 1), type.Scale);

    private static double RoundTo(double value, long digits, RoundingMode mode)
    {
        if (!double.IsFinite(value) || digits > 300 || value == 0)
        {
            return value;
        }

        if (digits < 0)
        {
            var unit = Math.Pow(10, Math.Min(-digits, 400));
            return double.IsInfinity(unit) ? 0 : Round(value / unit, mode) * unit;
        }

        // The shortest decimal that stands for the double is what people see: 1.005 is rounded as 1.005, not as 1.00499999999999989.
        if (digits <= 15 && Math.Abs(value) < 1e13)
        {
            return (double)decimal.Round((decimal)value, (int)digits, mode == RoundingMode.HalfAway ? MidpointRounding.AwayFromZero : MidpointRounding.ToZero);
        }

        var factor = Math.Pow(10, digits);
        var scaled = value * factor;
        return double.IsInfinity(scaled) ? value : Round(scaled, mode) / factor;
    }
}

/// <summary>Reads decimals of both widths.</summary>
internal readonly struct DecimalCells(RowArguments arguments, int place)
{
    public Int128 this[int row] => arguments.Column(place).Type.ByteWidth == 8 ? arguments.Long(place, row) : arguments.Fixed<Int128>(place, row);
}
