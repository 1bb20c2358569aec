using System.Collections.Immutable;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>count, sum, avg, min, max and any_value.</summary>
internal static class BasicAggregates
{
    private static readonly DataType WideSum = new DecimalType(38, 0);

    public static readonly ImmutableArray<AggregateFunction> All =
    [
        new(
            Info("count(value)", "Rows, or rows in which the argument is not NULL.", "count(*) FROM (VALUES (1), (NULL)) t(x) = 2"),
            [
                new AggregateOverload([], _ => DataType.BigInt, _ => [DataType.BigInt], (_, pool) => new CountAccumulator(pool)),
                new AggregateOverload([AnyParameter.T], _ => DataType.BigInt, _ => [DataType.BigInt], (_, pool) => new CountAccumulator(pool)),
            ])
        {
            IsZeroOfNone = true,
        },
        new(Info("sum(value)", "Sum of the values that are not NULL; NULL when there is none.", "sum(x) FROM (VALUES (1), (2), (NULL)) t(x) = 3"), [.. Sums(isAverage: false)]),
        new(Info("avg(value)", "Mean of the values that are not NULL; NULL when there is none.", "avg(x) FROM (VALUES (1), (2)) t(x) = 1.5"), [.. Sums(isAverage: true)]),
        new(Info("min(value, count)", "Least value.", "min(x) FROM (VALUES (2), (1)) t(x) = 1"), [Extreme(-1), CollectedAggregates.FirstOf(-1)]) { IgnoresDistinct = true },
        new(Info("max(value, count)", "Greatest value.", "max(x) FROM (VALUES (2), (1)) t(x) = 2"), [Extreme(1), CollectedAggregates.FirstOf(1)]) { IgnoresDistinct = true },
        new(Info("any_value(value)", "Some value that is not NULL.", "any_value(x) FROM (VALUES (NULL), (1)) t(x) = 1") with { Aliases = ["arbitrary"] }, [Extreme(0)]) { IgnoresDistinct = true },
        new(Info("first(value)", "The first value that is not NULL.", "first(x ORDER BY x DESC) FROM (VALUES (1), (2)) t(x) = 2"), [Winner(0)]) { DependsOnOrder = true },
        new(Info("last(value)", "The last value that is not NULL.", "last(x ORDER BY x DESC) FROM (VALUES (1), (2)) t(x) = 1"), [Winner(WinnerAccumulator.Last)]) { DependsOnOrder = true },
    ];

    private static FunctionInfo Info(string name, string description, string example) => new(name, "aggregate", description, example);

    private static IEnumerable<AggregateOverload> Sums(bool isAverage) =>
    [
        Exact<sbyte>(DataType.TinyInt, isAverage ? DataType.Double : DataType.BigInt, isAverage),
        Exact<short>(DataType.SmallInt, isAverage ? DataType.Double : DataType.BigInt, isAverage),
        Exact<int>(DataType.Integer, isAverage ? DataType.Double : DataType.BigInt, isAverage),
        Exact<long>(DataType.BigInt, isAverage ? DataType.Double : WideSum, isAverage),
        Float<float>(DataType.Real, isAverage),
        Float<double>(DataType.Double, isAverage),
        new([DataType.Interval], _ => DataType.Interval, _ => IntervalSumAccumulator.State, (_, pool) => new IntervalSumAccumulator(isAverage, pool)),
        new(
            [DecimalParameter.Instance],
            types => new DecimalType(38, isAverage ? Math.Max(((DecimalType)types[0]).Scale, 6) : ((DecimalType)types[0]).Scale),
            _ => [WideSum, DataType.BigInt],
            (binding, pool) => binding.ArgumentTypes[0].ByteWidth == 8
                ? new ExactSumAccumulator<long>(binding.ArgumentTypes[0], binding.ResultType, isAverage, pool)
                : new ExactSumAccumulator<Int128>(binding.ArgumentTypes[0], binding.ResultType, isAverage, pool)),
    ];

    private static AggregateOverload Exact<T>(DataType argument, DataType result, bool isAverage)
        where T : unmanaged, System.Numerics.IBinaryInteger<T> => new(
            [argument],
            _ => result,
            _ => [WideSum, DataType.BigInt],
            (binding, pool) => new ExactSumAccumulator<T>(argument, binding.ResultType, isAverage, pool));

    private static AggregateOverload Float<T>(DataType argument, bool isAverage)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => new(
            [argument],
            _ => DataType.Double,
            _ => [DataType.Double, DataType.Double, DataType.BigInt],
            (_, pool) => new FloatSumAccumulator<T>(isAverage, pool));

    private static AggregateOverload Extreme(int sign) => new(
        [AnyParameter.T], types => types[0], types => [types[0]], (binding, pool) => CreateExtreme(binding.ArgumentTypes[0], sign, pool));

    private static AggregateOverload Winner(int sign) => new(
        [AnyParameter.T], types => types[0], types => [types[0]], (binding, pool) => new WinnerAccumulator(binding.ArgumentTypes, sign, pool));

    private static GroupedAccumulator CreateExtreme(DataType type, int sign, MemoryPool pool) => type.Kind switch
    {
        TypeKind.TinyInt => new FixedExtremeAccumulator<sbyte>(type, sign, pool),
        TypeKind.SmallInt => new FixedExtremeAccumulator<short>(type, sign, pool),
        TypeKind.Integer or TypeKind.Date or TypeKind.Enum => new FixedExtremeAccumulator<int>(type, sign, pool),
        TypeKind.BigInt or TypeKind.Oid or TypeKind.Time or TypeKind.TimeTz or TypeKind.Timestamp or TypeKind.TimestampTz => new FixedExtremeAccumulator<long>(type, sign, pool),
        TypeKind.Real => new FixedExtremeAccumulator<float>(type, sign, pool),
        TypeKind.Double => new FixedExtremeAccumulator<double>(type, sign, pool),
        TypeKind.Decimal when type.ByteWidth == 8 => new FixedExtremeAccumulator<long>(type, sign, pool),
        TypeKind.Decimal => new FixedExtremeAccumulator<Int128>(type, sign, pool),
        TypeKind.Interval => new FixedExtremeAccumulator<Interval>(type, sign, pool),
        TypeKind.Uuid => new FixedExtremeAccumulator<UInt128>(type, sign, pool),
        _ => new WinnerAccumulator([type], sign, pool),
    };
}
