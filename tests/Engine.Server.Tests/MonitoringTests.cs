using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Engine.Server.Telemetry;
using Engine.Server.Tests.PgWire;
using Engine.Server.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Engine.Server.Tests;

public sealed partial class MonitoringTests : IAsyncLifetime
{
    private readonly TestServer _server = TestServer.Start();
    private readonly HttpClient _client = new();
    private ServerMetrics _metrics = null!;
    private MonitoringPages _pages = null!;
    private HttpServer _http = null!;

    public async Task InitializeAsync()
    {
        _metrics = new ServerMetrics(_server.Engine, _server.Server);
        _pages = new MonitoringPages(_server.Server, _metrics);
        _http = await HttpServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), [_pages.Map], NullLoggerFactory.Instance);
        _client.BaseAddress = new Uri($"http://127.0.0.1:{_http.Port}");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _http.DisposeAsync();
        _pages.Dispose();
        _metrics.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Health_and_readiness()
    {
        (await _client.GetStringAsync("/healthz")).ShouldBe("ok\n");
        (await _client.GetStringAsync("/readyz")).ShouldBe("ready\n");
        await _server.Server.StopAsync();
        (await _client.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _client.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await _client.GetAsync("/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Metrics_count_what_happened()
    {
        await _server.ScalarAsync("SELECT * FROM generate_series(1, 3)");
        await _server.RefusedAsync("SELECT 1 / 0");
        await using var idle = await RawClient.StartAsync(_server.Port);
        await using var refused = await RawClient.ConnectAsync(_server.Port);
        await refused.SendAsync(RawClient.Framed(null, RawClient.Int32(2 << 16)));
        (await refused.ReadErrorAsync()).SqlState.ShouldBe("0A000");
        await LimitTests.WaitAsync(() => _server.Engine.Sessions.Count == 1);

        var response = await _client.GetAsync("/metrics");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var samples = Read(await response.Content.ReadAsStringAsync());
        samples["qe_statements_total{state=\"finished\"}"].ShouldBe(1);
        samples["qe_statements_total{state=\"failed\"}"].ShouldBe(1);
        samples["qe_statement_duration_seconds_count{state=\"finished\"}"].ShouldBe(1);
        samples["qe_statement_duration_seconds_bucket{state=\"finished\",le=\"+Inf\"}"].ShouldBe(1);
        samples["qe_output_rows_total"].ShouldBeGreaterThanOrEqualTo(1);
        samples["qe_sessions{state=\"idle\"}"].ShouldBe(1);
        samples["qe_sessions{state=\"active\"}"].ShouldBe(0);
        samples["qe_connections_refused_total{sqlstate=\"0A000\"}"].ShouldBe(1);
        samples["qe_memory_limit_bytes"].ShouldBe(_server.Engine.Options.MemoryLimitBytes);
        samples.Keys.ShouldContain(name => name.StartsWith("dotnet_gc_collections_total", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Statements_are_spans_without_their_texts()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "QueryEngine",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await _server.ScalarAsync("SELECT 'a value of this test'", "tracer");
        await _server.RefusedAsync("SELECT 1 / 0", "tracer");
        await LimitTests.WaitAsync(() => Mine().Count == 2);
        var (right, wrong) = (Mine()[0], Mine()[1]);
        (right.DisplayName, right.Status, right.ParentId).ShouldBe(("SELECT", ActivityStatusCode.Unset, null));
        (wrong.Status, wrong.GetTagItem("db.response.status_code"), wrong.ParentId).ShouldBe((ActivityStatusCode.Error, "22012", null));
        right.TagObjects.ShouldNotContain(tag => tag.Value!.ToString()!.Contains("a value of this test", StringComparison.Ordinal));

        List<Activity> Mine()
        {
            lock (spans)
            {
                return [.. spans.Where(span => Equals(span.GetTagItem("user.name"), "tracer"))];
            }
        }
    }

    /// <summary>Every line is as the format has it; the samples by name and labels.</summary>
    private static Dictionary<string, double> Read(string text)
    {
        var samples = new Dictionary<string, double>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')))
        {
            var match = SampleLine().Match(line);
            match.Success.ShouldBeTrue(line);
            samples.Add(match.Groups["name"].Value, match.Groups["value"].Value switch { "NaN" => double.NaN, "+Inf" => double.PositiveInfinity, var number => double.Parse(number, CultureInfo.InvariantCulture) });
        }

        return samples;
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_][a-zA-Z0-9_]*(?:\{[a-zA-Z_]+="(?:[^"\\]|\\.)*"(?:,[a-zA-Z_]+="(?:[^"\\]|\\.)*")*\})?) (?<value>\S+)$""", RegexOptions.NonBacktracking)]
    private static partial Regex SampleLine();
}
