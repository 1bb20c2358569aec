using System.Collections.Frozen;
using System.Collections.Immutable;
using Engine.Catalog.Memory;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Catalog;

/// <summary>
/// What names mean in one session. A name without schema is a temporary table, or is found along the search path; a schema is that of the current
/// catalog, then that of the shared memory catalog, so that tables kept in memory stand beside the declared ones.
/// </summary>
/// <param name="catalogs">All catalogs, the shared memory catalog among them.</param>
/// <param name="files">Opens files that no catalog declares.</param>
/// <param name="temporary">The session's temporary tables.</param>
/// <param name="currentCatalog">The catalog of schemas that are named without one.</param>
/// <param name="searchPath">The schemas of tables that are named without one, in order.</param>
/// <param name="systemSchemas">
/// Hold the schemas <see cref="InformationSchema"/> and <see cref="PgCatalog"/>, which every catalog has beside its own: of the catalog of that name, or of
/// all that a schema without catalog is looked for in.
/// </param>
public sealed class SessionNames(
    IReadOnlyList<ICatalog> catalogs,
    FileTables files,
    MemoryCatalog temporary,
    string currentCatalog,
    ImmutableArray<string> searchPath,
    Func<string, string?, ICatalog> systemSchemas) : ITableResolver
{
    /// <summary>The schema of the tables about tables.</summary>
    public const string InformationSchema = "information_schema";

    /// <summary>The schema of PostgreSQL's tables about everything, which is searched before the search path.</summary>
    public const string PgCatalog = "pg_catalog";

    /// <summary>The schemas that are no catalog's own.</summary>
    public static readonly ImmutableArray<string> SystemSchemas = [InformationSchema, PgCatalog];

    /// <summary>The domains that the columns of information_schema are of, by the types beneath (ISO 9075-11, "INFORMATION_SCHEMA").</summary>
    private static readonly FrozenDictionary<string, DataType> Domains = new Dictionary<string, DataType>(StringComparer.Ordinal)
    {
        ["cardinal_number"] = DataType.Integer,
        ["character_data"] = DataType.Varchar,
        ["sql_identifier"] = DataType.Varchar,
        ["time_stamp"] = DataType.TimestampTz,
        ["yes_or_no"] = DataType.Varchar,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What of it the session's user may use: the rest is not found, and not listed.</summary>
    public Grants Grants { get; init; } = Grants.Everything;

    public IReadOnlyDictionary<string, string> FileFunctions => files.Functions;

    public MemoryCatalog Temporary => temporary;

    public MemoryCatalog Memory { get; } = catalogs.OfType<MemoryCatalog>().Single();

    public string CurrentCatalog => currentCatalog;

    public ImmutableArray<string> SearchPath => searchPath;

    /// <summary>The catalogs that a schema without catalog is looked for in.</summary>
    public IEnumerable<ICatalog> ReachableCatalogs => catalogs.Where(catalog => catalog.Name == currentCatalog).Append(Memory).Distinct();

    /// <summary>All catalogs, the session's own first.</summary>
    public IEnumerable<ICatalog> Catalogs => catalogs.Prepend(temporary);

    public IEnumerable<string> Schemas => ReachableCatalogs.SelectMany(SchemasOf).Concat(SystemSchemas).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a schema of that name is reached without naming a catalog.</summary>
    public bool HasSchema(string schema) =>
        ReachableCatalogs.Any(catalog => catalog.HasSchema(schema) && MayRead(catalog, schema)) || IsSystemSchema(schema);

    public ICatalog? FindCatalog(string name) => NameMatch.Pick(Catalogs, catalog => catalog.Name, name);

    /// <summary>The schemas of a catalog that the user may read.</summary>
    public IEnumerable<string> SchemasOf(ICatalog catalog) => catalog.Schemas.Where(schema => MayRead(catalog, schema));

    /// <exception cref="QueryException">
    /// 42501: it is looked for in a schema that the user may not read. Whether it is there makes no difference: the error would tell.
    /// </exception>
    public CatalogEntry? Find(TableName name, CancellationToken cancellationToken) => Locate(name, cancellationToken)?.Entry
        ?? (Places(name).All(place => MayRead(place.Catalog, place.Schema)) ? null : throw Denied($"table {name.Name}"));

    /// <summary>The entry of that name and the catalog that it was found in, or null. What the user may not read is not found.</summary>
    public (ICatalog Catalog, CatalogEntry Entry)? Locate(TableName name, CancellationToken cancellationToken)
    {
        foreach (var (catalog, schema) in ReadablePlaces(name))
        {
            if (catalog.Find(schema, name.Name, cancellationToken) is { } entry)
            {
                return (catalog, entry is ViewEntry { Names: null } view ? view with { Names = OfOwner() } : entry);
            }
        }

        return null;
    }

    /// <summary>What is kept in memory under that name, relation or not, and where; null when nothing is.</summary>
    public (MemoryCatalog Catalog, string Schema, MemoryObject Object)? LocateObject(TableName name)
    {
        foreach (var (catalog, schema) in ReadablePlaces(name))
        {
            if (catalog is MemoryCatalog memory && memory.Get(schema, name.Name) is { } found)
            {
                return (memory, schema, found);
            }
        }

        return null;
    }

    /// <summary>The type of a name: one of CREATE TYPE, or a domain of information_schema.</summary>
    public DataType? FindType(TableName name) => name.Schema == InformationSchema ? Domains.GetValueOrDefault(name.Name)
        : LocateObject(name)?.Object is MemoryType type ? type.Type
        : name.Name is ['_', ..] && LocateObject(name with { Name = name.Name[1..] })?.Object is MemoryType element ? new ArrayType(element.Type) : null;

    public TableSource OpenFiles(IReadOnlyList<string> location, string? format, FormatOptions options, Schema? columns, CancellationToken cancellationToken) =>
        Grants.ReadsFiles ? files.Open(location, format, options, columns, cancellationToken) : throw Denied($"file {location[0]}");

    public FileStatistics? StatisticsOf(FileTableSource table, ImmutableArray<int> columns, CancellationToken cancellationToken) =>
        files.StatisticsOf(table, columns, cancellationToken);

    public IEnumerable<(string Schema, string Name, bool IsView)> List(string? schema) => PlacesOf(schema)
        .SelectMany(place => place.Catalog.List(place.Schema).Select(entry => (place.Schema, entry.Name, entry.IsView)))
        .DistinctBy(entry => (entry.Schema, entry.Name));

    /// <summary>The schemas that a name without catalog is looked for in: those of that name, or the search path's.</summary>
    public IEnumerable<(ICatalog Catalog, string Schema)> PlacesOf(string? schema) => ReadablePlaces(new TableName(null, schema, string.Empty));

    /// <summary>The catalog that holds a system schema of one catalog, or of all that are reached without naming one.</summary>
    public ICatalog SystemSchema(string schema, string? catalog) => systemSchemas(schema, catalog);

    /// <summary>Whether the user may read the tables of a schema. Those that tell of the engine are everybody's: their rows are what may be seen.</summary>
    public bool MayRead(ICatalog catalog, string schema) => catalog == temporary || catalog.IsOpenToAll || IsSystemSchema(schema) || Grants.MayRead(catalog.Name, schema);

    /// <summary>Refuses what would change a schema or something in it, unless the user may.</summary>
    /// <param name="catalog">The schema's.</param>
    /// <param name="schema">Its name.</param>
    /// <param name="what">For the message: <c>table t</c>.</param>
    /// <param name="span">Where it is named.</param>
    /// <exception cref="QueryException">42501.</exception>
    public void RequireWrite(ICatalog catalog, string schema, string what, SourceSpan? span)
    {
        if (catalog != temporary && !Grants.MayWrite(catalog.Name, schema))
        {
            throw Denied(what).At(span);
        }
    }

    public static bool IsSystemSchema(string schema) => SystemSchemas.Contains(schema, StringComparer.OrdinalIgnoreCase);

    /// <summary>Where a name is looked for, in order.</summary>
    private IEnumerable<(ICatalog Catalog, string Schema)> Places(TableName name)
    {
        if (name.Catalog is { } catalogName)
        {
            return FindCatalog(catalogName) is { } catalog ? [(IsSystemSchema(name.Schema!) ? systemSchemas(name.Schema!, catalog.Name) : catalog, name.Schema!)] : [];
        }

        if (name.Schema is { } schema)
        {
            // What is no schema may be a catalog, whose first schema is meant: temp.t.
            return FindCatalog(schema) is MemoryCatalog memory ? InReach(schema).Append((memory, memory.FirstSchema)) : InReach(schema);
        }

        var path = searchPath.Contains(PgCatalog) ? searchPath : searchPath.Insert(0, PgCatalog);
        return path.SelectMany(InReach).Prepend((temporary, temporary.FirstSchema));
    }

    private IEnumerable<(ICatalog Catalog, string Schema)> ReadablePlaces(TableName name) => Places(name).Where(place => MayRead(place.Catalog, place.Schema));

    /// <summary>A declared view reads what it reads by the rights of who declared it, not of who asks, as in PostgreSQL.</summary>
    private SessionNames OfOwner() => Grants == Grants.Everything ? this : new SessionNames(catalogs, files, temporary, currentCatalog, searchPath, systemSchemas);

    private static QueryException Denied(string what) => new(ErrorCodes.InsufficientPrivilege, $"permission denied for {what}");

    private IEnumerable<(ICatalog Catalog, string Schema)> InReach(string schema) =>
        IsSystemSchema(schema) ? [(systemSchemas(schema, null), schema)] : ReachableCatalogs.Select(catalog => (catalog, schema));
}
