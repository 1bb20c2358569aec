using Engine.Core.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Engine.Catalog.Definitions;

/// <summary>A YAML document with errors that say where.</summary>
public sealed class YamlFile(string path)
{
    /// <summary>The entries of the document; none when it is empty.</summary>
    /// <exception cref="QueryException">F0000 or 58030: it is no YAML, or cannot be read.</exception>
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
            throw new QueryException(ErrorCodes.IoError, $"cannot read {path}: {error.Message}", cause: error);
        }
    }

    /// <summary>The entries of a node; none when it says nothing.</summary>
    public IReadOnlyList<KeyValuePair<YamlScalarNode, YamlNode>> Mapping(YamlNode node) => node is YamlMappingNode mapping
        ? [.. mapping.Children.Select(pair => KeyValuePair.Create(pair.Key as YamlScalarNode ?? throw Bad(pair.Key, "a name is expected"), pair.Value))]
        : node is YamlScalarNode { Value: "" or "~" or "null" } ? [] : throw Bad(node, "name: value entries are expected");

    /// <summary>A single value.</summary>
    public string Text(YamlNode node) => node is YamlScalarNode { Value: { } value } ? value : throw Bad(node, "a single value is expected");

    /// <summary>A list of values, or a single one.</summary>
    public IEnumerable<string> Texts(YamlNode node) => node is YamlSequenceNode list ? list.Children.Select(Text) : [Text(node)];

    /// <summary>The error for what a node says, with file, line and column.</summary>
    public QueryException Bad(YamlNode node, string reason) => Bad(node.Start, reason);

    private QueryException Bad(Mark place, string reason) => new(ErrorCodes.ConfigFileError, $"{path}:{place.Line}:{place.Column}: {reason}");
}
