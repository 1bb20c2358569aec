using Engine.Server.Sessions;

namespace Engine.Differential.Tests.Parquet;

/// <summary>
/// Queries whose conditions, limits and orders are pushed into the scan of a Parquet file: over many small row groups, with values in order, at random,
/// few and many, NULL and NaN, generated from seeds, they give what DuckDB gives.
/// </summary>
public sealed class PushedQueryTests
{
    private const int QueryCount = 300;

    /// <summary>Row groups of 2,048 rows, the least that DuckDB writes.</summary>
    private const string Table = """
        SELECT i AS id, i // 7 AS slow, CASE WHEN h % 11 <> 0 THEN h % 5000 END AS scattered, CAST('2020-01-01' AS DATE) + CAST(i // 50 AS INTEGER) AS day,
          CAST(h % 100000 AS DECIMAL(9,2)) / 7 AS amount, CASE WHEN h % 13 <> 0 THEN 'kind ' || (h % 6) END AS kind, md5(CAST(h AS VARCHAR)) || i AS label,
          CASE h % 50 WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN NULL WHEN 2 THEN 'infinity'::DOUBLE ELSE (h % 1000) / 8 END AS measure,
          CASE WHEN i < 9000 THEN NULL ELSE i % 3 END AS late, CASE WHEN h % 4 = 0 THEN '' ELSE 'x' || (h % 40) END AS short
        FROM (SELECT i, CAST(hash(i) >> 2 AS BIGINT) AS h FROM range(30000) AS r(i)) AS numbers
        """;

    private static readonly string[] Columns = ["id", "slow", "scattered", "day", "amount", "kind", "label", "measure", "late", "short"];

    [DuckDbFact]
    public void Pushed_queries_give_what_another_engine_gives()
    {
        var folder = Directory.CreateTempSubdirectory("pushed");
        using var oracle = new DuckDbOracle();
        using var engine = new EngineUnderTest();
        using var single = new EngineUnderTest(new EngineOptions { CatalogFolder = "no-catalog", Threads = 1, BatchRowCount = 61 });
        var path = Path.Combine(folder.FullName, "table.parquet");
        oracle.Ask($"COPY ({Table}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)").Error.ShouldBeNull();
        for (var seed = 0; seed < QueryCount; seed++)
        {
            var query = Query(new Random(seed), path);
            var expected = oracle.Ask(query);
            expected.Error.ShouldBeNull(query);
            AnswerComparison.Difference(engine.Ask(query), expected).ShouldBeNull(query);
            AnswerComparison.Difference(single.Ask(query), expected).ShouldBeNull(query);
        }

        folder.Delete(recursive: true);
    }

    private static string Query(Random random, string path)
    {
        var conditions = Enumerable.Range(0, random.Next(4)).Select(_ => Condition(random)).ToList();
        var where = conditions.Count == 0 ? string.Empty : $" WHERE {string.Join(" AND ", conditions)}";
        switch (random.Next(4))
        {
            case 0:
                return $"SELECT count(*), count(scattered), min(day), max(day), min(id), max(slow), min(amount), max(kind), sum(id), count(late), max(late) FROM '{path}'{where}";
            case 1:
                return $"SELECT kind, late, count(*), sum(scattered), min(label) FROM '{path}'{where} GROUP BY kind, late ORDER BY kind NULLS LAST, late NULLS LAST";
            default:
                var picked = Columns.Where(_ => random.Next(3) == 0).Append("id").Distinct();
                var direction = random.Next(2) == 0 ? "ASC" : "DESC";
                var nulls = random.Next(2) == 0 ? "FIRST" : "LAST";
                var limit = random.Next(3) == 0 ? random.Next(3000) : random.Next(30);
                return $"SELECT {string.Join(", ", picked)} FROM '{path}'{where} ORDER BY {Columns[random.Next(Columns.Length)]} {direction} NULLS {nulls}, id LIMIT {limit} OFFSET {random.Next(3) * random.Next(20)}";
        }
    }

    private static string Condition(Random random) => random.Next(12) switch
    {
        0 => $"id BETWEEN {random.Next(30000)} AND {random.Next(30000)}",
        1 => $"slow = {random.Next(4400)}",
        2 => $"scattered < {random.Next(5000)}",
        3 => $"day >= DATE '2020-01-01' + {random.Next(650)}",
        4 => $"amount <> {random.Next(14000)}.5",
        5 => $"kind = 'kind {random.Next(8)}'",
        6 => $"kind IN ('kind 1', 'kind {random.Next(8)}')",
        7 => $"label LIKE '%{random.Next(16):x}{random.Next(16):x}%'",
        8 => $"label LIKE '%{random.Next(16):x}%{random.Next(16):x}{random.Next(10)}'",
        9 => $"{Columns[random.Next(Columns.Length)]} IS {(random.Next(2) == 0 ? "NOT " : string.Empty)}NULL",
        10 => $"(late = {random.Next(4)} OR short = 'x{random.Next(45)}')",
        _ => $"short LIKE '%{random.Next(10)}'",
    };
}
