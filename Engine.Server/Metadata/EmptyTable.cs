using System.Collections.Immutable;

namespace Engine.Server.Metadata;

/// <summary>Tables that have no rows.</summary>
internal static class EmptyTable
{
    /// <summary>
    /// One a line: its name, a colon and its columns as <see cref="MetadataTable{T}.Nothing"/> reads them; a table goes on where a line is indented.
    /// </summary>
    public static ImmutableArray<MetadataTable> ParseAll(string tables) => [.. tables.Replace("\n    ", " ", StringComparison.Ordinal).Split('\n').Select(Parse)];

    private static MetadataTable Parse(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        return MetadataTable<object>.Of(line[..colon], _ => []).Nothing(line[(colon + 2)..]);
    }
}
