using Engine.TestKit;
using Xunit.Abstractions;

namespace Engine.Differential.Tests.Files;

/// <summary>Generated queries over the sample dumps and the foreign files: the engine and DuckDB must agree.</summary>
public sealed class FileQueryTests(ITestOutputHelper output)
{
    [DuckDbFact]
    public void Explore()
    {
        using var oracle = new DuckDbOracle();
        using var engine = new EngineUnderTest();
        var lines = new List<string>();
        foreach (var file in FileCorpus.Tables())
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var two = TwoReadings.Of(engine, oracle, file.Call(), file.Call());
            var told = "";
            if (!two.AreAlike && file.Function == "read_csv")
            {
                var t = TwoReadings.Of(engine, oracle, file.Call(), file.Call(Dialects.ForDuckDb(file)));
                told = t.Kind + " " + t.Detail;
            }

            lines.Add($"{two.Kind}\t{file.Name}\t{Clip(two.Detail)}\t{Clip(told)}\t{watch.ElapsedMilliseconds}");
        }

        System.IO.File.WriteAllLines("/tmp/explore.tsv", lines);
        output.WriteLine(lines.Count.ToString());
        SharedData.Folder.ShouldNotBeNull();
    }

    private static string Clip(string s) => (s.Length > 400 ? s[..400] : s).Replace('\n', ' ').Replace('\t', ' ').Replace('\r', ' ');
}
