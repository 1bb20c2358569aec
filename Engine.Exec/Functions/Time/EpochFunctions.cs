using System.Collections.Immutable;
using System.Numerics;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Functions.Mathematics;
using Engine.Exec.Functions.Operators;
using Engine.Exec.Kernels;
using Calendar = Engine.Core.Text.Calendar;

namespace Engine.Exec.Functions.Time;

/// <summary>Times as numbers of seconds and parts of them since 1970, and back.</summary>
internal static class EpochFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TimeInfo.Of("epoch(time)", "Seconds since 1970, with their fraction; of an interval its seconds.", "epoch(TIMESTAMP '1970-01-01 00:01:00.5') = 60.5"),
            [
                .. MomentFunctions.EpochOf<double>(DataType.Double, micros => micros / 1e6),
                RowKernel.Overload<FixedBuilder<double>>([DataType.Interval], DataType.Double, (a, row, result) => result.Append(DateFields.EpochMicros(a.Fixed<Interval>(0, row)) / 1e6)),
            ]),
        new(
            TimeInfo.Of("epoch_us(time)", "Microseconds since 1970.", "epoch_us(TIMESTAMP '1970-01-01 00:00:01') = 1000000"),
            [.. MomentFunctions.EpochOf<long>(DataType.BigInt, micros => micros)]),
        new(
            TimeInfo.Of("epoch_ns(time)", "Nanoseconds since 1970.", "epoch_ns(TIMESTAMP '1970-01-01 00:00:01') = 1000000000"),
            [.. TimeInfo.Readings.Select(type => RowKernel.Overload<FixedBuilder<long>>([type], DataType.BigInt, (a, row, result) =>
            {
                // Of an instant, not of what the session's clock shows.
                var isZoned = type.Kind == TypeKind.TimestampTz;
                var nanos = type.Equals(DataType.TimestampNanos) ? a.Long(0, row) : (Int128)(isZoned ? a.Long(0, row) : a.Local(0, row)) * 1000;
                result.Append(nanos >= long.MinValue && nanos <= long.MaxValue
                    ? (long)nanos
                    : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"bigint out of range: {nanos} nanoseconds"));
            }, canFail: true))]),
        new(
            TimeInfo.Of("make_timestamp_ms(milliseconds)", "The timestamp of a number of milliseconds since 1970.", "make_timestamp_ms(1500) = TIMESTAMP '1970-01-01 00:00:01.5'"),
            [RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt], DataType.Timestamp, (a, row, result) => result.Append(MomentFunctions.Scale(a.Long(0, row), 1000)), canFail: true)]),
        new(
            TimeInfo.Of("make_timestamp_us(microseconds)", "The timestamp of a number of microseconds since 1970.", "make_timestamp_us(1500000) = TIMESTAMP '1970-01-01 00:00:01.5'"),
            [RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt], DataType.Timestamp, (a, row, result) => result.Append(a.Long(0, row)))]),
        new(
            TimeInfo.Of("from_unixtime_nanos(nanoseconds)", "The instant of a number of nanoseconds since 1970, cut to microseconds.", "from_unixtime_nanos(1500000000) = TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:01.5+00'"),
            [RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt], DataType.TimestampTz, (a, row, result) => result.Append(DateUnits.Floor(a.Long(0, row), 1000) / 1000))]),
        new(
            TimeInfo.Of("sequence(first, last, step)", "The array of numbers or times from one to another, at most, step by step.", "sequence(1, 10, 3) = ARRAY[1, 4, 7, 10]"),
            [
                Series(hasStep: false),
                Series(hasStep: true),
                DecimalSeries.Of(hasStep: false),
                DecimalSeries.Of(hasStep: true),
                TimeSeries(DataType.Date, hasStep: false),
                TimeSeries(DataType.Date, hasStep: true),
                TimeSeries(DataType.Timestamp, hasStep: true),
                TimeSeries(DataType.TimestampTz, hasStep: true),
            ]),
    ];

    private const int MaxItems = 10_000_000;

    private static ScalarOverload Series(bool hasStep) => RowKernel.Overload<ListBuilder>(
        hasStep ? [DataType.BigInt, DataType.BigInt, DataType.BigInt] : [DataType.BigInt, DataType.BigInt],
        DataType.Array(DataType.BigInt),
        (a, row, result) =>
        {
            var (first, last) = (a.Long(0, row), a.Long(1, row));
            AppendNumbers(first, last, hasStep ? a.Long(2, row) : first <= last ? 1 : -1, result);
        },
        canFail: true);

    private static void AppendNumbers(long first, long last, long step, ListBuilder result)
    {
        CheckStep(step > 0, step < 0, last.CompareTo(first), $"{step}");
        var items = (FixedBuilder<long>)result.Items;
        var count = (((Int128)last - first) / step) + 1;
        CheckCount(count);
        for (Int128 i = 0; i < count; i++)
        {
            items.Append((long)(first + (i * step)));
        }

        result.EndRow();
    }

    /// <summary>Of dates in days when no step is given.</summary>
    private static ScalarOverload TimeSeries(DataType type, bool hasStep) => RowKernel.Overload<ListBuilder>(
        hasStep ? [type, type, DataType.Interval] : [type, type],
        DataType.Array(type),
        (a, row, result) =>
        {
            var isInstant = type.Kind == TypeKind.TimestampTz;
            var (first, last) = isInstant ? (a.Long(0, row), a.Long(1, row)) : (a.Local(0, row), a.Local(1, row));
            var step = hasStep ? a.Fixed<Interval>(2, row) : new Interval(0, first <= last ? 1 : -1, 0);
            var direction = step.ComparisonMicros;
            CheckStep(direction > 0, direction < 0, last.CompareTo(first), "the interval given");
            var count = 0L;
            for (var time = first; direction > 0 ? time <= last : time >= last; time = isInstant ? MoveInstant(time, step, a.Session.TimeZone) : Move(first, step, count))
            {
                CheckCount(++count);
                Append(type, time, result.Items);
            }

            result.EndRow();
        },
        canFail: true);

    private static void Append(DataType type, long time, ColumnBuilder items)
    {
        if (type.Kind == TypeKind.Date)
        {
            ((FixedBuilder<int>)items).Append(TimeArguments.Split(time).Days);
        }
        else
        {
            ((FixedBuilder<long>)items).Append(time);
        }
    }

    /// <summary>Steps of months are counted from the first time, so that the 31st comes back after a short month.</summary>
    private static long Move(long first, Interval step, long count) =>
        checked(DateUnits.Add(first, DateUnit.Month, step.Months * count) + (((step.Days * Calendar.MicrosPerDay) + step.Micros) * count));

    /// <summary>Steps of instants are taken one by one, as the clock of the zone has them.</summary>
    private static long MoveInstant(long time, Interval step, TimeZoneInfo zone) => TemporalOperators.TryAdd(time, step, 1, zone, out var next)
        ? next
        : throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"timestamp out of range after adding {step}");

    /// <param name="isUp">Whether the step is above zero.</param>
    /// <param name="isDown">Whether the step is below zero.</param>
    /// <param name="order">How the last compares with the first.</param>
    /// <param name="step">As messages have it.</param>
    public static void CheckStep(bool isUp, bool isDown, int order, string step)
    {
        if (!(order >= 0 ? isUp : isDown) && !(order == 0 && (isUp || isDown)))
        {
            throw new QueryException(
                ErrorCodes.InvalidParameterValue, $"sequence stop value should be greater than or equal to start value if step is greater than zero, otherwise less: step is {step}");
        }
    }

    public static void CheckCount(BigInteger count)
    {
        if (count > MaxItems)
        {
            throw new QueryException(ErrorCodes.ProgramLimitExceeded, $"result of sequence must not have more than {MaxItems} items: {count}");
        }
    }
}
