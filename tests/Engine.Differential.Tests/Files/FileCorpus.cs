using Engine.TestKit;

namespace Engine.Differential.Tests.Files;

/// <summary>A file that both engines open with the same function.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">What the list of known differences calls it: the path below the shared data or the repository.</param>
/// <param name="Function">read_csv or read_json.</param>
public sealed record CorpusFile(string Path, string Name, string Function)
{
    public string Call(string options = "") => $"{Function}('{Path.Replace("'", "''", StringComparison.Ordinal)}'{options})";
}

/// <summary>The files that the tests compare over: the sample dumps and, where it is there, the shared data.</summary>
public static class FileCorpus
{
    private const int MaxBytes = 400_000;

    /// <summary>Whether all files are wanted: environment variable QE_DIFFERENTIAL=full. Else every seventh CSV and every fifth JSON file.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("QE_DIFFERENTIAL") == "full";

    public static string RepositoryRoot { get; } = FindRoot();

    public static IEnumerable<CorpusFile> Tables()
    {
        foreach (var path in Below(Path.Combine(RepositoryRoot, "catalog", "dumps"), ".csv", ".jsonl"))
        {
            yield return File(path, RepositoryRoot, path.EndsWith(".csv", StringComparison.Ordinal) ? "read_csv" : "read_json");
        }

        if (SharedData.Folder is not { } data)
        {
            yield break;
        }

        foreach (var (folder, suffixes, function, step) in new (string, string[], string, int)[]
        {
            ("csv", [".csv", ".tsv", ".tbl", ".csv.gz", ".csv.zst", ".tsv.gz"], "read_csv", 7),
            ("json", [".json", ".jsonl", ".ndjson", ".geojsonl", ".json.gz"], "read_json", 5),
            ("logs/loghub", ["_structured.csv"], "read_csv", 1),
        })
        {
            var paths = Below(SharedData.PathOf(folder), suffixes).ToList();
            for (var i = 0; i < paths.Count; i += IsFull ? 1 : step)
            {
                yield return File(paths[i], data, function);
            }
        }
    }

    /// <summary>The text logs of the shared data, to be read as lines.</summary>
    public static IEnumerable<CorpusFile> Logs() => SharedData.Folder is not { } data
        ? []
        : Below(SharedData.PathOf("logs"), "").Where(path => !path.EndsWith(".csv", StringComparison.Ordinal)).Select(path => File(path, data, "read_text"));

    private static CorpusFile File(string path, string root, string function) => new(path, Path.GetRelativePath(root, path).Replace('\\', '/'), function);

    private static IEnumerable<string> Below(string folder, params string[] suffixes) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => suffixes.Any(suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) && (IsFull || new FileInfo(path).Length < MaxBytes))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder!.FullName, "QueryEngine.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
