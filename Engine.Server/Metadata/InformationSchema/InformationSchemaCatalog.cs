using System.Collections.Frozen;
using Engine.Catalog;
using Engine.Core.Connectors;

namespace Engine.Server.Metadata.InformationSchema;

/// <summary>The schema <c>information_schema</c> of a catalog, or of all that a session reaches without naming one: PostgreSQL's tables and columns.</summary>
internal sealed class InformationSchemaCatalog(string? catalog) : ICatalog
{
    private const string Prefix = $"{SessionNames.InformationSchema}.";

    private static readonly FrozenDictionary<string, MetadataTable> Tables =
        RelationTables.All.Concat(ConstraintTables.All).Concat(RoutineTables.All).Concat(PrivilegeTables.All).Concat(LanguageTables.All).Concat(EmptyTables.All)
            .ToFrozenDictionary(table => table.Name, StringComparer.Ordinal);

    public string Name => catalog ?? SessionNames.InformationSchema;

    public IEnumerable<string> Schemas => [SessionNames.InformationSchema];

    public CatalogEntry? Find(string schema, string name, CancellationToken cancellationToken) => Tables.TryGetValue(name.ToLowerInvariant(), out var table)
        ? new TableEntry(SessionNames.InformationSchema, table.Name, new MetadataTableSource(Prefix + table.Name, table.Schema, catalog))
        : null;

    public IEnumerable<(string Name, bool IsView)> List(string schema) => Tables.Keys.Order(StringComparer.Ordinal).Select(name => (name, false));

    /// <summary>The table that a source stands for.</summary>
    public static MetadataTable Table(string sourceName) => Tables[sourceName[Prefix.Length..]];
}
