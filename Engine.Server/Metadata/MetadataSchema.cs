using System.Collections.Frozen;
using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Connectors;
using Engine.Server.Metadata.InformationSchema;
using Engine.Server.Metadata.PgCatalog;

namespace Engine.Server.Metadata;

/// <summary>A schema of tables about a catalog, or about all that a session reaches without naming one: PostgreSQL's tables and columns.</summary>
internal sealed class MetadataSchema : ICatalog
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, MetadataTable>> Known = new Dictionary<string, ImmutableArray<MetadataTable>>(StringComparer.Ordinal)
    {
        [SessionNames.InformationSchema] = InformationSchemaTables.All,
        [SessionNames.PgCatalog] = PgCatalogTables.All,
    }.ToFrozenDictionary(schema => schema.Key, schema => schema.Value.ToFrozenDictionary(table => table.Name, StringComparer.Ordinal), StringComparer.Ordinal);

    private readonly string _schema;
    private readonly string? _catalog;

    private MetadataSchema(string schema, string? catalog)
    {
        _schema = schema;
        _catalog = catalog;
    }

    public string Name => _catalog ?? _schema;

    public IEnumerable<string> Schemas => [_schema];

    private FrozenDictionary<string, MetadataTable> Tables => Known[_schema];

    /// <param name="schema">Its name, in upper or lower case.</param>
    /// <param name="catalog">The catalog that it tells of; null for all in reach.</param>
    public static MetadataSchema Open(string schema, string? catalog) => new(schema.ToLowerInvariant(), catalog);

    public CatalogEntry? Find(string schema, string name, CancellationToken cancellationToken) => Tables.TryGetValue(name.ToLowerInvariant(), out var table)
        ? new TableEntry(_schema, table.Name, new MetadataTableSource($"{_schema}.{table.Name}", CatalogForms.Apply(table.Schema, _schema), _catalog))
        : null;

    public IEnumerable<(string Name, bool IsView)> List(string schema) => Tables.Keys.Order(StringComparer.Ordinal).Select(name => (name, false));

    /// <summary>The table that a source stands for.</summary>
    public static MetadataTable Table(string sourceName) => sourceName.Split('.') is [var schema, var name] ? Known[schema][name] : throw new ArgumentException(sourceName, nameof(sourceName));
}
