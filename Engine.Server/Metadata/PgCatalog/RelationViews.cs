using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>The views of pg_catalog that say in names what its tables say in numbers.</summary>
internal static class RelationViews
{
    private const string Counters =
        "seq_scan:bigint=0 seq_tup_read:bigint=0 idx_scan:bigint=0 idx_tup_fetch:bigint=0 n_tup_ins:bigint=0 n_tup_upd:bigint=0 n_tup_del:bigint=0 n_tup_hot_upd:bigint=0 "
        + "n_live_tup:bigint=0 n_dead_tup:bigint=0 n_mod_since_analyze:bigint=0 n_ins_since_vacuum:bigint=0";

    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<(PgObjects Objects, RelationRow Relation)>.Of("pg_tables", scope => ClassTables.Over(scope, objects => objects.Relations.Where(relation => !relation.IsView)))
            .InSchema("schemaname", row => row.Relation.SchemaName)
            .Relation("tablename", row => row.Relation.Name)
            .Text("tableowner", row => row.Objects.Scope.User)
            .Nothing("tablespace")
            .Boolean("hasindexes", row => row.Objects.Scope.MemoryTableOf(row.Relation) is { } table && IndexRow.Of(row.Relation, table).Any())
            .Fixed("hasrules:boolean=f hastriggers:boolean=f rowsecurity:boolean=f"),
        MetadataTable<(PgObjects Objects, RelationRow Relation)>.Of("pg_views", scope => ClassTables.Over(scope, objects => objects.Relations.Where(relation => relation.IsView)))
            .InSchema("schemaname", row => row.Relation.SchemaName)
            .Relation("viewname", row => row.Relation.Name)
            .Text("viewowner", row => row.Objects.Scope.User)
            .Text("definition", row => row.Objects.Scope.DefinitionOf(row.Relation)),
        MetadataTable<(PgObjects Objects, IndexRow Index)>.Of("pg_indexes", scope => ClassTables.Over(scope, objects => objects.Indexes))
            .InSchema("schemaname", row => row.Index.Relation.SchemaName)
            .Relation("tablename", row => row.Index.Relation.Name)
            .Text("indexname", row => row.Index.Name)
            .Nothing("tablespace")
            .Text("indexdef", row => row.Index.Definition),
        MetadataTable<(PgObjects Objects, SequenceRow Sequence)>.Of("pg_sequences", scope => ClassTables.Over(scope, _ => scope.Sequences))
            .InSchema("schemaname", row => row.Sequence.Schema.Name)
            .Text("sequencename", row => row.Sequence.Sequence.Name)
            .Text("sequenceowner", row => row.Objects.Scope.User)
            .Value("data_type", "regtype", row => row.Objects.IdOfType(row.Sequence.Sequence.Range.Type, maxLength: null))
            .Count("start_value", row => row.Sequence.Sequence.Range.Start)
            .Count("min_value", row => row.Sequence.Sequence.Range.Minimum)
            .Count("max_value", row => row.Sequence.Sequence.Range.Maximum)
            .Count("increment_by", row => row.Sequence.Sequence.Range.Increment)
            .Boolean("cycle", row => row.Sequence.Sequence.Range.Cycles)
            .Fixed("cache_size:bigint=1")
            .Nothing("last_value:bigint"),
        Statistics("pg_stat_all_tables", _ => true),
        Statistics("pg_stat_user_tables", relation => !SystemIds.IsSystemSchema(relation.SchemaName)),
        Statistics("pg_stat_sys_tables", relation => SystemIds.IsSystemSchema(relation.SchemaName)),
    ];

    /// <summary>Nothing is counted, but the tables are there: some tools list them from here.</summary>
    private static MetadataTable<(PgObjects Objects, RelationRow Relation)> Statistics(string name, Func<RelationRow, bool> isMeant) =>
        MetadataTable<(PgObjects Objects, RelationRow Relation)>.Of(name, scope => ClassTables.Over(scope, objects => objects.Relations.Where(relation => !relation.IsView && isMeant(relation))))
            .Oid("relid", row => row.Objects.Scope.IdOf(row.Relation))
            .InSchema("schemaname", row => row.Relation.SchemaName)
            .Relation("relname", row => row.Relation.Name)
            .Fixed(Counters)
            .Nothing("last_vacuum:timestamptz last_autovacuum:timestamptz last_analyze:timestamptz last_autoanalyze:timestamptz")
            .Fixed("vacuum_count:bigint=0 autovacuum_count:bigint=0 analyze_count:bigint=0 autoanalyze_count:bigint=0");
}
