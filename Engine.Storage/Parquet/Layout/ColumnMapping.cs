using Engine.Core.Types;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Layout;

/// <summary>How a stored value becomes one of the column's type.</summary>
internal enum Conversion
{
    /// <summary>The bytes are the same.</summary>
    None,
    Boolean,
    Int32ToInt8,
    Int32ToInt16,
    UInt8ToInt16,
    UInt16ToInt32,
    UInt32ToInt64,
    UInt64ToInt128,
    Int32ToInt64,
    Int32ToInt128,
    Int64ToInt128,
    TimeMillis,
    TimeMicros,
    TimeNanos,
    Int64MillisToMicros,
    Int96ToMicros,
    HalfToSingle,
    BytesToUuid,
    BytesToInterval,
    BytesToInt64,
    BytesToInt128,
}

/// <summary>The SQL type of a leaf, and the way there from what is stored.</summary>
internal readonly record struct ColumnMapping(DataType Type, Conversion Conversion)
{
    /// <summary>What a leaf's physical, logical and converted type mean together. Combinations that make no sense count as unannotated.</summary>
    public static ColumnMapping Of(SchemaElement leaf)
    {
        var logical = leaf.Logical.Kind == LogicalKind.None ? FromConverted(leaf) : leaf.Logical;
        return leaf.Physical switch
        {
            PhysicalType.Boolean => new(DataType.Boolean, Conversion.Boolean),
            PhysicalType.Int32 => OfInt32(logical),
            PhysicalType.Int64 => OfInt64(logical),
            PhysicalType.Int96 => new(DataType.Timestamp, Conversion.Int96ToMicros),
            PhysicalType.Float => new(DataType.Real, Conversion.None),
            PhysicalType.Double => new(DataType.Double, Conversion.None),
            PhysicalType.ByteArray => OfBinary(logical),
            _ => OfFixed(leaf, logical),
        };
    }

    private static LogicalType FromConverted(SchemaElement leaf) => leaf.Converted switch
    {
        ConvertedType.Utf8 => new(LogicalKind.String),
        ConvertedType.Enum => new(LogicalKind.Enum),
        ConvertedType.Json => new(LogicalKind.Json),
        ConvertedType.Decimal => new(LogicalKind.Decimal, leaf.Scale, leaf.Precision),
        ConvertedType.Date => new(LogicalKind.Date),
        ConvertedType.TimeMillis => new(LogicalKind.Time, Unit: 1),
        ConvertedType.TimeMicros => new(LogicalKind.Time, Unit: 2),
        ConvertedType.TimestampMillis => new(LogicalKind.Timestamp, Unit: 1, IsUtc: true),
        ConvertedType.TimestampMicros => new(LogicalKind.Timestamp, Unit: 2, IsUtc: true),
        >= ConvertedType.UInt8 and <= ConvertedType.UInt64 and var width => new(LogicalKind.Integer, BitWidth: 8 << (width - ConvertedType.UInt8)),
        >= ConvertedType.Int8 and <= ConvertedType.Int64 and var width =>
            new(LogicalKind.Integer, BitWidth: 8 << (width - ConvertedType.Int8), IsSigned: true),
        _ => default,
    };

    private static ColumnMapping OfInt32(LogicalType logical) => (logical.Kind, logical.BitWidth, logical.IsSigned) switch
    {
        (LogicalKind.Integer, 8, true) => new(DataType.TinyInt, Conversion.Int32ToInt8),
        (LogicalKind.Integer, 16, true) => new(DataType.SmallInt, Conversion.Int32ToInt16),
        (LogicalKind.Integer, 8, false) => new(DataType.SmallInt, Conversion.UInt8ToInt16),
        (LogicalKind.Integer, 16, false) => new(DataType.Integer, Conversion.UInt16ToInt32),
        (LogicalKind.Integer, 32, false) => new(DataType.BigInt, Conversion.UInt32ToInt64),
        (LogicalKind.Date, _, _) => new(DataType.Date, Conversion.None),
        (LogicalKind.Time, _, _) when logical.Unit == 1 => new(DataType.Time, Conversion.TimeMillis),
        (LogicalKind.Decimal, _, _) when DecimalOf(logical) is { } type => new(type, type.IsCompact ? Conversion.Int32ToInt64 : Conversion.Int32ToInt128),
        _ => new(DataType.Integer, Conversion.None),
    };

    private static ColumnMapping OfInt64(LogicalType logical) => logical.Kind switch
    {
        LogicalKind.Integer when logical is { BitWidth: 64, IsSigned: false } => new(DataType.Decimal(20, 0), Conversion.UInt64ToInt128),
        LogicalKind.Time when logical.Unit == 2 => new(DataType.Time, Conversion.TimeMicros),
        LogicalKind.Time when logical.Unit == 3 => new(DataType.Time, Conversion.TimeNanos),
        LogicalKind.Timestamp when logical.Unit == 1 => new(TimestampOf(logical), Conversion.Int64MillisToMicros),
        LogicalKind.Timestamp when logical.Unit is 2 or 3 => new(TimestampOf(logical), Conversion.None),
        LogicalKind.Decimal when DecimalOf(logical) is { } type => new(type, type.IsCompact ? Conversion.None : Conversion.Int64ToInt128),
        _ => new(DataType.BigInt, Conversion.None),
    };

    private static ColumnMapping OfBinary(LogicalType logical) => logical.Kind switch
    {
        LogicalKind.String or LogicalKind.Enum => new(DataType.Varchar, Conversion.None),
        LogicalKind.Json => new(DataType.Json, Conversion.None),
        LogicalKind.Decimal when DecimalOf(logical) is { } type => new(type, type.IsCompact ? Conversion.BytesToInt64 : Conversion.BytesToInt128),
        _ => new(DataType.Varbinary, Conversion.None),
    };

    private static ColumnMapping OfFixed(SchemaElement leaf, LogicalType logical) => logical.Kind switch
    {
        LogicalKind.Uuid when leaf.TypeLength == 16 => new(DataType.Uuid, Conversion.BytesToUuid),
        LogicalKind.Float16 when leaf.TypeLength == 2 => new(DataType.Real, Conversion.HalfToSingle),
        _ when leaf is { Converted: ConvertedType.Interval, TypeLength: 12 } => new(DataType.Interval, Conversion.BytesToInterval),
        _ => OfBinary(logical),
    };

    private static DecimalType? DecimalOf(LogicalType logical) =>
        logical.Precision is >= 1 and <= DecimalType.MaxPrecision && logical.Scale >= 0 && logical.Scale <= logical.Precision
            ? DataType.Decimal(logical.Precision, logical.Scale)
            : null;

    private static TimestampType TimestampOf(LogicalType logical) =>
        new(logical.IsUtc ? TypeKind.TimestampTz : TypeKind.Timestamp, logical.Unit == 3 ? TimeUnit.Nanosecond : TimeUnit.Microsecond);
}
