using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Server.Sessions;

namespace Engine.Server.Metadata;

/// <summary>What one reading of a metadata table is about: the catalogs that it tells of, less what its filter leaves out.</summary>
internal sealed class MetadataScope(Session session, IReadOnlyList<ICatalog> catalogs, MetadataFilter filter, CancellationToken cancellationToken)
{
    public Session Session => session;

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
        .Where(relation => relation is { IsView: false, IsWritable: true })
        .Select(relation => (relation, Find(relation) is TableEntry { Definition: { } table } ? table : null!))
        .Where(pair => pair.Item2 is not null);

    public IEnumerable<SequenceRow> Sequences => Schemas
        .Where(schema => schema.Holder is MemoryCatalog)
        .SelectMany(schema => ((MemoryCatalog)schema.Holder).Objects(schema.Name).OfType<MemorySequence>()
            .Where(sequence => filter.Relation(sequence.Name))
            .Select(sequence => new SequenceRow(schema, sequence)));

    /// <summary>What a view says.</summary>
    public string? DefinitionOf(RelationRow view) => Find(view) is ViewEntry entry ? entry.Sql.Trim() : null;

    private IEnumerable<SchemaRow> SchemasOf(ICatalog catalog)
    {
        var schemas = catalog.Schemas.Select(schema => new SchemaRow(catalog, catalog, schema));

        // Every catalog has an information schema; only the current one's is shown where no catalog is named.
        return catalog == Names.Temporary || (catalogs.Count > 1 && catalog.Name != Names.CurrentCatalog)
            ? schemas
            : schemas.Append(new SchemaRow(catalog, Names.InformationSchemaOf(catalog.Name), SessionNames.InformationSchema));
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

    private IEnumerable<ColumnRow> ColumnsOf(RelationRow relation)
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
            return [.. session.Describe(view.QualifiedName, cancellationToken).Select((column, i) => new ColumnRow(view, i + 1, new TableColumn(column.Name, column.Type)))];
        }
        catch (QueryException)
        {
            return [];
        }
    }
}

/// <summary>What a filter leaves of catalogs, schemas and relations, by their names.</summary>
internal sealed record MetadataFilter(Func<string, bool> Catalog, Func<string, bool> Schema, Func<string, bool> Relation);
