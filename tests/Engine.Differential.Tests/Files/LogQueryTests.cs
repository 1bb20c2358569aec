using Engine.Server.Sessions;
using Engine.TestKit;
using Xunit.Abstractions;

namespace Engine.Differential.Tests.Files;

/// <summary>
/// Text logs, for which DuckDB has no grok: it reads the fields that loghub's curators cut out, the lines as they are, and what its own regular
/// expressions cut out of them.
/// </summary>
public sealed class LogQueryTests(ITestOutputHelper output)
{
    /// <summary>A pattern that most lines of most logs match, and some do not.</summary>
    private const string Words = "(?<first>\\S+)\\s+(?<second>[^ \\t:]+):?(?<rest>.*)";

    /// <summary>The same in DuckDB's dialect, which numbers groups and names none.</summary>
    private const string NumberedWords = "(\\S+)\\s+([^ \\t:]+):?(.*)";

    [DuckDbFact]
    public void The_sample_tables_agree()
    {
        var root = FileCorpus.RepositoryRoot;
        using var oracle = new DuckDbOracle();
        using var engine = new EngineUnderTest(new EngineOptions { CatalogFolder = Path.Combine(root, "catalog"), Threads = 2 });
        var comparison = new QueryComparison(engine, oracle, queriesPerTable: 40, Path.Combine(root, "catalog"));
        var dumps = Path.Combine(root, "catalog", "dumps");
        const string Day = "CAST(regexp_extract(filename, '([^/]*)\\.[a-z]+$', 1) AS date) AS day";
        const string Line = "^(\\S+) (\\S+) \\[([^\\]]+)\\] \"(\\w+) (\\S+)\" (\\d+) (\\d+)$";
        string Part(int group) => $"regexp_extract(line, '{Line}', {group})";
        var tables = new (string Ours, string Theirs)[]
        {
            ("orders", $"(SELECT * EXCLUDE filename, {Day} FROM read_csv('{dumps}/orders/*.csv', filename=true, ignore_errors=true, header=true, columns={{order_id: 'BIGINT', user_id: 'VARCHAR', ts: 'TIMESTAMP', product: 'VARCHAR', quantity: 'INTEGER', amount: 'DECIMAL(12,2)'}})) t"),
            ("payments", $"(SELECT * EXCLUDE filename, {Day} FROM read_json('{dumps}/payments/*.jsonl', filename=true)) t"),
            ("view_event", $"(SELECT {Part(1)} AS client_ip, {Part(2)} AS user_id, CAST(strptime({Part(3)}, '%d/%b/%Y:%H:%M:%S %z') AS timestamp) AS ts, {Part(4)} AS method, {Part(5)} AS path, CAST({Part(6)} AS integer) AS status, CAST({Part(7)} AS bigint) AS bytes, {Day} FROM {Lines($"{dumps}/logs/view_log/*.log")}) t"),
        };
        foreach (var (ours, theirs) in tables)
        {
            // As a table: reading files, DuckDB leaves a bad row out only when the query asks for its bad column.
            oracle.Ask($"CREATE TABLE {ours} AS SELECT * FROM {theirs}").Error.ShouldBeNull();
            var reading = TwoReadings.Of(engine, oracle, ours, ours);
            reading.Kind.ShouldBe(TwoReadings.Alike, $"{ours}: {reading.Detail}");
            comparison.Run(reading, seed: ours.Length);
        }

        Conclude(tables.Length, comparison);
    }

    [DuckDbFact]
    public void Logs_agree_with_their_curated_fields_their_lines_and_regular_expressions()
    {
        using var oracle = new DuckDbOracle();
        using var engine = new EngineUnderTest();
        var comparison = new QueryComparison(engine, oracle, queriesPerTable: 8);
        var known = new KnownDifferences();
        var complaints = new List<string>();
        var alike = 0;
        foreach (var (name, ours, theirs) in Tables(engine))
        {
            var reading = TwoReadings.Of(engine, oracle, ours, theirs);
            if (reading.AreAlike)
            {
                comparison.Run(reading, seed: ++alike);
            }

            if (known.Judge(name, reading.Kind) is { } complaint && !reading.AreAlike)
            {
                complaints.Add($"{complaint}: {reading.Detail}");
            }
        }

        complaints.ShouldBeEmpty();
        Conclude(alike, comparison);
        alike.ShouldBeGreaterThanOrEqualTo(SharedData.Folder is null ? 0 : 150);
    }

    private static IEnumerable<(string Name, string Ours, string Theirs)> Tables(EngineUnderTest engine)
    {
        if (SharedData.Folder is null)
        {
            yield break;
        }

        foreach (var (name, pattern) in LoghubLogs.All)
        {
            // Blanks at the ends of fields, and empty fields, are not kept by the curated files.
            var log = SharedData.PathOf($"logs/loghub/{name}/{name}_2k.log");
            var ours = $"read_log('{log}', pattern => '{pattern.Replace("'", "''", StringComparison.Ordinal)}')";
            var fields = string.Join(", ", engine.Ask($"SELECT * FROM {ours} LIMIT 0").Columns.Select(QueryGenerator.Quote).Select(field => $"nullif(trim({field}), '') AS {field}"));
            yield return ($"loghub/{name}", $"(SELECT {fields} FROM {ours}) t", $"(SELECT {fields} FROM read_csv('{log}_structured.csv', all_varchar=true, header=true, delim=',', quote='\"', escape='\"')) t");
        }

        foreach (var file in FileCorpus.Logs())
        {
            yield return (file.Name, file.Call(), $"{Lines(file.Path)} t");
            yield return (
                $"{file.Name} by expression",
                $"read_log('{file.Path}', pattern => '{Words}', on_error => 'null')",
                $"(SELECT {Field("first", 1)}, {Field("second", 2)}, {Field("rest", 3)} FROM {Lines(file.Path)} WHERE line <> '' OR regexp_full_match(line, '{NumberedWords}')) t");
        }
    }

    private static string Field(string name, int group) =>
        $"CASE WHEN regexp_full_match(line, '{NumberedWords}') THEN regexp_extract(line, '{NumberedWords}', {group}) END AS {name}";

    /// <summary>The lines of files in DuckDB: what stands between line feeds, without the carriage return before one; none behind the last.</summary>
    private static string Lines(string path)
    {
        var origin = path.Contains('*', StringComparison.Ordinal) ? ", filename" : string.Empty;
        const string Cut = "unnest(string_split(CASE WHEN content LIKE '%' || chr(10) THEN left(content, -1) ELSE content END, chr(10)))";
        return $"(SELECT regexp_replace(line, '\\r$', '') AS line{origin} FROM (SELECT {Cut} AS line{origin} FROM read_text('{path.Replace("'", "''", StringComparison.Ordinal)}') WHERE content <> ''))";
    }

    private void Conclude(int tables, QueryComparison comparison)
    {
        output.WriteLine($"{tables} tables, {comparison.Queries} queries, {comparison.Refused} refused by both, {comparison.Differences.Count} differences");
        comparison.Differences.ShouldBeEmpty();
        comparison.Refused.ShouldBeLessThanOrEqualTo(comparison.Queries / 20);
    }
}
