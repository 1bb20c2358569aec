using Engine.Core.Types;

namespace Engine.Server.PgWire.Types;

/// <summary>A type as the protocol describes it.</summary>
/// <param name="Oid">PostgreSQL's number of the type.</param>
/// <param name="Size">Bytes of its values, -1 where they differ.</param>
/// <param name="Modifier">Precision and scale of numeric; -1 for none.</param>
internal readonly record struct WireType(int Oid, short Size, int Modifier = -1)
{
    public const int Text = 25;
    public const int Json = 114;

    /// <summary>varchar, which has a length.</summary>
    public const int VaryingCharacter = 1043;

    private const int Letter = 18;
    private const int Name = 19;
    private const int Names = 1003;

    /// <summary>What PostgreSQL says of names; ours may be longer.</summary>
    private const short NameBytes = 64;

    /// <summary>Precision and scale share a number, which counts its own four bytes.</summary>
    public const int ModifierHeader = 4;

    /// <summary>The type of a column, as far as clients are told more of text than that it is text.</summary>
    public static WireType Of(Field column) => (column.Type, column.Form.Kind) switch
    {
        ({ Kind: TypeKind.Varchar }, TextKind.Varying) => new(VaryingCharacter, -1, column.Form.MaxLength is { } length ? length + ModifierHeader : -1),
        ({ Kind: TypeKind.Varchar }, TextKind.Name) => new(Name, NameBytes),
        ({ Kind: TypeKind.Varchar }, TextKind.Letter) => new(Letter, 1),
        (ArrayType { Element.Kind: TypeKind.Varchar }, TextKind.Name) => new(Names, -1),
        _ => Of(column.Type),
    };

    public static WireType Of(DataType type) => type switch
    {
        DecimalType number => new(1700, -1, ((number.Precision << 16) | number.Scale) + ModifierHeader),
        ArrayType { IsVector: true, Element: var element } => new(element.Kind == TypeKind.Oid ? 30 : 22, -1),
        OidType { Class: var kind } => new(OidOf(kind), 4),
        ArrayType { Element: var element } when IsScalar(element) => new(ArrayOid(element), -1),
        _ when type.IsNested => new(Json, -1),
        _ => type.Kind switch
        {
            TypeKind.Boolean => new(16, 1),
            TypeKind.TinyInt or TypeKind.SmallInt => new(21, 2),
            TypeKind.Integer => new(23, 4),
            TypeKind.BigInt => new(20, 8),
            TypeKind.Real => new(700, 4),
            TypeKind.Double => new(701, 8),
            TypeKind.Varbinary => new(17, -1),
            TypeKind.Date => new(1082, 4),
            TypeKind.Time => new(1083, 8),
            TypeKind.TimeTz => new(1266, 12),
            TypeKind.Timestamp => new(1114, 8),
            TypeKind.TimestampTz => new(1184, 8),
            TypeKind.Interval => new(1186, 16),
            TypeKind.Uuid => new(2950, 16),
            TypeKind.Json => new(Json, -1),
            _ => new(Text, -1),
        },
    };

    /// <summary>
    /// Whether values of a type go as PostgreSQL's own: scalars, and arrays of them. Maps, rows and whatever holds such, and arrays of arrays,
    /// which need not be rectangles, go as JSON.
    /// </summary>
    public static bool IsNative(DataType type) => IsScalar(type) || type is ArrayType { Element: var element } && IsScalar(element);

    /// <summary>The engine's type of a parameter; null where the number is none that it takes, unknown where the statement is to say it.</summary>
    public static DataType? Find(int oid) => oid switch
    {
        0 or 705 => DataType.Unknown,
        16 => DataType.Boolean,
        21 => DataType.SmallInt,
        23 => DataType.Integer,
        20 => DataType.BigInt,
        26 => OidType.ByName["oid"],
        28 => OidType.ByName["xid"],
        2205 => OidType.ByName["regclass"],
        2206 => OidType.ByName["regtype"],
        4089 => OidType.ByName["regnamespace"],
        18 => DataType.Varchar,
        700 => DataType.Real,
        701 => DataType.Double,
        1700 => new DecimalType(DecimalType.MaxPrecision, 10),
        Text or 1043 or 1042 or 19 => DataType.Varchar,
        17 => DataType.Varbinary,
        1082 => DataType.Date,
        1083 => DataType.Time,
        1266 => DataType.TimeTz,
        1114 => DataType.Timestamp,
        1184 => DataType.TimestampTz,
        1186 => DataType.Interval,
        2950 => DataType.Uuid,
        Json or 3802 => DataType.Json,
        _ => Elements.Where(pair => pair.Array == oid).Select(pair => (DataType?)DataType.Array(Find(pair.Element)!)).FirstOrDefault(),
    };

    /// <summary>The numbers of PostgreSQL's types and of their arrays.</summary>
    private static readonly (int Element, int Array)[] Elements =
    [
        (16, 1000), (17, 1001), (21, 1005), (23, 1007), (Text, 1009), (1043, 1015), (20, 1016), (700, 1021), (701, 1022), (1114, 1115), (1082, 1182),
        (1083, 1183), (1266, 1270), (1184, 1185), (1186, 1187), (1700, 1231), (2950, 2951), (Json, 199), (26, 1028), (28, 1011), (19, 1003),
        (24, 1008), (2202, 2207), (2203, 2208), (2205, 2210), (2206, 2211), (4089, 4090), (4096, 4097), (4191, 4192),
    ];

    private static bool IsScalar(DataType type) => !type.IsNested;

    private static int OidOf(OidClass kind) => kind switch
    {
        OidClass.Relation => 2205,
        OidClass.Type => 2206,
        OidClass.Namespace => 4089,
        OidClass.Function => 24,
        OidClass.Procedure => 2202,
        OidClass.Operator => 2203,
        OidClass.OperatorSignature => 2204,
        OidClass.Role => 4096,
        OidClass.Collation => 4191,
        OidClass.Transaction => 28,
        _ => 26,
    };

    private static int ArrayOid(DataType element)
    {
        var oid = Of(element).Oid;
        return Elements.First(pair => pair.Element == oid).Array;
    }
}
