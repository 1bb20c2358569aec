namespace Engine.Core.Types;

/// <summary>A SQL type. Types are values: equal types are interchangeable. <see cref="object.ToString"/> gives the SQL name.</summary>
public abstract record DataType(TypeKind Kind)
{
    public static readonly DataType Unknown = new PrimitiveType(TypeKind.Unknown, "unknown", ColumnLayout.Views, 16);
    public static readonly DataType Boolean = new PrimitiveType(TypeKind.Boolean, "boolean", ColumnLayout.Bits, 0);
    public static readonly DataType TinyInt = new PrimitiveType(TypeKind.TinyInt, "tinyint", ColumnLayout.Fixed, 1);
    public static readonly DataType SmallInt = new PrimitiveType(TypeKind.SmallInt, "smallint", ColumnLayout.Fixed, 2);
    public static readonly DataType Integer = new PrimitiveType(TypeKind.Integer, "integer", ColumnLayout.Fixed, 4);
    public static readonly DataType BigInt = new PrimitiveType(TypeKind.BigInt, "bigint", ColumnLayout.Fixed, 8);
    public static readonly DataType Real = new PrimitiveType(TypeKind.Real, "real", ColumnLayout.Fixed, 4);
    public static readonly DataType Double = new PrimitiveType(TypeKind.Double, "double", ColumnLayout.Fixed, 8);
    public static readonly DataType Varchar = new PrimitiveType(TypeKind.Varchar, "varchar", ColumnLayout.Views, 16);
    public static readonly DataType Varbinary = new PrimitiveType(TypeKind.Varbinary, "varbinary", ColumnLayout.Views, 16);
    public static readonly DataType Json = new PrimitiveType(TypeKind.Json, "json", ColumnLayout.Views, 16);
    public static readonly DataType Date = new PrimitiveType(TypeKind.Date, "date", ColumnLayout.Fixed, 4);
    public static readonly DataType Time = new PrimitiveType(TypeKind.Time, "time", ColumnLayout.Fixed, 8);
    public static readonly DataType TimeTz = new PrimitiveType(TypeKind.TimeTz, "time with time zone", ColumnLayout.Fixed, 8);
    public static readonly DataType Interval = new PrimitiveType(TypeKind.Interval, "interval", ColumnLayout.Fixed, 16);
    public static readonly DataType Uuid = new PrimitiveType(TypeKind.Uuid, "uuid", ColumnLayout.Fixed, 16);
    public static readonly DataType Timestamp = new TimestampType(TypeKind.Timestamp, TimeUnit.Microsecond);
    public static readonly DataType TimestampTz = new TimestampType(TypeKind.TimestampTz, TimeUnit.Microsecond);
    public static readonly DataType TimestampNanos = new TimestampType(TypeKind.Timestamp, TimeUnit.Nanosecond);

    public abstract ColumnLayout Layout { get; }

    /// <summary>Bytes of one value for <see cref="ColumnLayout.Fixed"/> and <see cref="ColumnLayout.Views"/>, else 0.</summary>
    public abstract int ByteWidth { get; }

    public bool IsInteger => Kind is >= TypeKind.TinyInt and <= TypeKind.BigInt;

    public bool IsNumeric => Kind is >= TypeKind.TinyInt and <= TypeKind.Double;

    public bool IsFloating => Kind is TypeKind.Real or TypeKind.Double;

    public bool IsText => Kind is TypeKind.Varchar or TypeKind.Json;

    public bool IsTemporal => Kind is >= TypeKind.Date and <= TypeKind.TimestampTz;

    public bool IsNested => Kind is TypeKind.Array or TypeKind.Map or TypeKind.Row;

    public static DecimalType Decimal(int precision, int scale) => new(precision, scale);

    public static ArrayType Array(DataType element) => new(element);

    public static MapType Map(DataType key, DataType value) => new(key, value);

    public static RowType Row(params ReadOnlySpan<Field> fields) => new([.. fields]);
}
