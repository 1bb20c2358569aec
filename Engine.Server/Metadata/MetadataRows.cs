using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Types;

namespace Engine.Server.Metadata;

/// <summary>A schema.</summary>
/// <param name="Catalog">The catalog that it is in.</param>
/// <param name="Holder">The catalog that finds its tables: the same, but for the information schema.</param>
/// <param name="Name">Its name.</param>
internal sealed record SchemaRow(ICatalog Catalog, ICatalog Holder, string Name);

/// <summary>A table or view.</summary>
internal sealed record RelationRow(SchemaRow Schema, string Name, bool IsView)
{
    public string CatalogName => Schema.Catalog.Name;

    public string SchemaName => Schema.Name;

    public bool IsTemporary => CatalogName == MemoryCatalog.TemporaryName;

    /// <summary>Whether it can be changed; a view can not, but be dropped.</summary>
    public bool IsWritable => Schema.Holder is MemoryCatalog;

    public string? Comment => Schema.Holder.CommentOn(SchemaName, Name);

    /// <summary>Its name as SQL needs it, catalog and schema included.</summary>
    public string QualifiedName => $"{Field.Quote(CatalogName)}.{Field.Quote(SchemaName)}.{Field.Quote(Name)}";
}

/// <summary>A column of a table or view.</summary>
internal sealed record ColumnRow(RelationRow Relation, int Position, TableColumn Column)
{
    public PostgresType Type => new(Column.Type, Column.MaxLength);

    /// <summary>The schema of its type: that of CREATE TYPE, or PostgreSQL's own.</summary>
    public string TypeSchema => Column.Type is EnumType { Name: { } name } && Relation.Schema.Catalog is MemoryCatalog memory
        ? memory.Schemas.FirstOrDefault(schema => memory.Objects(schema).OfType<MemoryType>().Any(type => type.Name == name)) ?? Relation.SchemaName
        : SessionNames.PgCatalog;

    public bool IsUpdatable => Relation is { IsView: false, IsWritable: true };
}

/// <summary>A sequence.</summary>
internal sealed record SequenceRow(SchemaRow Schema, MemorySequence Sequence)
{
    public PostgresType Type => new(Sequence.Range.Type, MaxLength: null);
}

/// <summary>A constraint of a table.</summary>
/// <param name="Relation">The table.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Type">As the standard has it: PRIMARY KEY, UNIQUE, CHECK or FOREIGN KEY.</param>
/// <param name="Columns">The columns that it is about, where it is a key.</param>
internal sealed record ConstraintRow(RelationRow Relation, string Name, string Type, ImmutableArray<string> Columns)
{
    /// <summary>The condition of a CHECK.</summary>
    public string? Condition { get; init; }

    /// <summary>The columns that a CHECK names.</summary>
    public ImmutableArray<string> Checked { get; init; } = [];

    /// <summary>Whether it is a column's NOT NULL.</summary>
    public bool IsNotNull { get; init; }

    /// <summary>What a FOREIGN KEY refers to.</summary>
    public ForeignKey? Reference { get; init; }

    public static IEnumerable<ConstraintRow> Of(RelationRow relation, MemoryTable table) =>
    [
        .. table.Keys.Select(key => new ConstraintRow(relation, key.Name, key.IsPrimary ? "PRIMARY KEY" : "UNIQUE", key.Columns)),
        .. table.ForeignKeys.Select(key => new ConstraintRow(relation, key.Name, "FOREIGN KEY", key.Columns) { Reference = key }),
        .. table.Checks.Select(check => new ConstraintRow(relation, check.Name, "CHECK", []) { Condition = check.Condition, Checked = check.Columns }),

        // NOT NULL is a CHECK in the standard's eyes.
        .. table.Columns.Where(column => !column.IsNullable)
            .Select(column => new ConstraintRow(relation, $"{table.Name}_{column.Name}_not_null", "CHECK", []) { Condition = $"{column.Name} IS NOT NULL", IsNotNull = true }),
    ];
}
