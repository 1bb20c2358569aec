using Engine.TestKit;
using Xunit.Abstractions;

namespace Engine.Differential.Tests;

/// <summary>Generated queries over the sample dumps and the foreign files: the engine and DuckDB must agree.</summary>
public sealed class FileQueryTests(ITestOutputHelper output)
{
    private const int QueriesPerFile = 12;
    private const int MaxFileBytes = 400_000;

    /// <summary>
    /// Files of which both engines see the same columns, types and rows. Where they see different ones, the reading differs, not the SQL; that is
    /// what the sniffer's own tests are about.
    /// </summary>
    [DuckDbFact]
    public void Generated_queries_agree()
    {
        using var oracle = new DuckDbOracle();
        using var engine = new EngineUnderTest();
        var files = 0;
        var queries = 0;
        var readAlike = 0;
        var differences = new List<string>();
        foreach (var (path, function) in Files())
        {
            files++;
            var relation = $"{function}('{path.Replace("'", "''", StringComparison.Ordinal)}')";
            if (Describe(engine, oracle, relation) is not { } columns)
            {
                continue;
            }

            readAlike++;
            var samples = columns.ToDictionary(
                column => column.Name,
                column => (IReadOnlyList<string>)[.. engine.Ask($"SELECT DISTINCT \"{column.Name}\" FROM {relation} WHERE \"{column.Name}\" IS NOT NULL ORDER BY 1 LIMIT 20").Rows.Select(row => row[0]!)],
                StringComparer.Ordinal);
            var generator = new QueryGenerator(seed: readAlike, relation, columns, samples);
            for (var i = 0; i < QueriesPerFile; i++)
            {
                var sql = generator.Next();
                queries++;
                if (AnswerComparison.Difference(engine.Ask(sql), oracle.Ask(sql)) is { } difference)
                {
                    differences.Add($"{sql}\n    {difference}");
                }
            }
        }

        output.WriteLine($"{files} files, {readAlike} read alike by both, {queries} queries, {differences.Count} differences");
        differences.ShouldBeEmpty();
        queries.ShouldBeGreaterThan(SharedData.Folder is null ? 30 : 200);
    }

    private static IEnumerable<(string Path, string Function)> Files()
    {
        var samples = Path.Combine(RepositoryRoot(), "catalog", "dumps");
        foreach (var path in Directory.EnumerateFiles(samples, "*.csv", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(samples, "*.jsonl", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            yield return (path, path.EndsWith(".csv", StringComparison.Ordinal) ? "read_csv" : "read_json");
        }

        if (SharedData.Folder is null)
        {
            yield break;
        }

        // Every seventh CSV and every fifth JSON file: the whole set takes minutes and adds little.
        foreach (var (folder, suffix, function, step) in ((string, string, string, int)[])[("csv", "*.csv", "read_csv", 7), ("json", "*.json*", "read_json", 5), ("logs/loghub", "*_structured.csv", "read_csv", 1)])
        {
            var paths = Directory.EnumerateFiles(SharedData.PathOf(folder), suffix, SearchOption.AllDirectories)
                .Where(path => new FileInfo(path).Length is > 0 and < MaxFileBytes)
                .Order(StringComparer.Ordinal)
                .ToList();
            for (var i = 0; i < paths.Count; i += step)
            {
                yield return (paths[i], function);
            }
        }
    }

    /// <summary>The columns that both see, or null when they see the file differently.</summary>
    private static List<(string Name, Kind Kind)>? Describe(EngineUnderTest engine, DuckDbOracle oracle, string relation)
    {
        var ours = engine.Ask($"SELECT * FROM {relation}");
        var theirs = oracle.Ask($"SELECT * FROM {relation}");
        if (ours.Error is not null || theirs.Error is not null || !ours.Columns.SequenceEqual(theirs.Columns) || AnswerComparison.Difference(ours, theirs) is not null)
        {
            return null;
        }

        var columns = new List<(string, Kind)>();
        for (var i = 0; i < ours.Columns.Count; i++)
        {
            if (KindOf(ours.Types[i]) is { } kind && kind == KindOf(theirs.Types[i].ToLowerInvariant()))
            {
                columns.Add((ours.Columns[i], kind));
            }
        }

        return columns.Count == 0 ? null : columns;
    }

    private static Kind? KindOf(string type) => type switch
    {
        "bigint" or "integer" or "double" => Kind.Number,
        "varchar" => Kind.Text,
        "timestamp" => Kind.Time,
        _ => null,
    };

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "QueryEngine.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
