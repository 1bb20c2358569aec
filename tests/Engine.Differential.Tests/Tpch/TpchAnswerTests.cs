using Engine.Server.Sessions;
using Engine.TestKit;

namespace Engine.Differential.Tests.Tpch;

/// <summary>The TPC-H queries over the foreign Parquet files, and over rows that are made: the published answers.</summary>
public sealed class TpchAnswerTests
{
    private static readonly string[] Tables = ["region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem"];

    public static TheoryData<string> Queries() => [.. Enumerable.Range(1, 22).Select(number => $"q{number:00}")];

    [SharedDataTheory]
    [MemberData(nameof(Queries))]
    public void Query_over_files_gives_the_published_answer(string query)
    {
        var catalog = Directory.CreateTempSubdirectory("tpch").FullName;
        try
        {
            var parquet = SharedData.PathOf("tpch/sf0.01/parquet");
            File.WriteAllText(
                Path.Combine(catalog, "public.yaml"), "tables:\n" + string.Concat(Tables.Select(table => $"  {table}: {{ location: '{parquet}/{table}.parquet', format: parquet }}\n")));
            using var engine = new EngineUnderTest(new EngineOptions { CatalogFolder = catalog, Threads = 2 });
            ShouldAnswer(engine, query);
        }
        finally
        {
            Directory.Delete(catalog, recursive: true);
        }
    }

    [SharedDataTheory]
    [MemberData(nameof(Queries))]
    public void Query_over_the_catalog_gives_the_published_answer(string query)
    {
        using var engine = new EngineUnderTest();
        engine.Ask("USE tpch.sf0_01").Error.ShouldBeNull();
        ShouldAnswer(engine, query);
    }

    private static void ShouldAnswer(EngineUnderTest engine, string query)
    {
        var ours = engine.Ask(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "tpch", query + ".sql")));
        ours.Error.ShouldBeNull();

        // A line of nothing is a NULL: the answer of q17 at this scale.
        var lines = File.ReadAllLines(SharedData.PathOf($"tpch/sf0.01/answers/{query}.csv")).Skip(1);
        var theirs = new Answer(ours.Columns, ours.Types, [.. lines.Select(line => line.Split('|').Select(cell => cell.Trim() is { Length: > 0 } text ? text : null).ToArray())], null);
        var trimmed = ours with { Rows = [.. ours.Rows.Select(row => row.Select(cell => cell?.Trim()).ToArray())] };
        AnswerComparison.Difference(trimmed, theirs, digits: 6).ShouldBeNull();
    }
}
