using Engine.TestKit;
using Xunit.Abstractions;

namespace Engine.Differential.Tests.Files;

/// <summary>The sample dumps and the foreign files: both engines must read the same tables out of them, and answer generated queries alike.</summary>
public sealed class FileQueryTests(ITestOutputHelper output)
{
    /// <summary>Files that both read alike, told or not; it only goes up.</summary>
    private static int MinAlike => SharedData.Folder is null ? 6 : FileCorpus.IsFull ? 638 : 114;

    [DuckDbFact]
    public void Files_are_read_alike_and_generated_queries_agree()
    {
        using var oracle = new DuckDbOracle();
        using var engine = new EngineUnderTest();
        var known = new KnownDifferences();
        var comparison = new QueryComparison(engine, oracle, queriesPerTable: 10);
        var results = new List<string>();
        var complaints = new List<string>();
        foreach (var file in FileCorpus.Tables())
        {
            var (told, reading) = ToldReading.Of(engine, oracle, file);
            var result = reading.AreAlike ? told == "nothing" ? TwoReadings.Alike : $"alike, told {told}" : reading.Kind;
            results.Add(result);
            if (result is not (TwoReadings.Alike or "both fail"))
            {
                output.WriteLine($"{result}\t{file.Name}\t{reading.Detail.ReplaceLineEndings(" ")}");
            }

            // What both read without help, and what both refuse, needs no reason.
            if (known.Judge(file.Name, result) is { } complaint && result is not (TwoReadings.Alike or "both fail"))
            {
                complaints.Add($"{complaint}: {reading.Detail}");
            }

            if (reading.AreAlike)
            {
                comparison.Run(reading, seed: results.Count);
            }
        }

        var alike = results.Count(result => result.StartsWith(TwoReadings.Alike, StringComparison.Ordinal));
        output.WriteLine($"{results.Count} files, {alike} read alike");
        foreach (var group in results.GroupBy(result => result).OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"  {group.Count(),5}  {group.Key}");
        }

        output.WriteLine($"{comparison.Queries} queries, {comparison.Refused} refused by both, {comparison.Differences.Count} differences");
        comparison.Differences.ShouldBeEmpty();
        complaints.ShouldBeEmpty();
        alike.ShouldBeGreaterThanOrEqualTo(MinAlike);
        comparison.Refused.ShouldBeLessThan(comparison.Queries / 20);
    }
}
