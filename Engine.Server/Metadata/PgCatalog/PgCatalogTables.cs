using System.Collections.Immutable;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>The tables of <c>pg_catalog</c> with the columns of PostgreSQL 15, in their order (PostgreSQL manual, "System Catalogs" and "System Views").</summary>
internal static class PgCatalogTables
{
    public static readonly ImmutableArray<MetadataTable> All = [.. Tables.Select(table => table.WithSystemColumns(SystemIds.Find(new ObjectKey(ObjectTable.Class, string.Empty, SystemIds.PgCatalog, table.Name)) ?? 0))];

    private static IEnumerable<MetadataTable> Tables =>
        [.. ClassTables.All, .. KeyTables.All, .. DependTables.All, .. OperatorClassTables.All, .. TypeTables.All, .. ProcTables.All, .. RoleTables.All, .. ServerTables.All, .. SettingTables.All, .. ActivityTables.All, .. RelationViews.All, .. StatisticsViews.All, .. EmptyTables.All];
}
