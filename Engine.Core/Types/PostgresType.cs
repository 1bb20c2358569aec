namespace Engine.Core.Types;

/// <summary>A type as PostgreSQL's information schema describes it. Rows and maps, which it does not have, are user-defined there.</summary>
/// <param name="Type">The engine's type.</param>
/// <param name="MaxLength">The n of <c>varchar(n)</c>.</param>
public readonly record struct PostgresType(DataType Type, int? MaxLength)
{
    private const int MaxTextBytes = 1 << 30;
    private const int MaxBytesPerCharacter = 4;

    /// <summary><c>data_type</c>.</summary>
    public string Name => Type.Kind switch
    {
        TypeKind.TinyInt or TypeKind.SmallInt => "smallint",
        TypeKind.Double => "double precision",
        TypeKind.Decimal => "numeric",
        TypeKind.Varchar => MaxLength is null ? "text" : "character varying",
        TypeKind.Varbinary => "bytea",
        TypeKind.Time => "time without time zone",
        TypeKind.Timestamp => "timestamp without time zone",
        TypeKind.TimestampTz => "timestamp with time zone",
        TypeKind.Array => "ARRAY",
        TypeKind.Map or TypeKind.Row or TypeKind.Enum => "USER-DEFINED",
        TypeKind.Unknown => "text",
        _ => Type.ToString(),
    };

    /// <summary>What <c>pg_typeof</c> and <c>format_type</c> say.</summary>
    public string FormattedName => Type switch
    {
        ArrayType { IsVector: true } => Type.ToString(),
        ArrayType array => $"{new PostgresType(array.Element, null).FormattedName}[]",
        MapType or RowType => Type.ToString(),
        EnumType words => words.Name ?? Type.ToString(),
        _ => Type.Kind == TypeKind.Unknown ? "unknown" : Name,
    };

    /// <summary><c>udt_name</c>: the name of the type in pg_type.</summary>
    public string InternalName => Type switch
    {
        ArrayType { IsVector: true } => Type.ToString(),
        ArrayType array => $"_{new PostgresType(array.Element, null).InternalName}",
        _ => Type.Kind switch
        {
            TypeKind.Boolean => "bool",
            TypeKind.TinyInt or TypeKind.SmallInt => "int2",
            TypeKind.Integer => "int4",
            TypeKind.BigInt => "int8",
            TypeKind.Real => "float4",
            TypeKind.Double => "float8",
            TypeKind.Varchar => MaxLength is null ? "text" : "varchar",
            TypeKind.Time => "time",
            TypeKind.TimeTz => "timetz",
            TypeKind.Timestamp => "timestamp",
            TypeKind.TimestampTz => "timestamptz",
            TypeKind.Map => "map",
            TypeKind.Row => "record",
            TypeKind.Enum => ((EnumType)Type).Name ?? "enum",
            _ => Name,
        },
    };

    public int? CharacterLength => Type.Kind == TypeKind.Varchar ? MaxLength : null;

    public int? OctetLength => Type.Kind == TypeKind.Varchar ? (int)Math.Min((MaxLength ?? int.MaxValue) * (long)MaxBytesPerCharacter, MaxTextBytes) : null;

    public int? Precision => Type switch
    {
        DecimalType number => number.Precision,
        _ => Type.Kind switch
        {
            TypeKind.TinyInt or TypeKind.SmallInt => 16,
            TypeKind.Integer => 32,
            TypeKind.BigInt => 64,
            TypeKind.Real => 24,
            TypeKind.Double => 53,
            _ => null,
        },
    };

    public int? PrecisionRadix => Type is DecimalType ? 10 : Precision is null ? null : 2;

    public int? Scale => Type is DecimalType number ? number.Scale : Type.IsInteger ? 0 : null;

    public int? TimePrecision => Type switch
    {
        TimestampType { Unit: TimeUnit.Nanosecond } => 9,
        _ => Type.Kind switch
        {
            TypeKind.Date => 0,
            TypeKind.Time or TypeKind.TimeTz or TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.Interval => 6,
            _ => null,
        },
    };
}
