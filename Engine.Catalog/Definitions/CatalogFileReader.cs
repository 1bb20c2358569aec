using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using YamlDotNet.RepresentationModel;

namespace Engine.Catalog.Definitions;

/// <summary>Reads a catalog file. Every error names the file and line.</summary>
public static class CatalogFileReader
{
    private static readonly ImmutableArray<string> TableKeys = ["location", "format", "columns", "options", "on_error", "event_time", "pattern"];

    public static SchemaDefinition Read(string path)
    {
        var file = new YamlFile(path);
        var root = file.Root();
        var tables = ImmutableArray.CreateBuilder<TableDefinition>();
        var views = ImmutableArray.CreateBuilder<ViewDefinition>();
        foreach (var (key, value) in root)
        {
            switch (key.Value)
            {
                case "tables":
                    tables.AddRange(file.Mapping(value).Select(entry => ReadTable(file, entry.Key, file.Mapping(entry.Value))));
                    break;
                case "views":
                    views.AddRange(file.Mapping(value).Select(entry => new ViewDefinition(entry.Key.Value!, file.Text(entry.Value))));
                    break;
                default:
                    throw file.Bad(key, $"unknown key \"{key.Value}\": a catalog file has tables and views");
            }
        }

        return new SchemaDefinition(
            Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(Path.GetFullPath(path))!, tables.ToImmutable(), views.ToImmutable());
    }

    private static TableDefinition ReadTable(YamlFile file, YamlScalarNode name, IReadOnlyList<KeyValuePair<YamlScalarNode, YamlNode>> entries)
    {
        ImmutableArray<string> locations = [];
        string? format = null;
        Schema? columns = null;
        string? eventTime = null;
        var options = FormatOptions.None;
        var onError = OnError.Fail;
        foreach (var (key, value) in entries)
        {
            switch (key.Value)
            {
                case "location":
                    locations = [.. file.Texts(value)];
                    break;
                case "format":
                    format = file.Text(value);
                    break;
                case "columns":
                    columns = new Schema([.. file.Mapping(value).Select(column => new Field(column.Key.Value!, ReadType(file, column.Value)))]);
                    break;
                case "options":
                    options = file.Mapping(value).Aggregate(options, (known, option) => known.With(option.Key.Value!, file.Text(option.Value)));
                    break;
                case "pattern":
                    options = options.With("pattern", file.Text(value));
                    break;
                case "event_time":
                    eventTime = file.Text(value);
                    break;
                case "on_error":
                    onError = ReadOnError(file, value);
                    break;
                default:
                    throw file.Bad(key, $"unknown key \"{key.Value}\" of table {name.Value}: it may have {string.Join(", ", TableKeys)}");
            }
        }

        return locations.IsEmpty
            ? throw file.Bad(name, $"table {name.Value} has no location")
            : new TableDefinition(name.Value!, locations, format, columns, options, onError, eventTime);
    }

    private static DataType ReadType(YamlFile file, YamlNode node)
    {
        try
        {
            return TypeName.Parse(file.Text(node));
        }
        catch (QueryException error)
        {
            throw file.Bad(node, error.Message);
        }
    }

    private static OnError ReadOnError(YamlFile file, YamlNode node) => file.Text(node) switch
    {
        "fail" => OnError.Fail,
        "null" or "" => OnError.Null,
        "skip" => OnError.Skip,
        var other => throw file.Bad(node, $"on_error is fail, null or skip, not \"{other}\""),
    };
}
