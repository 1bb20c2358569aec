using Engine.Core.Connectors;
using Engine.Storage.Csv;
using Engine.Storage.TextLog;
using Engine.TestKit;

namespace Engine.Storage.Tests.TextLog;

public sealed class LoghubTests : IDisposable
{
    private readonly ScanFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [SharedDataTheory]
    [InlineData("Android", "(?<Date>\\d\\d-\\d\\d) (?<Time>\\S+) +%{INT:Pid} +%{INT:Tid} (?<Level>[A-Z]) (?<Component>.*?) *: ?%{GREEDYDATA:Content}")]
    [InlineData("Apache", "\\[%{HTTPDERROR_DATE:Time}\\] \\[%{LOGLEVEL:Level}\\] %{GREEDYDATA:Content}")]
    [InlineData("HDFS", "(?<Date>\\d{6}) (?<Time>\\d{6}) %{INT:Pid} %{LOGLEVEL:Level} (?<Component>\\S+?): %{GREEDYDATA:Content}")]
    [InlineData("HPC", "%{INT:LogId} %{NOTSPACE:Node} %{NOTSPACE:Component} %{NOTSPACE:State} %{INT:Time} %{INT:Flag} %{GREEDYDATA:Content}")]
    [InlineData("Hadoop", "(?<Date>\\d{4}-\\d\\d-\\d\\d) (?<Time>[\\d:,]+) %{LOGLEVEL:Level} \\[(?<Process>.*?)\\] (?<Component>\\S+?): ?%{GREEDYDATA:Content}")]
    [InlineData("HealthApp", "(?<Time>[^|]+)\\|(?<Component>[^|]+)\\|(?<Pid>[^|]+)\\|%{GREEDYDATA:Content}")]
    [InlineData("Linux", "%{MONTH:Month} +%{MONTHDAY:Date} %{TIME:Time} %{NOTSPACE:Level} (?<Component>[^\\[:]+?(?:\\([^)]*\\)|))(?:\\[%{POSINT:PID}\\])?: ?%{GREEDYDATA:Content}")]
    [InlineData("OpenSSH", "%{MONTH:Date} +%{MONTHDAY:Day} %{TIME:Time} %{NOTSPACE:Component} sshd\\[%{POSINT:Pid}\\]: %{GREEDYDATA:Content}")]
    [InlineData("Proxifier", "\\[(?<Time>[^\\]]+)\\] (?<Program>.*?) - %{GREEDYDATA:Content}")]
    [InlineData("Spark", "(?<Date>\\d\\d/\\d\\d/\\d\\d) (?<Time>[\\d:]+) %{LOGLEVEL:Level} (?<Component>\\S+?): %{GREEDYDATA:Content}")]
    [InlineData("Zookeeper", "(?<Date>\\d{4}-\\d\\d-\\d\\d) (?<Time>[\\d:,]+) - +%{LOGLEVEL:Level} +\\[(?<Node>.+?):(?<Component>[^/].*?)@(?<Id>\\d+)\\] - %{GREEDYDATA:Content}")]
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
