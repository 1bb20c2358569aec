using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Server.Metadata.PgCatalog;
using Engine.Server.Sessions;

namespace Engine.Server.Metadata;

/// <summary>What one reading of a metadata table is about: the catalogs that it tells of, less what its filter leaves out.</summary>
internal sealed class MetadataScope(Session session, IReadOnlyList<ICatalog> catalogs, MetadataFilter filter, CancellationToken cancellationToken)
{
    public Session Session => session;

    /// <summary>All that a session reaches without naming a catalog.</summary>
    public static MetadataScope OfReach(Session session, CancellationToken cancellationToken)
    {
        var names = session.Names;
        return new MetadataScope(session, [.. names.ReachableCatalogs.Prepend(names.Temporary).Distinct()], MetadataFilter.None, cancellationToken);
    }

    public SessionNames Names { get; } = session.Names;

    public string User => session.User;

    public IEnumerable<ICatalog> Catalogs => catalogs.Where(catalog => filter.Catalog(catalog.Name));

    public IEnumerable<SchemaRow> Schemas => Catalogs.SelectMany(SchemasOf).Where(schema => filter.Schema(schema.Name));

    public IEnumerable<RelationRow> Relations => Schemas.SelectMany(schema => NamesIn(schema)
        .Where(entry => filter.Relation(entry.Name))
        .Select(entry => new RelationRow(schema, entry.Name, entry.IsView)));

    public IEnumerable<RelationRow> Views => Relations.Where(relation => relation.IsView);

    /// <summary>The columns of all relations. A table whose files cannot be read has none to show.</summary>
    public IEnumerable<ColumnRow> Columns => Relations.SelectMany(ColumnsOf);

    /// <summary>The tables that can be written, which are those that have constraints.</summary>
    public IEnumerable<(RelationRow Relation, MemoryTable Table)> MemoryTables => Relations
        .Select(relation => (Relation: relation, Table: MemoryTableOf(relation)!))
        .Where(pair => pair.Table is not null);

    /// <summary>The table in memory that a relation is; null when it is none.</summary>
    public MemoryTable? MemoryTableOf(RelationRow relation) => relation is { IsView: false, IsWritable: true } && Find(relation) is TableEntry { Definition: { } table } ? table : null;

    public IEnumerable<SequenceRow> Sequences => Schemas
        .Where(schema => schema.Holder is MemoryCatalog)
        .SelectMany(schema => ((MemoryCatalog)schema.Holder).Objects(schema.Name).OfType<MemorySequence>()
            .Where(sequence => filter.Relation(sequence.Name))
            .Select(sequence => new SequenceRow(schema, sequence)));

    public IEnumerable<ConstraintRow> Constraints => MemoryTables.SelectMany(pair => ConstraintRow.Of(pair.Relation, pair.Table));

    /// <summary>The types that CREATE TYPE made.</summary>
    public IEnumerable<(SchemaRow Schema, MemoryType Type)> Types => Schemas
        .Where(schema => schema.Holder is MemoryCatalog)
        .SelectMany(schema => ((MemoryCatalog)schema.Holder).Objects(schema.Name).OfType<MemoryType>().Select(type => (schema, type)));

    /// <summary>Whether there is a relation in a schema.</summary>
    public bool IsInUse(SchemaRow schema) => NamesIn(schema).Any();

    /// <summary>Whether the filter leaves the relation of that number.</summary>
    public bool Allows(long relationId) => filter.RelationId(relationId);

    public ObjectIds Ids => session.Engine.ObjectIds;

    public long IdOf(RelationRow relation) => Ids.Of(new ObjectKey(ObjectTable.Class, relation.CatalogName, relation.SchemaName, relation.Name));

    /// <summary>What a view says.</summary>
    public string? DefinitionOf(RelationRow view) => Find(view) is ViewEntry entry ? entry.Sql.Trim() : null;

    /// <summary>The tables and views that a view names. One that cannot be read has none to show.</summary>
    public IEnumerable<(string Schema, string Name)> ReadBy(RelationRow view)
    {
        try
        {
            return Find(view) is ViewEntry entry ? session.ReadBy(entry, cancellationToken) : [];
        }
        catch (QueryException)
        {
            return [];
        }
    }

    private IEnumerable<SchemaRow> SchemasOf(ICatalog catalog)
    {
        var schemas = Names.SchemasOf(catalog).Select(schema => new SchemaRow(catalog, catalog, schema));

        // Every catalog has the system's schemas; only the current one's are shown where no catalog is named.
        return catalog == Names.Temporary || (catalogs.Count > 1 && catalog.Name != Names.CurrentCatalog)
            ? schemas
            : schemas.Concat(SessionNames.SystemSchemas.Select(schema => new SchemaRow(catalog, Names.SystemSchema(schema, catalog.Name), schema)));
    }

    /// <summary>The relations of a schema. One whose catalog file cannot be read has none to show; who uses it is told why.</summary>
    private static IEnumerable<(string Name, bool IsView)> NamesIn(SchemaRow schema)
    {
        try
        {
            return [.. schema.Holder.List(schema.Name)];
        }
        catch (QueryException)
        {
            return [];
        }
    }

    private CatalogEntry? Find(RelationRow relation)
    {
        try
        {
            return relation.Schema.Holder.Find(relation.Schema.Name, relation.Name, cancellationToken);
        }
        catch (QueryException)
        {
            return null;
        }
    }

    public IEnumerable<ColumnRow> ColumnsOf(RelationRow relation)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (Find(relation))
        {
            case TableEntry { Definition: { } table }:
                return table.Columns.Select((column, i) => new ColumnRow(relation, i + 1, column));
            case TableEntry table:
                return table.Source.Schema.Where(field => !field.IsHidden).Select((field, i) => new ColumnRow(relation, i + 1, new TableColumn(field.Name, field.Type)));
            case ViewEntry:
                return ColumnsOfView(relation);
            default:
                return [];
        }
    }

    private IEnumerable<ColumnRow> ColumnsOfView(RelationRow view)
    {
        try
        {
            return [.. session.Describe(view.QualifiedName, cancellationToken).Select((column, i) => new ColumnRow(view, i + 1, new TableColumn(column.Name, column.Type, column.Form.MaxLength)))];
        }
        catch (QueryException)
        {
            return [];
        }
    }
}

/// <summary>What a filter leaves of catalogs, schemas and relations, by their names or by the number of the relation.</summary>
internal sealed record MetadataFilter(Func<string, bool> Catalog, Func<string, bool> Schema, Func<string, bool> Relation, Func<long, bool> RelationId)
{
    public static readonly MetadataFilter None = new(_ => true, _ => true, _ => true, _ => true);
}
