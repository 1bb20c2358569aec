using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Types;
using Engine.Server.PgWire.Types;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>How the columns of indexes are ordered: by PostgreSQL's class of their type.</summary>
internal static class OperatorClassTables
{
    /// <summary>The classes that are the default of their types in B-trees: number, name, type, family (PostgreSQL 15, pg_opclass).</summary>
    private const string Known = """
        1978 int4_ops 23 1976
        1979 int2_ops 21 1976
        1981 oid_ops 26 1989
        3122 date_ops 1082 434
        3123 float8_ops 701 1970
        3124 int8_ops 20 1976
        3125 numeric_ops 1700 1988
        3126 text_ops 25 1994
        3127 timestamptz_ops 1184 434
        3128 timestamp_ops 1114 434
        10000 array_ops 2277 397
        10003 bool_ops 16 424
        10006 bytea_ops 17 428
        10012 float4_ops 700 1970
        10022 interval_ops 1186 1982
        10038 time_ops 1083 1996
        10041 timetz_ops 1266 2000
        10065 uuid_ops 2950 2968
        10069 enum_ops 3500 3522
        10088 jsonb_ops 3802 4033
        """;

    private const long Arrays = 10000;
    private const long Enums = 10069;

    private static readonly ImmutableArray<(long Id, string Name, long Type, long Family)> Classes = [.. Known.Split('\n').Select(line => line.Split(' ')).Select(fields => (Number(fields[0]), fields[1], Number(fields[2]), Number(fields[3])))];

    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<(long Id, string Name, long Type, long Family)>.Of("pg_opclass", _ => Classes)
            .Oid("oid", row => row.Id)
            .Fixed("opcmethod:oid=403")
            .Text("opcname", row => row.Name)
            .Fixed("opcnamespace:oid=11 opcowner:oid=10")
            .Oid("opcfamily", row => row.Family)
            .Oid("opcintype", row => row.Type)
            .Fixed("opcdefault:boolean=t opckeytype:oid=0"),
    ];

    /// <summary>The class of each column of an index.</summary>
    public static ImmutableArray<object?> Of(IndexRow index) => [.. index.Columns.Select(column => (object?)Of(index.Table.Columns[index.Table.PlaceOf(column)].Type))];

    private static long Of(DataType type) => type.Kind switch
    {
        TypeKind.Array => Arrays,
        TypeKind.Enum => Enums,
        _ => Classes.FirstOrDefault(known => known.Type == WireType.Of(type).Oid).Id,
    };

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
