using System.Collections.Immutable;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>How often tables and indexes were used. Nothing is counted, but they are all there: some tools list them from here.</summary>
internal static class StatisticsViews
{
    private const string TableCounters =
        "seq_scan:bigint=0 seq_tup_read:bigint=0 idx_scan:bigint=0 idx_tup_fetch:bigint=0 n_tup_ins:bigint=0 n_tup_upd:bigint=0 n_tup_del:bigint=0 n_tup_hot_upd:bigint=0 "
        + "n_live_tup:bigint=0 n_dead_tup:bigint=0 n_mod_since_analyze:bigint=0 n_ins_since_vacuum:bigint=0";

    private const string TableReads =
        "heap_blks_read:bigint=0 heap_blks_hit:bigint=0 idx_blks_read:bigint=0 idx_blks_hit:bigint=0 toast_blks_read:bigint=0 toast_blks_hit:bigint=0 tidx_blks_read:bigint=0 tidx_blks_hit:bigint=0";

    private const string IndexCounters = "idx_scan:bigint=0 idx_tup_read:bigint=0 idx_tup_fetch:bigint=0";

    private const string IndexReads = "idx_blks_read:bigint=0 idx_blks_hit:bigint=0";

    /// <summary>Of all, of users, and of the system.</summary>
    private static readonly ImmutableArray<(string Name, Func<string, bool> HasSchema)> Groups =
        [("all", _ => true), ("user", schema => !SystemIds.IsSystemSchema(schema)), ("sys", SystemIds.IsSystemSchema)];

    public static readonly ImmutableArray<MetadataTable> All =
    [
        .. Groups.SelectMany(group => new MetadataTable[]
        {
            Tables($"pg_stat_{group.Name}_tables", group.HasSchema)
                .Fixed(TableCounters)
                .Nothing("last_vacuum:timestamptz last_autovacuum:timestamptz last_analyze:timestamptz last_autoanalyze:timestamptz")
                .Fixed("vacuum_count:bigint=0 autovacuum_count:bigint=0 analyze_count:bigint=0 autoanalyze_count:bigint=0"),
            Tables($"pg_statio_{group.Name}_tables", group.HasSchema).Fixed(TableReads),
            Indexes($"pg_stat_{group.Name}_indexes", group.HasSchema).Fixed(IndexCounters),
            Indexes($"pg_statio_{group.Name}_indexes", group.HasSchema).Fixed(IndexReads),
        }),
    ];

    private static MetadataTable<(PgObjects Objects, RelationRow Relation)> Tables(string name, Func<string, bool> hasSchema) =>
        MetadataTable<(PgObjects Objects, RelationRow Relation)>.Of(name, scope => ClassTables.Over(scope, objects => objects.Relations.Where(relation => !relation.IsView && hasSchema(relation.SchemaName))))
            .Oid("relid", row => row.Objects.Scope.IdOf(row.Relation))
            .InSchema("schemaname", row => row.Relation.SchemaName)
            .Relation("relname", row => row.Relation.Name);

    private static MetadataTable<(PgObjects Objects, IndexRow Index)> Indexes(string name, Func<string, bool> hasSchema) =>
        MetadataTable<(PgObjects Objects, IndexRow Index)>.Of(name, scope => ClassTables.Over(scope, objects => objects.Indexes.Where(index => hasSchema(index.Relation.SchemaName))))
            .Oid("relid", row => row.Objects.Scope.IdOf(row.Index.Relation))
            .Oid("indexrelid", row => row.Objects.IdOf(row.Index))
            .InSchema("schemaname", row => row.Index.Relation.SchemaName)
            .Relation("relname", row => row.Index.Relation.Name)
            .Text("indexrelname", row => row.Index.Name);
}
