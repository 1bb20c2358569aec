using Engine.Core.Connectors;

namespace Engine.Storage.ObjectStores.Local;

/// <summary>Walks folders for a glob, entering only those that some segment of it matches.</summary>
internal sealed class GlobWalker
{
    private readonly SortedDictionary<string, DataFile> _found = new(StringComparer.Ordinal);
    private readonly CancellationToken _cancellationToken;

    private GlobWalker(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
    }

    public static IReadOnlyList<DataFile> List(string glob, CancellationToken cancellationToken)
    {
        var walker = new GlobWalker(cancellationToken);
        foreach (var pattern in GlobPattern.ExpandBraces(glob))
        {
            var segments = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
            walker.Walk(pattern.StartsWith('/') ? "/" : "", segments);
        }

        return [.. walker._found.Values];
    }

    private void Walk(string folder, ReadOnlySpan<string> segments)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (segments.IsEmpty)
        {
            return;
        }

        var segment = segments[0];
        var rest = segments[1..];
        if (segment == "**")
        {
            // Across no folder at all, and across any.
            Walk(folder, rest.IsEmpty ? ["*"] : rest);
            foreach (var inner in Folders(folder))
            {
                Walk(inner, segments);
            }

            return;
        }

        if (!GlobPattern.IsGlob(segment))
        {
            Enter(Path.Combine(folder, segment), rest);
            return;
        }

        var pattern = new GlobPattern(segment);
        var showsHidden = segment.StartsWith('.');
        foreach (var entry in rest.IsEmpty ? Files(folder) : Folders(folder))
        {
            var name = Path.GetFileName(entry);
            if ((showsHidden || !name.StartsWith('.')) && pattern.Matches(name))
            {
                Enter(entry, rest);
            }
        }
    }

    private void Enter(string path, ReadOnlySpan<string> rest)
    {
        if (!rest.IsEmpty)
        {
            if (Directory.Exists(path))
            {
                Walk(path, rest);
            }
        }
        else if (File.Exists(path))
        {
            _found[path] = LocalObjectStore.Describe(path);
        }
    }

    private static IEnumerable<string> Folders(string folder) =>
        LocalFileErrors.Guard(folder, () => Directory.GetDirectories(Base(folder)).Where(path => !Path.GetFileName(path).StartsWith('.')).Select(path => Shown(folder, path)));

    private static IEnumerable<string> Files(string folder) =>
        LocalFileErrors.Guard(folder, () => Directory.GetFiles(Base(folder)).Select(path => Shown(folder, path)));

    private static string Base(string folder) => folder.Length == 0 ? "." : folder;

    /// <summary>The path as the user would write it: relative where the glob is.</summary>
    private static string Shown(string folder, string path) => folder.Length == 0 ? Path.GetFileName(path) : path;
}
