using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Parser;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>What PostgreSQL says of the server: databases, which are the catalogs here, settings, and what a session holds.</summary>
internal static class ServerTables
{
    private const int Utf8 = 6;

    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<(MetadataScope Scope, ICatalog Catalog)>.Of("pg_database", scope => Databases(scope).Select(catalog => (scope, catalog)))
            .Oid("oid", row => DatabaseId(row.Scope, row.Catalog))
            .Text("datname", row => row.Catalog.Name)
            .Fixed("datdba:oid=10")
            .Number("encoding", _ => Utf8)
            .Fixed("datlocprovider=c datistemplate:boolean=f datallowconn:boolean=t datconnlimit:integer=-1 datfrozenxid:xid=0 datminmxid:xid=0 dattablespace:oid=1663 datcollate=C datctype=C")
            .Nothing("daticulocale datcollversion datacl:text[]"),
        MetadataTable<(long Id, string Name)>.Of("pg_tablespace", _ => [(SystemIds.DefaultTablespace, "pg_default"), (SystemIds.GlobalTablespace, "pg_global")])
            .Oid("oid", row => row.Id)
            .Text("spcname", row => row.Name)
            .Fixed("spcowner:oid=10")
            .Nothing("spcacl:text[] spcoptions:text[]"),
        MetadataTable<(long Id, string Name, string Type)>.Of("pg_am", _ => [(SystemIds.Heap, "heap", "t"), (SystemIds.BTree, "btree", "i")])
            .Oid("oid", row => row.Id)
            .Text("amname", row => row.Name)
            .Fixed("amhandler:regproc=0")
            .Text("amtype", row => row.Type),
        MetadataTable<(string Name, bool IsScrollable)>.Of("pg_cursors", scope => scope.Session.Cursors.All)
            .Text("name", cursor => cursor.Name)
            .Nothing("statement")
            .Fixed("is_holdable:boolean=f is_binary:boolean=f")
            .Boolean("is_scrollable", cursor => cursor.IsScrollable)
            .Nothing("creation_time:timestamptz"),
        MetadataTable<(string Name, string? Text)>.Of("pg_prepared_statements", scope => scope.Session.Prepared.All.Select(prepared => (prepared.Name, prepared.Text ?? prepared.Statement?.ToString())))
            .Text("name", prepared => prepared.Name)
            .Text("statement", prepared => prepared.Text)
            .Nothing("prepare_time:timestamptz parameter_types:regtype[]")
            .Fixed("from_sql:boolean=f generic_plans:bigint=0 custom_plans:bigint=0"),
        MetadataTable<(string Word, bool IsReserved)>.Of("pg_get_keywords", _ => SqlParser.Keywords)
            .Text("word", keyword => keyword.Word)
            .Text("catcode", keyword => keyword.IsReserved ? "R" : "U")
            .Fixed("barelabel:boolean=t")
            .Text("catdesc", keyword => keyword.IsReserved ? "reserved" : "unreserved")
            .Text("baredesc", _ => "can be bare label"),
        MetadataTable<TimeZoneInfo>.Of("pg_timezone_names", _ => TimeZoneInfo.GetSystemTimeZones())
            .Text("name", zone => zone.Id)
            .Text("abbrev", zone => zone.StandardName)
            .Value("utc_offset", "interval", zone => new Core.Types.Interval(0, 0, zone.GetUtcOffset(DateTime.UtcNow).Ticks / TimeSpan.TicksPerMicrosecond))
            .Boolean("is_dst", zone => zone.IsDaylightSavingTime(DateTime.UtcNow)),
    ];

    /// <summary>All catalogs but the session's own of temporary tables, which is a schema in PostgreSQL.</summary>
    private static IEnumerable<ICatalog> Databases(MetadataScope scope) => scope.Names.Catalogs.Where(catalog => catalog != scope.Names.Temporary);

    private static long DatabaseId(MetadataScope scope, ICatalog catalog) => scope.Ids.Of(new ObjectKey(ObjectTable.Database, string.Empty, string.Empty, catalog.Name));
}
