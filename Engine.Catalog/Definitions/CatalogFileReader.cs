using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using YamlDotNet.Core;
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

    /// <summary>A YAML document with errors that say where.</summary>
    private sealed class YamlFile(string path)
    {
        public IReadOnlyList<KeyValuePair<YamlScalarNode, YamlNode>> Root()
        {
            try
            {
                using var reader = new StreamReader(path);
                var yaml = new YamlStream();
                yaml.Load(reader);
                return yaml.Documents.Count == 0 ? [] : Mapping(yaml.Documents[0].RootNode);
            }
            catch (YamlException error)
            {
                throw Bad(error.Start, $"invalid YAML: {error.InnerException?.Message ?? error.Message}");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new QueryException(ErrorCodes.IoError, $"cannot read catalog file {path}: {error.Message}", cause: error);
            }
        }

        public IReadOnlyList<KeyValuePair<YamlScalarNode, YamlNode>> Mapping(YamlNode node) => node is YamlMappingNode mapping
            ? [.. mapping.Children.Select(pair => KeyValuePair.Create(pair.Key as YamlScalarNode ?? throw Bad(pair.Key, "a name is expected"), pair.Value))]
            : node is YamlScalarNode { Value: "" or "~" or "null" } ? [] : throw Bad(node, "name: value entries are expected");

        public string Text(YamlNode node) => node is YamlScalarNode { Value: { } value } ? value : throw Bad(node, "a single value is expected");

        public IEnumerable<string> Texts(YamlNode node) => node is YamlSequenceNode list ? list.Children.Select(Text) : [Text(node)];

        public QueryException Bad(YamlNode node, string reason) => Bad(node.Start, reason);

        private QueryException Bad(Mark place, string reason) => new(ErrorCodes.ConfigFileError, $"{path}:{place.Line}:{place.Column}: {reason}");
    }
}
