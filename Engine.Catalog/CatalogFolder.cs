using System.Collections.Concurrent;
using System.Collections.Immutable;
using Engine.Catalog.Definitions;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Catalog;

/// <summary>
/// A folder of catalog files, one a schema. Files are read again when they change; what a table's files say is looked at when the table is used.
/// </summary>
public sealed class CatalogFolder(string folder, FileTables files) : ICatalog
{
    /// <summary>What its catalog is called: the tables over files.</summary>
    public const string CatalogName = "files";

    private const string ErrorsSuffix = "$errors";

    private readonly ConcurrentDictionary<string, (DateTime ModifiedAt, SchemaDefinition Definition)> _schemas = new(StringComparer.Ordinal);

    public string Name => CatalogName;

    public IEnumerable<string> Schemas => SchemaFiles().Select(SchemaName);

    public CatalogEntry? Find(string schema, string name, CancellationToken cancellationToken)
    {
        if (NameMatch.Pick(SchemaFiles(), SchemaName, schema) is not { } path)
        {
            return null;
        }

        var definition = Load(path);
        if (NameMatch.Pick(definition.Views, view => view.Name, name) is { } viewDefinition)
        {
            return new ViewEntry(definition.Name, viewDefinition.Name, viewDefinition.Sql);
        }

        var wantsErrors = name.EndsWith(ErrorsSuffix, StringComparison.Ordinal);
        var tableName = wantsErrors ? name[..^ErrorsSuffix.Length] : name;
        return NameMatch.Pick(definition.Tables, table => table.Name, tableName) is { } table
            ? new TableEntry(definition.Name, wantsErrors ? table.Name + ErrorsSuffix : table.Name, Open(table, definition.Folder, wantsErrors, cancellationToken)) { Declaration = table }
            : null;
    }

    public IEnumerable<(string Name, bool IsView)> List(string schema) => NameMatch.Pick(SchemaFiles(), SchemaName, schema) is { } path && Load(path) is var definition
        ? definition.Tables.Select(table => (table.Name, false)).Concat(definition.Views.Select(view => (view.Name, true)))
        : [];

    private static string SchemaName(string path) => Path.GetFileNameWithoutExtension(path);

    private IEnumerable<string> SchemaFiles() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.yaml").Concat(Directory.EnumerateFiles(folder, "*.yml")).Order(StringComparer.Ordinal)
        : [];

    private SchemaDefinition Load(string path)
    {
        var modifiedAt = File.GetLastWriteTimeUtc(path);
        if (_schemas.TryGetValue(path, out var known) && known.ModifiedAt == modifiedAt)
        {
            return known.Definition;
        }

        var definition = CatalogFileReader.Read(path);
        _schemas[path] = (modifiedAt, definition);
        return definition;
    }

    private FileTableSource Open(TableDefinition table, string start, bool wantsErrors, CancellationToken cancellationToken)
    {
        var locations = table.Locations.Select(location => IsRooted(location) ? location : Path.Combine(start, location)).Select(Relative).ToList();
        var source = files.Open(table.Name, locations, table.Format, table.Options, table.Columns, table.OnError, cancellationToken);
        return wantsErrors ? source.ForErrors() : source;
    }

    private static bool IsRooted(string location) => Path.IsPathRooted(location) || location.Contains("://", StringComparison.Ordinal);

    /// <summary>Paths are shown as a user in the working folder would type them.</summary>
    private static string Relative(string location)
    {
        if (location.Contains("://", StringComparison.Ordinal))
        {
            return location;
        }

        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), location);
        return relative.StartsWith("..", StringComparison.Ordinal) ? location : relative;
    }
}
