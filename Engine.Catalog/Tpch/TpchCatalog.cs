using System.Collections.Concurrent;
using Engine.Core.Connectors;

namespace Engine.Catalog.Tpch;

/// <summary>
/// The catalog <c>tpch</c>: the tables of the TPC-H benchmark in any size, row for row as the TPC's dbgen writes them, made when they are read. A schema
/// is a scale: the usual ones are listed from the start, each other that <see cref="TpchScale.Parse"/> knows once it was asked for.
/// </summary>
public sealed class TpchCatalog : ICatalog
{
    private readonly ConcurrentDictionary<string, TpchScale> _scales = new(
        new[] { "tiny", "sf0_01", "sf0_1", "sf1", "sf3", "sf10", "sf30", "sf100", "sf300", "sf1000" }.ToDictionary(schema => schema, schema => TpchScale.Parse(schema)!.Value),
        StringComparer.OrdinalIgnoreCase);

    public string Name => "tpch";

    public IEnumerable<string> Schemas => _scales.OrderBy(entry => entry.Value.Factor).Select(entry => entry.Key);

    public bool HasSchema(string schema) => ScaleOf(schema) is not null;

    public CatalogEntry? Find(string schema, string name, CancellationToken cancellationToken) =>
        ScaleOf(schema) is { } scale && NameMatch.Pick(TpchTables.All, table => table.Name, name) is { } table
            ? new TableEntry(schema.ToLowerInvariant(), table.Name, new TpchTableSource(table.Name, table.Schema, scale.Factor, table.RowCount(scale)))
            : null;

    public IEnumerable<(string Name, bool IsView)> List(string schema) => HasSchema(schema) ? TpchTables.All.Select(table => (table.Name, false)) : [];

    private TpchScale? ScaleOf(string schema) => TpchScale.Parse(schema) is { } scale ? _scales.GetOrAdd(schema.ToLowerInvariant(), scale) : null;
}
