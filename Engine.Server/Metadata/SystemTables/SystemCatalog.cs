using System.Collections.Frozen;
using Engine.Catalog;
using Engine.Core.Connectors;

namespace Engine.Server.Metadata.SystemTables;

/// <summary>The catalog <c>system</c>: what the engine knows (<c>metadata</c>) and what it does (<c>runtime</c>).</summary>
internal sealed class SystemCatalog : ICatalog
{
    /// <summary>What it is called.</summary>
    public const string CatalogName = "system";

    private const string Prefix = $"{CatalogName}.";

    private static readonly FrozenDictionary<string, FrozenDictionary<string, MetadataTable>> Tables = new Dictionary<string, IEnumerable<MetadataTable>>(StringComparer.Ordinal)
    {
        ["metadata"] = MetadataTables.All,
        ["runtime"] = RuntimeTables.All,
    }.ToFrozenDictionary(schema => schema.Key, schema => schema.Value.ToFrozenDictionary(table => table.Name, StringComparer.Ordinal), StringComparer.Ordinal);

    public string Name => CatalogName;

    public bool IsOpenToAll => true;

    public IEnumerable<string> Schemas => Tables.Keys.Order(StringComparer.Ordinal);

    public CatalogEntry? Find(string schema, string name, CancellationToken cancellationToken) =>
        Tables.TryGetValue(schema.ToLowerInvariant(), out var tables) && tables.TryGetValue(name.ToLowerInvariant(), out var table)
            ? new TableEntry(schema, table.Name, new MetadataTableSource($"{Prefix}{schema.ToLowerInvariant()}.{table.Name}", table.Schema, Catalog: null))
            : null;

    public IEnumerable<(string Name, bool IsView)> List(string schema) => Tables.TryGetValue(schema, out var tables)
        ? tables.Keys.Order(StringComparer.Ordinal).Select(name => (name, false))
        : [];

    /// <summary>Whether a source is one of its tables.</summary>
    public static bool Holds(string sourceName) => sourceName.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The table that a source stands for.</summary>
    public static MetadataTable Table(string sourceName) => sourceName.Split('.') is [_, var schema, var name] ? Tables[schema][name] : throw new ArgumentException(sourceName, nameof(sourceName));
}
