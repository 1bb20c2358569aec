using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Functions.Operators;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>sum and avg over intervals: months, days and microseconds are summed apart.</summary>
internal sealed class IntervalSumAccumulator(bool isAverage, MemoryPool pool) : GroupedAccumulator
{
    public static readonly ImmutableArray<DataType> State = [DataType.BigInt, DataType.BigInt, new DecimalType(38, 0), DataType.BigInt];

    private readonly GroupStates<long> _months = new(pool);
    private readonly GroupStates<long> _days = new(pool);
    private readonly GroupStates<Int128> _micros = new(pool);
    private readonly GroupStates<long> _counts = new(pool);

    public override void Resize(int groupCount)
    {
        _months.Resize(groupCount, 0);
        _days.Resize(groupCount, 0);
        _micros.Resize(groupCount, 0);
        _counts.Resize(groupCount, 0);
    }

    public override void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups)
    {
        var values = ((FixedColumn)arguments[0]).Values<Interval>();
        for (var row = 0; row < groups.Length; row++)
        {
            if (!arguments[0].IsNull(row))
            {
                Add(groups[row], values[row].Months, values[row].Days, values[row].Micros, 1);
            }
        }
    }

    public override void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups)
    {
        for (var row = 0; row < groups.Length; row++)
        {
            Add(
                groups[row],
                ((FixedColumn)states[0]).Values<long>()[row],
                ((FixedColumn)states[1]).Values<long>()[row],
                ((FixedColumn)states[2]).Values<Int128>()[row],
                ((FixedColumn)states[3]).Values<long>()[row]);
        }
    }

    public override ImmutableArray<Column> GetState(int firstGroup, int groupCount) =>
    [
        new FixedColumn(State[0], groupCount, _months.Copy(firstGroup, groupCount), default),
        new FixedColumn(State[1], groupCount, _days.Copy(firstGroup, groupCount), default),
        new FixedColumn(State[2], groupCount, _micros.Copy(firstGroup, groupCount), default),
        new FixedColumn(State[3], groupCount, _counts.Copy(firstGroup, groupCount), default),
    ];

    public override unsafe Column GetResult(int firstGroup, int groupCount)
    {
        using var builder = new FixedBuilder<Interval>(DataType.Interval, pool);
        for (var group = firstGroup; group < firstGroup + groupCount; group++)
        {
            if (_counts.Pointer[group] == 0)
            {
                builder.AppendNull();
                continue;
            }

            var (months, days, micros) = (_months.Pointer[group], _days.Pointer[group], _micros.Pointer[group]);
            var sum = new Interval((int)months, (int)days, (long)micros);
            if (sum.Months != months || sum.Days != days || sum.Micros != micros)
            {
                throw new QueryException(ErrorCodes.DatetimeFieldOverflow, "interval out of range: the sum is too long");
            }

            // A share of an interval is never longer than the interval.
            builder.Append(isAverage && TemporalOperators.TryDivide(sum, _counts.Pointer[group], out var mean) ? mean : sum);
        }

        return builder.Finish();
    }

    public override void Dispose()
    {
        _months.Dispose();
        _days.Dispose();
        _micros.Dispose();
        _counts.Dispose();
    }

    private unsafe void Add(int group, long months, long days, Int128 micros, long count)
    {
        _months.Pointer[group] += months;
        _days.Pointer[group] += days;
        _micros.Pointer[group] += micros;
        _counts.Pointer[group] += count;
    }
}
