using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>The views of pg_catalog that say in names what its tables say in numbers.</summary>
internal static class RelationViews
{
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
        MetadataTable<(PgObjects Objects, RelationRow Relation)>.Of("pg_rewrite", scope => ClassTables.Over(scope, objects => objects.Relations.Where(relation => relation.IsView)))
            .Oid("oid", row => row.Objects.IdOfRule(row.Relation))
            .Fixed("rulename=_RETURN")
            .Oid("ev_class", row => row.Objects.Scope.IdOf(row.Relation))
            .Fixed("ev_type=1 ev_enabled=O is_instead:boolean=t ev_qual=<>")
            .Nothing("ev_action"),
    ];
}
