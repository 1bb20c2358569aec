using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>A file that is looked into.</summary>
/// <param name="Footer">Its footer.</param>
/// <param name="Reader">Its bytes.</param>
/// <param name="Metrics">Counts what is read.</param>
internal sealed record InspectedFile(ParquetFile Footer, IRangeReader Reader, ScanMetrics Metrics)
{
    /// <summary>For each leaf the names of the schema tree from the column down, groups that only make lists included.</summary>
    public ImmutableArray<string> LeafPaths { get; } = FindLeafPaths(Footer);

    private static ImmutableArray<string> FindLeafPaths(ParquetFile footer)
    {
        var paths = ImmutableArray.CreateBuilder<string>();
        var open = new Stack<(string Path, int Left)>();
        foreach (var element in footer.Metadata.Schema.Skip(1))
        {
            var path = open.TryPeek(out var parent) ? $"{parent.Path}, {element.Name}" : element.Name;
            if (element.Physical is not null)
            {
                paths.Add(path);
            }

            if (open.Count > 0)
            {
                open.Pop();
                open.Push((parent.Path, parent.Left - 1));
            }

            if (element.ChildCount > 0)
            {
                open.Push((path, element.ChildCount));
            }

            while (open.TryPeek(out var top) && top.Left == 0)
            {
                open.Pop();
            }
        }

        return paths.ToImmutable();
    }
}
