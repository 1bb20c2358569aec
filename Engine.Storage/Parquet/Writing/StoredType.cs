using System.Diagnostics;
using System.Numerics;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Writing;

/// <summary>How values of a type are stored, the counterpart of <see cref="ColumnMapping"/>. Where an older annotation says nearly the same, it stands beside the newer one, as readers know either.</summary>
internal static class StoredType
{
    private const int MicrosUnit = 2;
    private const int NanosUnit = 3;
    private const int MaxInt32Digits = 9;

    public static SchemaElement Of(DataType type) => type.Kind switch
    {
        TypeKind.Boolean => new SchemaElement { Physical = PhysicalType.Boolean },
        TypeKind.TinyInt => Integer(PhysicalType.Int32, 8, ConvertedType.Int8),
        TypeKind.SmallInt => Integer(PhysicalType.Int32, 16, ConvertedType.Int16),
        TypeKind.Integer => Integer(PhysicalType.Int32, 32, ConvertedType.Int32),
        TypeKind.BigInt => Integer(PhysicalType.Int64, 64, ConvertedType.Int64),
        TypeKind.Real => new SchemaElement { Physical = PhysicalType.Float },
        TypeKind.Double => new SchemaElement { Physical = PhysicalType.Double },
        TypeKind.Decimal => Decimal((DecimalType)type),
        TypeKind.Varchar or TypeKind.Unknown => Annotated(PhysicalType.ByteArray, new(LogicalKind.String), ConvertedType.Utf8),
        TypeKind.Json => Annotated(PhysicalType.ByteArray, new(LogicalKind.Json), ConvertedType.Json),
        TypeKind.Varbinary => new SchemaElement { Physical = PhysicalType.ByteArray },
        TypeKind.Date => Annotated(PhysicalType.Int32, new(LogicalKind.Date), ConvertedType.Date),
        TypeKind.Time => Annotated(PhysicalType.Int64, new(LogicalKind.Time, Unit: MicrosUnit), ConvertedType.TimeMicros),
        TypeKind.Timestamp or TypeKind.TimestampTz => Timestamp((TimestampType)type),
        TypeKind.Uuid => new SchemaElement { Physical = PhysicalType.FixedLenByteArray, TypeLength = 16, Logical = new(LogicalKind.Uuid) },
        TypeKind.Interval => new SchemaElement { Physical = PhysicalType.FixedLenByteArray, TypeLength = 12, Converted = ConvertedType.Interval },
        TypeKind.TimeTz or TypeKind.Enum or TypeKind.Oid => throw QueryException.NotSupportedYet($"{type} in Parquet files, which have no such type; a cast to varchar can be written"),
        _ => throw new UnreachableException(type.ToString()),
    };

    private static SchemaElement Annotated(PhysicalType physical, LogicalType logical, ConvertedType converted) =>
        new() { Physical = physical, Logical = logical, Converted = converted };

    private static SchemaElement Integer(PhysicalType physical, int width, ConvertedType converted) =>
        Annotated(physical, new(LogicalKind.Integer, BitWidth: width, IsSigned: true), converted);

    /// <summary>Nanoseconds have no older annotation.</summary>
    private static SchemaElement Timestamp(TimestampType type)
    {
        var isNanos = type.Unit == TimeUnit.Nanosecond;
        var logical = new LogicalType(LogicalKind.Timestamp, IsUtc: type.HasTimeZone, Unit: isNanos ? NanosUnit : MicrosUnit);
        return new SchemaElement { Physical = PhysicalType.Int64, Logical = logical, Converted = isNanos ? null : ConvertedType.TimestampMicros };
    }

    private static SchemaElement Decimal(DecimalType type)
    {
        var physical = type.Precision <= MaxInt32Digits ? PhysicalType.Int32 : type.IsCompact ? PhysicalType.Int64 : PhysicalType.FixedLenByteArray;
        return Annotated(physical, new(LogicalKind.Decimal, type.Scale, type.Precision), ConvertedType.Decimal) with
        {
            Scale = type.Scale,
            Precision = type.Precision,
            TypeLength = physical == PhysicalType.FixedLenByteArray ? BytesOf(type.Precision) : 0,
        };
    }

    /// <summary>Bytes that every number of so many digits fits into, with its sign.</summary>
    private static int BytesOf(int digits)
    {
        var highest = BigInteger.Pow(10, digits) - 1;
        return highest.GetByteCount();
    }
}
