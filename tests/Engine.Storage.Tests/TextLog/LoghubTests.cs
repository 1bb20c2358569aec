using Engine.Core.Connectors;
using Engine.Storage.Csv;
using Engine.Storage.TextLog;
using Engine.TestKit;

namespace Engine.Storage.Tests.TextLog;

public sealed class LoghubTests : IDisposable
{
    private readonly ScanFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    public static TheoryData<string, string> Logs()
    {
        var logs = new TheoryData<string, string>();
        foreach (var (name, pattern) in LoghubLogs.All)
        {
            logs.Add(name, pattern);
        }

        return logs;
    }

    [SharedDataTheory]
    [MemberData(nameof(Logs))]
    public void Logs_parse_into_the_fields_that_their_curators_extracted(string name, string pattern)
    {
        var log = File(name, ".log");
        var (schema, rows) = _fixture.Read(new LogFormat(_fixture.Store), log, ScanFixture.Options(("pattern", pattern)));
        var csv = new CsvFormat(_fixture.Store, _fixture.Pool);
        var (structured, expected) = _fixture.Read(csv, File(name, ".log_structured.csv"), ScanFixture.Options(("all_varchar", "true"), ("header", "true")));
        rows.Count.ShouldBe(expected.Count);
        var differences = new List<string>();
        for (var i = 0; i < schema.Count; i++)
        {
            var place = structured.IndexOf(schema[i].Name);
            place.ShouldBeGreaterThanOrEqualTo(0, schema[i].Name);
            for (var row = 0; row < rows.Count; row++)
            {
                var actual = (rows[row][i] ?? "").Trim();
                var wanted = (expected[row][place] ?? "").Trim();
                if (actual != wanted)
                {
                    differences.Add($"{schema[i].Name} of row {row + 1}: \"{actual}\" instead of \"{wanted}\"");
                }
            }
        }

        differences.Count.ShouldBe(0, string.Join('\n', differences.Take(5)));
    }

    private DataFile File(string name, string suffix) =>
        _fixture.Store.List(SharedData.PathOf($"logs/loghub/{name}/{name}_2k{suffix}"), CancellationToken.None)[0];
}
