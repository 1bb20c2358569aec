using Engine.Core.Connectors;

namespace Engine.Catalog.Tpch;

/// <summary>
/// The catalog <c>tpch</c>: the tables of the TPC-H benchmark in any size, row for row as the TPC's dbgen writes them, made when they are read. A schema
/// is a scale; besides those that are listed there is one for each name that <see cref="TpchScale.Parse"/> knows.
/// </summary>
public sealed class TpchCatalog : ICatalog
{
    public string Name => "tpch";

    public IEnumerable<string> Schemas => ["tiny", "sf0_01", "sf0_1", "sf1", "sf3", "sf10", "sf30", "sf100", "sf300", "sf1000"];

    public bool HasSchema(string schema) => TpchScale.Parse(schema) is not null;

    public CatalogEntry? Find(string schema, string name, CancellationToken cancellationToken) =>
        TpchScale.Parse(schema) is { } scale && NameMatch.Pick(TpchTables.All, table => table.Name, name) is { } table
            ? new TableEntry(schema, table.Name, new TpchTableSource(table.Name, table.Schema, scale.Factor, table.RowCount(scale)))
            : null;

    public IEnumerable<(string Name, bool IsView)> List(string schema) => HasSchema(schema) ? TpchTables.All.Select(table => (table.Name, false)) : [];
}
