using System.CommandLine;
using System.Globalization;
using Engine.Bench.DuckDb;

namespace Engine.Bench;

/// <summary>The options of the benchmark, and its run.</summary>
internal static class CommandLine
{
    private const int ExitOk = 0;
    private const int ExitFailed = 1;
    private const int ExitUsage = 2;

    private static readonly Option<string> Threads = new("--threads")
    {
        Description = "numbers of threads to measure with, as 1,2",
        DefaultValueFactory = _ => Environment.ProcessorCount == 1 ? "1" : $"1,{Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)}",
    };

    private static readonly Option<int> Rounds = new("--rounds") { Description = "rounds per query, each contender once a round", DefaultValueFactory = _ => 7 };
    private static readonly Option<string?> Filter = new("--filter") { Description = "only queries whose name contains this" };
    private static readonly Option<string> Queries = new("--queries") { Description = "the file of queries", DefaultValueFactory = _ => Path.Combine(BenchFolders.Bench, "queries", "scan.sql") };
    private static readonly Option<string?> Markdown = new("--markdown") { Description = "where the report goes (default: bench/results/NAME-OF-THE-QUERIES.md)" };
    private static readonly Option<int> HitsRows = new("--hits-rows") { Description = "rows of hits.parquet, should it have to be made", DefaultValueFactory = _ => 5_000_000 };

    public static int Run(string[] arguments)
    {
        var root = new RootCommand("Runs queries on QueryEngine and DuckDB in turns, in one process, over the same files.") { Threads, Rounds, Filter, Queries, Markdown, HitsRows };
        root.SetAction(parsed => Measure(
            ReadThreads(parsed.GetValue(Threads)!), parsed.GetValue(Rounds), parsed.GetValue(Filter), Path.GetFullPath(parsed.GetValue(Queries)!), parsed.GetValue(Markdown), parsed.GetValue(HitsRows)));
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        try
        {
            var parsed = root.Parse(arguments);
            return parsed.Errors.Count > 0 && parsed.Invoke(configuration) != ExitOk ? ExitUsage : parsed.Invoke(configuration);
        }
        catch (BenchException error)
        {
            Console.Error.WriteLine($"bench: {error.Message}");
            return ExitFailed;
        }
    }

    private static int Measure(List<int> threads, int rounds, string? filter, string queriesFile, string? markdown, int hitsRows)
    {
        markdown = Path.GetFullPath(markdown ?? Path.Combine(BenchFolders.Bench, "results", Path.GetFileNameWithoutExtension(queriesFile) + ".md"));
        var queries = BenchQuery.ReadFile(queriesFile).Where(query => filter is null || query.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)).ToList();
        if (queries.Count == 0)
        {
            throw new BenchException($"no query of {queriesFile} has \"{filter}\" in its name");
        }

        DataSet.Prepare(string.Join('\n', queries.Select(query => query.Sql)), hitsRows);

        // The queries name their files as they lie in this folder; both engines resolve them against it.
        Environment.CurrentDirectory = BenchFolders.Data;
        var report = new Report($"{Path.GetFileNameWithoutExtension(queriesFile)}: QueryEngine beside DuckDB", rounds);
        report.PrintHeadings();
        var failures = 0;
        foreach (var count in threads)
        {
            using var ours = new QueryEngineContender(count);
            using var duckDb = new DuckDbContender(count);
            foreach (var query in queries)
            {
                var line = MeasureOne(query, count, rounds, ours, duckDb);
                failures += line.Failure is null ? 0 : 1;
                report.Add(line);
            }
        }

        report.PrintSummary();
        report.WriteMarkdown(markdown);
        return failures == 0 ? ExitOk : throw new BenchException($"{failures} of {queries.Count * threads.Count} failed or gave different answers; see the report above and {markdown}");
    }

    private static ReportLine MeasureOne(BenchQuery query, int threads, int rounds, QueryEngineContender ours, DuckDbContender duckDb)
    {
        try
        {
            AnswerCheck.RequireEqual(query, ours.Read(query.Sql), duckDb.Read(query.DuckDbSql));
            var (first, second) = Measurement.TakeTurns(() => ours.Run(query.Sql), () => duckDb.Run(query.DuckDbSql), rounds);
            return new ReportLine(query.Name, threads, first, second, null);
        }
        catch (Exception error) when (error is BenchException or Core.Errors.QueryException)
        {
            return new ReportLine(query.Name, threads, null, null, error.Message);
        }
    }

    private static List<int> ReadThreads(string text) =>
        [.. text.Split(',').Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new BenchException($"--threads takes numbers such as 1,2, not \"{text}\""))];
}
