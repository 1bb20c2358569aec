using Engine.Cli;

namespace Engine.Differential.Tests.Parquet;

/// <summary>DuckDB reads from Parquet files that <c>qe --format parquet</c> has written what the engine had to write.</summary>
public sealed class ParquetWriterTests
{
    /// <summary>Queries, and what to ask of their files: whole rows where both engines spell the types alike.</summary>
    private static readonly (string Query, string Question)[] Cases =
    [
        ("SELECT x, CASE WHEN x % 7 <> 0 THEN x % 10 END AS few, x::double / 4 AS f, (x % 1000)::smallint AS i2, (x % 100)::tinyint AS i1, -x::integer AS i4 FROM generate_series(1, 30000) AS g(x)", "*"),
        ("SELECT 'name ' || x % 100 AS s, CASE WHEN x % 5 <> 0 THEN repeat('longer text ', x::integer % 9) || x END AS t FROM generate_series(1, 30000) AS g(x)", "*"),
        ("SELECT x::decimal(9,2) AS m, x::decimal(18,3) / 8 AS l, x::decimal(38,4) AS w FROM generate_series(-9000, 9000) AS g(x)", "*"),
        ("SELECT DATE '2024-01-01' + (x % 700)::integer AS d, TIMESTAMP '2024-01-01' + x * interval '1 hour' AS ts FROM generate_series(1, 9000) AS g(x)", "*"),
        ("SELECT x % 3 = 0 AS b, CASE WHEN x % 4 <> 0 THEN x % 2 = 0 END AS c FROM generate_series(1, 9000) AS g(x)", "count(*), count(c), count(*) FILTER (WHERE b), count(*) FILTER (WHERE c)"),
        ("SELECT x, CASE x % 3 WHEN 0 THEN NULL WHEN 1 THEN ARRAY[]::bigint[] ELSE ARRAY[x, NULL, -x] END AS e FROM generate_series(1, 9000) AS g(x)", "x, e IS NULL, cardinality(e), e[1], e[2], e[3]"),
        ("SELECT 1 AS a, 'b' AS b WHERE false", "*"),
    ];

    [DuckDbFact]
    public void DuckDB_reads_what_was_written()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("parquet").FullName, "x.parquet");
        using var oracle = new DuckDbOracle();
        using var engine = new EngineUnderTest();
        foreach (var (query, question) in Cases)
        {
            CommandLine.Run(["--threads", "2", "--format", "parquet", "-o", path, query]).ShouldBe(CommandLine.ExitOk, query);
            var asked = question.Replace("cardinality(e)", "len(e)", StringComparison.Ordinal).Replace("e IS NULL", "CASE WHEN e IS NULL THEN 1 ELSE 0 END", StringComparison.Ordinal);
            var ours = engine.Ask($"SELECT {question.Replace("e IS NULL", "CASE WHEN e IS NULL THEN 1 ELSE 0 END", StringComparison.Ordinal)} FROM ({query}) AS written");
            ours.Error.ShouldBeNull(query);
            AnswerComparison.Difference(ours, oracle.Ask($"SELECT {asked} FROM '{path}'")).ShouldBeNull(query);

            // What the statistics and the page index say must not rule out rows that are there.
            if (query.StartsWith("SELECT x,", StringComparison.Ordinal))
            {
                AnswerComparison.Difference(
                    engine.Ask($"SELECT count(*) FROM ({query}) AS written WHERE x BETWEEN 4096 AND 5000 OR x = 8999"),
                    oracle.Ask($"SELECT count(*) FROM '{path}' WHERE x BETWEEN 4096 AND 5000 OR x = 8999")).ShouldBeNull(query);
            }
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
