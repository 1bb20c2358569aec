using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Core.Arrow.Format;

/// <summary>
/// The engine's type for each of Arrow's. Unsigned integers take the next wider type, as those of Parquet do. There are no unions in the engine:
/// their values are json. Finer steps than microseconds are kept in timestamps alone.
/// </summary>
internal static class ArrowTypeMapping
{
    public const string UuidExtension = "arrow.uuid";
    public const string JsonExtension = "arrow.json";

    public static DataType Of(ArrowType type, ImmutableArray<ArrowField> children, string? extension) => type.Id switch
    {
        ArrowTypeId.Bool => DataType.Boolean,
        ArrowTypeId.Int => OfInteger(type),
        ArrowTypeId.FloatingPoint => type.Unit == 2 ? DataType.Double : DataType.Real,
        ArrowTypeId.Decimal => IsReadable(type) ? DecimalOf(type) : DataType.Json,
        ArrowTypeId.Date => DataType.Date,
        ArrowTypeId.Time => DataType.Time,
        ArrowTypeId.Timestamp => new TimestampType(
            type.HasZone ? TypeKind.TimestampTz : TypeKind.Timestamp, type.Unit == ArrowTimeUnit.Nanosecond ? TimeUnit.Nanosecond : TimeUnit.Microsecond),
        ArrowTypeId.Interval or ArrowTypeId.Duration => DataType.Interval,
        ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View => extension == JsonExtension ? DataType.Json : DataType.Varchar,
        ArrowTypeId.Null => DataType.Varchar,
        ArrowTypeId.FixedSizeBinary when type.Size == 16 && extension is UuidExtension or "uuid" => DataType.Uuid,
        ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView or ArrowTypeId.FixedSizeBinary => DataType.Varbinary,
        ArrowTypeId.List or ArrowTypeId.LargeList or ArrowTypeId.ListView or ArrowTypeId.LargeListView or ArrowTypeId.FixedSizeList =>
            new ArrayType(children[0].DataType),
        ArrowTypeId.Map => new MapType(children[0].Children[0].DataType, children[0].Children[1].DataType),
        ArrowTypeId.Struct => new RowType([.. children.Select(child => new Field(child.Name, child.DataType))]),
        ArrowTypeId.RunEndEncoded => children[1].DataType,
        _ => DataType.Json,
    };

    /// <summary>False for decimals that the engine has no type for: with a negative scale, or with more fraction digits than it has digits.</summary>
    public static bool IsReadable(ArrowType type) => type.Id != ArrowTypeId.Decimal || type.Scale is >= 0 and <= DecimalType.MaxPrecision;

    /// <summary>Digits beyond what the engine has are left out of the type; a value that needs them fails when it is met.</summary>
    private static DecimalType DecimalOf(ArrowType type) => new(Math.Min(DecimalType.MaxPrecision, Math.Max(type.Precision, type.Scale)), type.Scale);

    private static DataType OfInteger(ArrowType type) => (type.BitWidth, type.IsSigned) switch
    {
        (8, true) => DataType.TinyInt,
        (8, false) or (16, true) => DataType.SmallInt,
        (16, false) or (32, true) => DataType.Integer,
        (32, false) or (64, true) => DataType.BigInt,
        _ => DataType.Decimal(20, 0),
    };
}
