using System.Collections.Immutable;
using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>width_bucket: which part of a range, or which stretch between limits, a number falls into.</summary>
internal static class BucketFunctions
{
    public static readonly ImmutableArray<ScalarOverload> Overloads =
    [
        RowKernel.Overload<FixedBuilder<int>>([DataType.Double, DataType.Double, DataType.Double, DataType.BigInt], DataType.Integer, WriteOfDoubles, canFail: true),
        new([DecimalParameter.Instance, DecimalParameter.Instance, DecimalParameter.Instance, DataType.BigInt], _ => DataType.Integer, OfDecimals) { CanFail = true },
        new([AnyParameter.T, ArrayParameter.OfT], _ => DataType.Integer, _ => RowKernel.Strict<FixedBuilder<int>>(DataType.Integer, WriteOfLimits)) { CanFail = true },
    ];

    private static void WriteOfDoubles(RowArguments a, int row, FixedBuilder<int> result)
    {
        var (value, low, high, count) = (a.Double(0, row), a.Double(1, row), a.Double(2, row), a.Long(3, row));
        var why = count <= 0 ? "count must be greater than zero"
            : double.IsNaN(value) || double.IsNaN(low) || double.IsNaN(high) ? "operand, lower bound, and upper bound cannot be NaN"
            : double.IsInfinity(low) || double.IsInfinity(high) ? "lower and upper bounds must be finite"
            : low == high ? "lower bound cannot equal upper bound"
            : null;
        if (why is not null)
        {
            throw Invalid(why, $"width_bucket({MathInfo.Text(value)}, {MathInfo.Text(low)}, {MathInfo.Text(high)}, {count})");
        }

        if (low < high ? value < low : value > low)
        {
            result.Append(0);
        }
        else if (low < high ? value >= high : value <= high)
        {
            result.Append(Behind(count));
        }
        else
        {
            // A range that is wider than a double can be is halved, as all in it is.
            var place = count * (value - low) / (high - low);
            place = double.IsFinite(count * (high - low)) ? place : count * (((value / 2) - (low / 2)) / ((high / 2) - (low / 2)));
            result.Append((int)Math.Min((long)place, Checked(count) - 1) + 1);
        }
    }

    private static ScalarKernel OfDecimals(ScalarBinding binding)
    {
        var scales = Enumerable.Range(0, 3).Select(place => ((DecimalType)binding.ArgumentTypes[place]).Scale).ToArray();
        var units = scales.Select(scale => BigInteger.Pow(10, scales.Max() - scale)).ToArray();
        return RowKernel.Strict<FixedBuilder<int>>(DataType.Integer, (a, row, result) =>
        {
            var (value, low, high, count) = (Number(0), Number(1), Number(2), a.Long(3, row));
            if (count <= 0 || low == high)
            {
                throw Invalid(count <= 0 ? "count must be greater than zero" : "lower bound cannot equal upper bound", $"width_bucket of {count} parts");
            }

            if (low < high ? value < low : value > low)
            {
                result.Append(0);
            }
            else if (low < high ? value >= high : value <= high)
            {
                result.Append(Behind(count));
            }
            else
            {
                result.Append((int)(BigInteger.Abs(value - low) * Checked(count) / BigInteger.Abs(high - low)) + 1);
            }

            BigInteger Number(int place) => (BigInteger)new DecimalCells(a, place)[row] * units[place];
        });
    }

    private static long Checked(long count) => count <= int.MaxValue ? count : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"integer out of range: {count}");

    /// <summary>The bucket behind the last one.</summary>
    private static int Behind(long count) => (int)Checked(count + 1);

    private static QueryException Invalid(string why, string call) => new(ErrorCodes.InvalidArgumentForWidthBucket, $"{why}: {call}");

    /// <summary>How many of the ascending limits are not above the value.</summary>
    private static unsafe void WriteOfLimits(RowArguments a, int row, FixedBuilder<int> result)
    {
        var lists = (ListColumn)a.Column(1);
        var place = a.Place(1, row);
        var (low, high) = (lists.Offsets[place], lists.Offsets[place + 1]);
        if (Enumerable.Range(low, high - low).Any(lists.Child.IsNull))
        {
            throw new QueryException(ErrorCodes.NullValueNotAllowed, "thresholds array must not contain NULLs");
        }

        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (ValueComparison.Compare(lists.Child, middle, a.Column(0), a.Place(0, row)) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        result.Append(low - lists.Offsets[place]);
    }
}
