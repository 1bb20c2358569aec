using System.Collections.Immutable;
using Engine.Catalog.Memory;
using Engine.Core.Types;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>Indexes and constraints.</summary>
internal static class KeyTables
{
    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<(PgObjects Objects, IndexRow Index)>.Of("pg_index", scope => ClassTables.Over(scope, objects => objects.Indexes))
            .Oid("indexrelid", row => row.Objects.IdOf(row.Index))
            .Oid("indrelid", row => row.Objects.Scope.IdOf(row.Index.Relation))
            .Small("indnatts", row => row.Index.Columns.Length)
            .Small("indnkeyatts", row => row.Index.Columns.Length)
            .Boolean("indisunique", row => row.Index.IsUnique)
            .Fixed("indnullsnotdistinct:boolean=f")
            .Boolean("indisprimary", row => row.Index.IsPrimary)
            .Fixed("indisexclusion:boolean=f indimmediate:boolean=t indisclustered:boolean=f indisvalid:boolean=t indcheckxmin:boolean=f indisready:boolean=t indislive:boolean=t indisreplident:boolean=f")
            .Value("indkey", "int2vector", row => row.Index.ColumnNumbers)
            .Value("indcollation", "oidvector", row => Repeat(row.Index, 0L))
            .Value("indclass", "oidvector", row => OperatorClassTables.Of(row.Index))
            .Value("indoption", "int2vector", row => Repeat(row.Index, (short)0))
            .Nothing("indexprs indpred"),
        MetadataTable<(PgObjects Objects, (ConstraintRow Constraint, MemoryTable Table) Row)>.Of("pg_constraint", scope => ClassTables.Over(scope, objects => objects.Constraints))
            .Oid("oid", row => row.Objects.IdOf(row.Row.Constraint))
            .Text("conname", row => row.Row.Constraint.Name)
            .Oid("connamespace", row => row.Objects.IdOfSchema(row.Row.Constraint.Relation.SchemaName))
            .Text("contype", row => row.Row.Constraint.Type switch { "PRIMARY KEY" => "p", "UNIQUE" => "u", "FOREIGN KEY" => "f", _ => "c" })
            .Fixed("condeferrable:boolean=f condeferred:boolean=f")
            .Boolean("convalidated", row => row.Row.Constraint.Reference is null)
            .Oid("conrelid", row => row.Objects.Scope.IdOf(row.Row.Constraint.Relation))
            .Fixed("contypid:oid=0")
            .Oid("conindid", row => IndexBehind(row.Objects, row.Row.Constraint, row.Row.Table))
            .Fixed("conparentid:oid=0")
            .Oid("confrelid", row => row.Row.Constraint.Reference is { } reference ? Referenced(row.Objects, row.Row.Constraint, reference) : 0)
            .Text("confupdtype", row => row.Row.Constraint.Reference is null ? " " : "a")
            .Text("confdeltype", row => row.Row.Constraint.Reference is null ? " " : "a")
            .Text("confmatchtype", row => row.Row.Constraint.Reference is null ? " " : "s")
            .Fixed("conislocal:boolean=t coninhcount:integer=0")
            .Boolean("connoinherit", row => row.Row.Constraint.Condition is null)
            .Value("conkey", "smallint[]", row => Numbers(row.Row.Constraint.Columns.IsEmpty ? row.Row.Constraint.Checked : row.Row.Constraint.Columns, row.Row.Table))
            .Value("confkey", "smallint[]", row => row.Row.Constraint.Reference is { } reference && ReferencedTable(row.Objects, reference) is { } table ? Numbers(reference.Key.Columns, table.Table) : null)
            .Nothing("conpfeqop:oid[] conppeqop:oid[] conffeqop:oid[] confdelsetcols:smallint[] conexclop:oid[]")
            .Text("conbin", row => row.Row.Constraint.Condition is { } condition ? $"({condition})" : null),
    ];

    /// <summary>What a constraint says, as CREATE TABLE has it.</summary>
    /// <param name="constraint">A key or condition.</param>
    /// <param name="isPretty">Without parentheses that are not needed; PostgreSQL's clients take them off, where they ask for the plain form.</param>
    public static string DefinitionOf(ConstraintRow constraint, bool isPretty) => constraint switch
    {
        { Reference: { } reference } => $"FOREIGN KEY {Names(constraint.Columns)} REFERENCES {Field.Quote(reference.Table)}{Names(reference.Key.Columns)}",
        { Condition: { } condition } => isPretty ? $"CHECK ({condition})" : $"CHECK (({condition}))",
        _ => $"{constraint.Type} {Names(constraint.Columns)}",
    };

    /// <summary>The index that a key has, or that holds the key that a foreign key is to.</summary>
    public static long IndexBehind(PgObjects objects, ConstraintRow constraint, MemoryTable table) => constraint switch
    {
        { Type: "PRIMARY KEY" or "UNIQUE" } => IndexOf(objects, constraint.Relation, table, constraint.Name),
        { Reference: { } reference } when ReferencedTable(objects, reference) is var (relation, other) => IndexOf(objects, relation, other, reference.Key.Name),
        _ => 0,
    };

    private static string Names(IEnumerable<string> columns) => $"({string.Join(", ", columns.Select(Field.Quote))})";

    private static ImmutableArray<object?> Repeat(IndexRow index, object value) => [.. index.Columns.Select(_ => (object?)value)];

    private static ImmutableArray<object?> Numbers(ImmutableArray<string> columns, MemoryTable table) => [.. columns.Select(column => (object?)(short)(table.PlaceOf(column) + 1))];

    private static long IndexOf(PgObjects objects, RelationRow relation, MemoryTable table, string name) =>
        IndexRow.Of(relation, table).FirstOrDefault(index => index.Name == name) is { } index ? objects.IdOf(index) : 0;

    private static long Referenced(PgObjects objects, ConstraintRow constraint, ForeignKey reference) =>
        objects.Scope.Ids.Of(new ObjectKey(ObjectTable.Class, constraint.Relation.CatalogName, reference.Schema, reference.Table));

    private static (RelationRow Relation, MemoryTable Table)? ReferencedTable(PgObjects objects, ForeignKey reference) => objects.Scope.MemoryTables
        .Where(pair => pair.Relation.SchemaName == reference.Schema && pair.Relation.Name == reference.Table)
        .Select(pair => ((RelationRow, MemoryTable)?)pair)
        .FirstOrDefault();
}
