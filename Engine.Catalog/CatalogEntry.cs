using Engine.Catalog.Definitions;
using Engine.Catalog.Memory;
using Engine.Core.Connectors;

namespace Engine.Catalog;

/// <summary>A table's name as far as it was written; parts that were not are looked for in the session's search path.</summary>
public readonly record struct TableName(string? Catalog, string? Schema, string Name);

/// <summary>What a name in FROM stands for.</summary>
public abstract record CatalogEntry(string Schema, string Name);

/// <summary>A table: how to read it.</summary>
public sealed record TableEntry(string Schema, string Name, TableSource Source) : CatalogEntry(Schema, Name)
{
    /// <summary>What may be written into it; null for a table that is read only.</summary>
    public MemoryTable? Definition { get; init; }

    /// <summary>What a catalog file says of it; null for a table of another kind.</summary>
    public TableDefinition? Declaration { get; init; }
}

/// <summary>A view: the query it stands for.</summary>
public sealed record ViewEntry(string Schema, string Name, string Sql) : CatalogEntry(Schema, Name)
{
    /// <summary>The names that its query uses; null for those of the session that asks.</summary>
    public ITableResolver? Names { get; init; }
}
