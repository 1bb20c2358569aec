using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Server.PgWire.Types;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>A row of pg_class.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Schema">Where it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">r for a table, v for a view, i for an index, S for a sequence.</param>
internal sealed record ClassRow(long Id, SchemaRow Schema, string Name, char Kind)
{
    /// <summary>The table or view, or the table of an index.</summary>
    public RelationRow? Relation { get; init; }

    /// <summary>The table in memory, or that of an index.</summary>
    public MemoryTable? Table { get; init; }

    public IndexRow? Index { get; init; }

    public SequenceRow? Sequence { get; init; }
}

/// <summary>An index, or a key, which has one.</summary>
/// <param name="Relation">Its table.</param>
/// <param name="Table">The same.</param>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Names of columns.</param>
internal sealed record IndexRow(RelationRow Relation, MemoryTable Table, string Name, ImmutableArray<string> Columns)
{
    public bool IsUnique { get; init; }

    public bool IsPrimary { get; init; }

    /// <summary>The statement that makes it.</summary>
    public string Definition =>
        $"CREATE {(IsUnique ? "UNIQUE " : string.Empty)}INDEX {Field.Quote(Name)} ON {Field.Quote(Relation.SchemaName)}.{Field.Quote(Relation.Name)} USING btree ({string.Join(", ", Columns.Select(Field.Quote))})";

    /// <summary>The numbers of its columns in the table, from 1.</summary>
    public ImmutableArray<object?> ColumnNumbers => [.. Columns.Select(column => (object?)(short)(Table.PlaceOf(column) + 1))];

    public static IEnumerable<IndexRow> Of(RelationRow relation, MemoryTable table) =>
    [
        .. table.Keys.Select(key => new IndexRow(relation, table, key.Name, key.Columns) { IsUnique = true, IsPrimary = key.IsPrimary }),
        .. table.Indexes.Select(index => new IndexRow(relation, table, index.Name, index.Columns) { IsUnique = index.IsUnique }),
    ];
}

/// <summary>The objects that one reading of pg_catalog is about, with their numbers. Where two catalogs have a relation of the same name, it is the one that is reached by it.</summary>
internal sealed class PgObjects(MetadataScope scope)
{
    private Dictionary<string, long>? _types;

    public MetadataScope Scope => scope;

    /// <summary>Each schema by name; that of temporary tables once there are some, as in PostgreSQL.</summary>
    public IEnumerable<SchemaRow> Schemas => scope.Schemas.Where(schema => schema.Catalog != scope.Names.Temporary || scope.IsInUse(schema)).DistinctBy(schema => schema.Name);

    /// <summary>Tables and views.</summary>
    public IEnumerable<RelationRow> Relations => scope.Relations.DistinctBy(relation => (relation.SchemaName, relation.Name));

    public IEnumerable<ClassRow> Classes =>
    [
        .. Relations.Select(relation => new ClassRow(scope.IdOf(relation), relation.Schema, relation.Name, relation.IsView ? 'v' : 'r') { Relation = relation }),
        .. Indexes.Select(index => new ClassRow(IdOf(index), index.Relation.Schema, index.Name, 'i') { Relation = index.Relation, Table = index.Table, Index = index }),
        .. scope.Sequences.Select(sequence => new ClassRow(IdOf(sequence), sequence.Schema, sequence.Sequence.Name, 'S') { Sequence = sequence }),
    ];

    public IEnumerable<IndexRow> Indexes => scope.MemoryTables.SelectMany(pair => IndexRow.Of(pair.Relation, pair.Table));

    /// <summary>The constraints that pg_constraint has, which are not NOT NULL.</summary>
    public IEnumerable<(ConstraintRow Constraint, MemoryTable Table)> Constraints => scope.MemoryTables
        .SelectMany(pair => ConstraintRow.Of(pair.Relation, pair.Table).Where(constraint => !constraint.IsNotNull).Select(constraint => (constraint, pair.Table)));

    /// <summary>Whether a table refers to another one or is referred to: PostgreSQL holds to foreign keys with triggers, and its clients ask for keys where it says that there are some.</summary>
    public bool IsBoundByForeignKey(RelationRow relation) => scope.MemoryTableOf(relation) is { } table &&
        (!table.ForeignKeys.IsEmpty || scope.MemoryTables.Any(pair => pair.Table.ForeignKeys.Any(key => key.Table == relation.Name && key.Schema == relation.SchemaName)));

    public long IdOf(IndexRow index) => scope.Ids.Of(new ObjectKey(ObjectTable.Class, index.Relation.CatalogName, index.Relation.SchemaName, index.Name));

    public long IdOf(SequenceRow sequence) => scope.Ids.Of(new ObjectKey(ObjectTable.Class, sequence.Schema.Catalog.Name, sequence.Schema.Name, sequence.Sequence.Name));

    public long IdOf(ConstraintRow constraint) =>
        scope.Ids.Of(new ObjectKey(ObjectTable.Constraint, constraint.Relation.CatalogName, constraint.Relation.SchemaName, $"{constraint.Relation.Name}.{constraint.Name}"));

    public long IdOfType(SchemaRow schema, MemoryType type) => scope.Ids.Of(new ObjectKey(ObjectTable.Type, schema.Catalog.Name, schema.Name, type.Name));

    /// <summary>The relations whose rows are a type of their own: those of users.</summary>
    public IEnumerable<RelationRow> RowTypes => Relations.Where(IsRowType);

    /// <summary>The number of the type of a relation's rows; 0 for a relation of the system.</summary>
    public long IdOfRowType(RelationRow relation) => IsRowType(relation) ? IdOfRowType(relation, relation.Name) : 0;

    public long IdOfRowTypeArray(RelationRow relation) => IdOfRowType(relation, "_" + relation.Name);

    private long IdOfRowType(RelationRow relation, string name) => scope.Ids.Of(new ObjectKey(ObjectTable.Type, relation.CatalogName, relation.SchemaName, name));

    private static bool IsRowType(RelationRow relation) => !SessionNames.IsSystemSchema(relation.SchemaName);

    /// <summary>The number of the rule by which PostgreSQL has a view read what it stands for.</summary>
    public long IdOfRule(RelationRow view) => scope.Ids.Of(new ObjectKey(ObjectTable.Rewrite, view.CatalogName, view.SchemaName, view.Name));

    public long IdOfSchema(string schema) => scope.Ids.Of(new ObjectKey(ObjectTable.Namespace, string.Empty, string.Empty, schema));

    /// <summary>The number of a column's type.</summary>
    public long IdOfType(DataType type, int? maxLength) => type is EnumType { Name: { } name } && (_types ??= NamedTypes()).TryGetValue(name, out var id) ? id
        : maxLength is null ? WireType.Of(type).Oid
        : WireType.VaryingCharacter;

    /// <summary>What a type is further said to be: precision and scale, or a length, as PostgreSQL packs them; -1 for nothing.</summary>
    public static int ModifierOf(DataType type, int? maxLength) => maxLength is { } length ? length + WireType.ModifierHeader : WireType.Of(type).Modifier;

    private Dictionary<string, long> NamedTypes() =>
        scope.Types.DistinctBy(pair => pair.Type.Name).ToDictionary(pair => pair.Type.Name, pair => IdOfType(pair.Schema, pair.Type), StringComparer.Ordinal);
}
