using System.Diagnostics;
using Xunit.Abstractions;

namespace Engine.Parser.Tests;

/// <summary>Prints how long parsing takes. It asserts nothing: machines differ.</summary>
public sealed class ParseTimeTests(ITestOutputHelper output)
{
    [Fact]
    public void Print_the_time_of_a_realistic_query()
    {
        const int repetitions = 50;
        var sql = TestFiles.Read("queries", "realistic.sql");
        var clock = Stopwatch.StartNew();
        SqlParser.ParseStatements(sql);
        output.WriteLine($"cold: {clock.Elapsed.TotalMilliseconds:F1} ms");
        var best = double.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            clock.Restart();
            for (var i = 0; i < repetitions; i++)
            {
                SqlParser.ParseStatements(sql);
            }

            best = Math.Min(best, clock.Elapsed.TotalMilliseconds / repetitions);
        }

        output.WriteLine($"warm: {best:F3} ms for {sql.Split('\n').Length} lines");
    }

    [Fact]
    public void Parsing_is_safe_for_concurrent_use()
    {
        var texts = TestFiles.AllSql().ToList();
        var expected = texts.Select(sql => SqlParser.ParseStatements(sql)).ToList();
        Parallel.For(0, 8, worker =>
        {
            for (var i = 0; i < texts.Count; i++)
            {
                var index = (i + (worker * 37)) % texts.Count;
                SqlParser.ParseStatements(texts[index]).Equals(expected[index]).ShouldBeTrue();
            }
        });
    }
}
