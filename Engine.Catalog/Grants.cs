using System.Collections.Immutable;

namespace Engine.Catalog;

/// <summary>What a user may do: the schemas that it reads and writes, and whether it reaches files by their paths.</summary>
public sealed record Grants
{
    /// <summary>Those of an administrator, and of everybody where no users are configured.</summary>
    public static readonly Grants Everything = new() { Reads = [SchemaPattern.Any], Writes = [SchemaPattern.Any], ReadsFiles = true, WritesFiles = true, IsAdministrator = true };

    /// <summary>The schemas whose tables may be read.</summary>
    public ImmutableArray<SchemaPattern> Reads { get; init; } = [];

    /// <summary>The schemas whose tables may be read, changed, made and dropped.</summary>
    public ImmutableArray<SchemaPattern> Writes { get; init; } = [];

    /// <summary>Whether files of the server that no catalog declares may be read: <c>FROM 'path'</c> and the like.</summary>
    public bool ReadsFiles { get; init; }

    /// <summary>Whether COPY ... TO may write files of the server.</summary>
    public bool WritesFiles { get; init; }

    /// <summary>Whether the statements and sessions of others may be seen and ended, and the reserved connections be used.</summary>
    public bool IsAdministrator { get; init; }

    public bool MayRead(string catalog, string schema) => MayWrite(catalog, schema) || Reads.Any(pattern => pattern.Covers(catalog, schema));

    public bool MayWrite(string catalog, string schema) => Writes.Any(pattern => pattern.Covers(catalog, schema));
}

/// <summary>The schemas that a grant is about. Names are compared without regard to case, as they are looked up.</summary>
/// <param name="Catalog">Null for the catalogs that a schema is looked for in without naming one: files and memory.</param>
/// <param name="Schema">Null for all of them.</param>
public readonly record struct SchemaPattern(string? Catalog, string? Schema)
{
    private const string Wildcard = "*";

    /// <summary>All schemas of all catalogs.</summary>
    public static readonly SchemaPattern Any = new(Wildcard, Schema: null);

    /// <summary>Reads <c>schema</c>, <c>catalog.schema</c>, <c>catalog.*</c> or <c>*</c>; null when it is none of them.</summary>
    public static SchemaPattern? TryParse(string text) => text.Split('.') switch
    {
        [Wildcard] => Any,
        [{ Length: > 0 } schema] => new SchemaPattern(Catalog: null, schema),
        [{ Length: > 0 } catalog and not Wildcard, Wildcard] => new SchemaPattern(catalog, Schema: null),
        [{ Length: > 0 } catalog and not Wildcard, { Length: > 0 } schema] => new SchemaPattern(catalog, schema),
        _ => null,
    };

    public bool Covers(string catalog, string schema) => CoversCatalog(catalog) && (Schema is null || Schema.Equals(schema, StringComparison.OrdinalIgnoreCase));

    private bool CoversCatalog(string catalog) => Catalog switch
    {
        Wildcard => true,
        null => catalog is CatalogFolder.CatalogName or Memory.MemoryCatalog.SharedName,
        _ => Catalog.Equals(catalog, StringComparison.OrdinalIgnoreCase),
    };
}
