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
public sealed class CatalogFolder(string folder, FileTables files) : ITableResolver
{
    private const string ErrorsSuffix = "$errors";

    private readonly ConcurrentDictionary<string, (DateTime ModifiedAt, SchemaDefinition Definition)> _schemas = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> FileFunctions => files.Functions;

    public IEnumerable<string> Schemas => SchemaFiles().Select(path => Path.GetFileNameWithoutExtension(path)!);

    public CatalogEntry? Find(string? schema, string name, CancellationToken cancellationToken)
    {
        var path = SchemaFiles().FirstOrDefault(path => string.Equals(Path.GetFileNameWithoutExtension(path), schema ?? "public", StringComparison.OrdinalIgnoreCase));
        if (path is null)
        {
            return null;
        }

        var definition = Load(path);
        if (Pick(definition.Views, view => view.Name, name) is { } viewDefinition)
        {
            return new ViewEntry(definition.Name, viewDefinition.Name, viewDefinition.Sql);
        }

        var wantsErrors = name.EndsWith(ErrorsSuffix, StringComparison.Ordinal);
        var tableName = wantsErrors ? name[..^ErrorsSuffix.Length] : name;
        return Pick(definition.Tables, table => table.Name, tableName) is { } table
            ? new TableEntry(definition.Name, wantsErrors ? table.Name + ErrorsSuffix : table.Name, Open(table, definition.Folder, wantsErrors, cancellationToken))
            : null;
    }

    public TableSource OpenFiles(IReadOnlyList<string> location, string? format, FormatOptions options, Schema? columns, CancellationToken cancellationToken)
    {
        var onError = OnError.Fail;
        if (options["on_error"] is { } choice)
        {
            onError = choice switch
            {
                "fail" => OnError.Fail,
                "null" => OnError.Null,
                "skip" => OnError.Skip,
                _ => throw new QueryException(ErrorCodes.InvalidParameterValue, $"on_error is fail, null or skip, not \"{choice}\""),
            };
            options = new FormatOptions(options.Values.Remove("on_error"));
        }

        var name = location.Count == 1 ? location[0] : $"{location[0]} and {location.Count - 1} more";
        return files.Open(name, location, format, options, columns, onError, cancellationToken);
    }

    public FileStatistics? StatisticsOf(FileTableSource table, ImmutableArray<int> columns, CancellationToken cancellationToken) =>
        files.StatisticsOf(table, columns, cancellationToken);

    public IEnumerable<(string Schema, string Name, bool IsView)> List(string? schema) =>
        SchemaFiles()
            .Where(path => schema is null || string.Equals(Path.GetFileNameWithoutExtension(path), schema, StringComparison.OrdinalIgnoreCase))
            .Select(Load)
            .SelectMany(definition => definition.Tables.Select(table => (definition.Name, table.Name, false))
                .Concat(definition.Views.Select(view => (definition.Name, view.Name, true))));

    /// <summary>Exactly the name, or the only one that differs by case.</summary>
    private static T? Pick<T>(IEnumerable<T> entries, Func<T, string> nameOf, string name)
        where T : class
    {
        var near = entries.Where(entry => string.Equals(nameOf(entry), name, StringComparison.OrdinalIgnoreCase)).ToList();
        return near.FirstOrDefault(entry => nameOf(entry) == name) ?? (near.Count == 1 ? near[0] : null);
    }

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
