using Engine.Core.Types;
using FsCheck;
using FsCheck.Fluent;

namespace Engine.Differential.Tests.Parquet.RoundTrips;

/// <summary>Types of every kind, nested up to three deep.</summary>
internal static class GeneratedTypes
{
    private const int MaxDepth = 3;

    public static readonly Gen<DataType> Scalar = Gen.OneOf(
        Gen.Elements(
            DataType.Boolean, DataType.TinyInt, DataType.SmallInt, DataType.Integer, DataType.BigInt, DataType.Real, DataType.Double, DataType.Varchar, DataType.Varbinary,
            DataType.Json, DataType.Date, DataType.Time, DataType.Timestamp, DataType.TimestampTz, DataType.TimestampNanos, new TimestampType(TypeKind.TimestampTz, TimeUnit.Nanosecond),
            DataType.Interval, DataType.Uuid),
        from precision in Gen.Choose(1, DecimalType.MaxPrecision)
        from scale in Gen.Choose(0, precision)
        select (DataType)DataType.Decimal(precision, scale));

    public static readonly Gen<DataType> Any = Of(MaxDepth);

    private static Gen<DataType> Of(int depth) => depth == 0 ? Scalar : Gen.Frequency(
        (5, Scalar),
        (2, Of(depth - 1).Select(element => (DataType)DataType.Array(element))),
        (1, from key in Scalar from value in Of(depth - 1) select (DataType)DataType.Map(key, value)),
        (2, from count in Gen.Choose(1, 3)
            from types in Of(depth - 1).ListOf(count)
            select (DataType)new RowType([.. types.Select((type, i) => new Field($"f{i}", type))])));
}
