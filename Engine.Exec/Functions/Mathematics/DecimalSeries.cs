using System.Collections.Immutable;
using System.Numerics;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Functions.Time;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>sequence of decimals: with as many digits behind the point as the bound or step that has most of them.</summary>
internal static class DecimalSeries
{
    public static ScalarOverload Of(bool hasStep) => new(
        hasStep ? [DecimalParameter.Instance, DecimalParameter.Instance, DecimalParameter.Instance] : [DecimalParameter.Instance, DecimalParameter.Instance],
        types => DataType.Array(ItemOf(types)),
        binding =>
        {
            var type = ItemOf(binding.ArgumentTypes);
            var factors = binding.ArgumentTypes.Select(argument => (BigInteger)DecimalText.PowerOfTen(type.Scale - ((DecimalType)argument).Scale)).ToArray();
            var one = (BigInteger)DecimalText.PowerOfTen(type.Scale);
            return RowKernel.Strict<ListBuilder>(binding.ResultType, (a, row, result) =>
            {
                var (first, last) = (At(0), At(1));
                Append(first, last, hasStep ? At(2) : first <= last ? one : -one, type, result);

                BigInteger At(int place) => (BigInteger)new DecimalCells(a, place)[row] * factors[place];
            });
        })
    {
        CanFail = true,
    };

    /// <summary>Items lie between the bounds, so that they have no more digits before the point than those.</summary>
    private static DecimalType ItemOf(ImmutableArray<DataType> types)
    {
        var scale = types.Max(type => ((DecimalType)type).Scale);
        var whole = types.Max(type => ((DecimalType)type).Precision - ((DecimalType)type).Scale);
        return new DecimalType(Math.Clamp(whole + scale, 1, DecimalType.MaxPrecision), scale);
    }

    private static void Append(BigInteger first, BigInteger last, BigInteger step, DecimalType type, ListBuilder result)
    {
        if (step.IsZero)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, "step size cannot equal zero");
        }

        EpochFunctions.CheckStep(step.Sign > 0, step.Sign < 0, last.CompareTo(first), "a decimal of the other sign");
        var count = ((last - first) / step) + 1;
        EpochFunctions.CheckCount(count);
        var limit = (BigInteger)DecimalText.PowerOfTen(type.Precision);
        var end = first + ((count - 1) * step);
        if (BigInteger.Abs(first) >= limit || BigInteger.Abs(end) >= limit)
        {
            throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"numeric field overflow: the series has numbers of more than {DecimalType.MaxPrecision} digits");
        }

        for (var item = first; count > 0; item += step, count--)
        {
            RoundingFunctions.AppendDecimal(result.Items, (Int128)item);
        }

        result.EndRow();
    }
}
