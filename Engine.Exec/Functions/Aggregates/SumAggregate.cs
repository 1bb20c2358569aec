using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>
/// sum and avg over integers and decimals: an exact 128-bit sum and a count. The sum of bigints and decimals is a decimal of 38 digits; one that
/// needs more is an error.
/// </summary>
internal sealed unsafe class ExactSumAccumulator<T>(DataType argument, DataType result, bool isAverage, MemoryPool pool) : GroupedAccumulator
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly GroupStates<Int128> _sums = new(pool);
    private readonly GroupStates<long> _counts = new(pool);

    private static Int128 Limit => (DecimalText.PowerOfTen(37) * 10) - 1;

    public override void Resize(int groupCount)
    {
        _sums.Resize(groupCount, 0);
        _counts.Resize(groupCount, 0);
    }

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var values = ((FixedColumn)arguments[0]).Pointer<T>();
        var mayHaveNulls = arguments[0].MayHaveNulls;
        for (var row = 0; row < groups.Length; row++)
        {
            if (!mayHaveNulls || !arguments[0].IsNull(row))
            {
                Add(groups[row], Int128.CreateTruncating(values[row]), 1);
            }
        }
    }

    public override void UpdateFirst(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var values = (FixedColumn)arguments[0];
        Add(0, WholeColumn.Sum(values.Pointer<T>(), values.Validity, values.Length), values.Length - values.CountNulls());
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        var sums = ((FixedColumn)states[0]).Values<Int128>();
        var counts = ((FixedColumn)states[1]).Values<long>();
        for (var row = 0; row < groups.Length; row++)
        {
            Add(groups[row], sums[row], counts[row]);
        }
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount) =>
    [
        new FixedColumn(new DecimalType(38, 0), groupCount, _sums.Copy(firstGroup, groupCount), default),
        new FixedColumn(DataType.BigInt, groupCount, _counts.Copy(firstGroup, groupCount), default),
    ];

    public override Column GetResult(int firstGroup, int groupCount)
    {
        using var builder = ColumnBuilder.Create(result, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            if (_counts.Pointer[group] == 0)
            {
                builder.AppendNull();
            }
            else if (isAverage)
            {
                AppendAverage(builder, _sums.Pointer[group], _counts.Pointer[group]);
            }
            else
            {
                AppendSum(builder, _sums.Pointer[group]);
            }
        }

        return builder.Finish();
    }

    public override void Dispose()
    {
        _sums.Dispose();
        _counts.Dispose();
    }

    private void Add(int group, Int128 value, long count)
    {
        // Values have at most 38 digits, so one addition cannot pass the 128 bits unseen.
        var sum = _sums.Pointer[group] + value;
        if (Int128.Abs(sum) > Limit)
        {
            throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"sum out of range: more than 38 digits in a sum of {argument}");
        }

        _sums.Pointer[group] = sum;
        _counts.Pointer[group] += count;
    }

    private void AppendSum(ColumnBuilder builder, Int128 sum)
    {
        if (result.Kind != TypeKind.BigInt)
        {
            builder.AppendValue(sum);
            return;
        }

        builder.AppendValue(sum >= long.MinValue && sum <= long.MaxValue
            ? (long)sum
            : throw new QueryException(ErrorCodes.NumericValueOutOfRange, string.Create(CultureInfo.InvariantCulture, $"bigint out of range: sum is {sum}")));
    }

    private void AppendAverage(ColumnBuilder builder, Int128 sum, long count)
    {
        if (result is not DecimalType target)
        {
            builder.AppendValue((double)sum / count);
            return;
        }

        var factor = BigInteger.Pow(10, target.Scale - ((DecimalType)argument).Scale);
        var scaled = (BigInteger)sum * factor;
        var quotient = BigInteger.DivRem(scaled, count, out var remainder);
        var rounded = BigInteger.Abs(remainder) * 2 >= count ? quotient + Int128.Sign(sum) : quotient;
        builder.AppendValue(BigInteger.Abs(rounded) <= Limit
            ? (Int128)rounded
            : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"average out of range: it has more than {DecimalType.MaxPrecision} digits as {target}"));
    }
}

/// <summary>sum and avg over real and double, in double, with the error of each addition carried along (Neumaier's variant of Kahan summation).</summary>
internal sealed unsafe class FloatSumAccumulator<T>(bool isAverage, MemoryPool pool) : GroupedAccumulator
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly GroupStates<double> _sums = new(pool);
    private readonly GroupStates<double> _corrections = new(pool);
    private readonly GroupStates<long> _counts = new(pool);

    public override void Resize(int groupCount)
    {
        _sums.Resize(groupCount, 0);
        _corrections.Resize(groupCount, 0);
        _counts.Resize(groupCount, 0);
    }

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var values = ((FixedColumn)arguments[0]).Pointer<T>();
        var mayHaveNulls = arguments[0].MayHaveNulls;
        for (var row = 0; row < groups.Length; row++)
        {
            if (!mayHaveNulls || !arguments[0].IsNull(row))
            {
                Add(groups[row], double.CreateTruncating(values[row]));
                _counts.Pointer[groups[row]]++;
            }
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        var sums = ((FixedColumn)states[0]).Values<double>();
        var corrections = ((FixedColumn)states[1]).Values<double>();
        var counts = ((FixedColumn)states[2]).Values<long>();
        for (var row = 0; row < groups.Length; row++)
        {
            Add(groups[row], sums[row]);
            _corrections.Pointer[groups[row]] += corrections[row];
            _counts.Pointer[groups[row]] += counts[row];
        }
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount) =>
    [
        new FixedColumn(DataType.Double, groupCount, _sums.Copy(firstGroup, groupCount), default),
        new FixedColumn(DataType.Double, groupCount, _corrections.Copy(firstGroup, groupCount), default),
        new FixedColumn(DataType.BigInt, groupCount, _counts.Copy(firstGroup, groupCount), default),
    ];

    public override Column GetResult(int firstGroup, int groupCount)
    {
        using var builder = new FixedBuilder<double>(DataType.Double, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            if (_counts.Pointer[group] == 0)
            {
                builder.AppendNull();
                continue;
            }

            // An infinite sum has no error to correct; its correction is NaN.
            var sum = _sums.Pointer[group];
            var total = double.IsFinite(sum) ? sum + _corrections.Pointer[group] : sum;
            builder.Append(isAverage ? total / _counts.Pointer[group] : total);
        }

        return builder.Finish();
    }

    public override void Dispose()
    {
        _sums.Dispose();
        _corrections.Dispose();
        _counts.Dispose();
    }

    private void Add(int group, double value)
    {
        var sum = _sums.Pointer[group];
        var total = sum + value;
        _corrections.Pointer[group] += Math.Abs(sum) >= Math.Abs(value) ? sum - total + value : value - total + sum;
        _sums.Pointer[group] = total;
    }
}
