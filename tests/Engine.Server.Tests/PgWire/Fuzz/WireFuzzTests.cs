using System.Diagnostics;
using System.Globalization;
using Engine.Server.PgWire;
using Engine.Server.Security;
using Xunit.Abstractions;

namespace Engine.Server.Tests.PgWire.Fuzz;

/// <summary>Clients that do not keep to the protocol: no crash, no hang, no internal error, and nothing is left of them.</summary>
[Collection(ProcessMeasurements.Name)]
public sealed class WireFuzzTests(ITestOutputHelper output)
{
    private const int QuickCount = 3000;

    /// <summary>What the process may grow by, whatever lengths messages claim: a few messages of the largest size would be more.</summary>
    private const long MaxGrowthBytes = 256 << 20;

    /// <summary>How many are wanted; tests/fuzz-wire.sh sets it.</summary>
    private static int WantedCount => Number("QE_FUZZ_WIRE") ?? QuickCount;

    private static int FirstCase => Number("QE_FUZZ_FIRST") ?? 0;

    [Fact]
    public async Task Messages_changed_at_random_are_answered_or_refused()
    {
        var usual = new Dictionary<string, string> { ["statement_timeout"] = "1000" };
        var users = $"users:\n  ann: {{ password: '{ScramVerifier.Create("secret").ToText()}', read: '*' }}\n  me: {{ trust: loopback, read: '*', write: '*' }}\n";
        await using var open = TestServer.Start(options: _ => new PgServerOptions { Settings = usual });
        await using var closed = TestServer.Start(options: folder => TestServer.WithUsers(folder, users) with { Settings = usual });
        var run = new WireFuzzRun([open.Port, closed.Port]);

        // What is loaded once is not growth.
        await run.RunAsync(int.MaxValue - 200, 200);
        var before = Process.GetCurrentProcess().WorkingSet64;
        await run.RunAsync(FirstCase, WantedCount);
        var growth = Process.GetCurrentProcess().WorkingSet64 - before;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{WantedCount} cases: {run.Report()}; the process grew by {growth >> 20} MB"));
        run.Failures.Take(5).ShouldBeEmpty();
        growth.ShouldBeLessThan(MaxGrowthBytes);

        // Both happen often, or the cases test nothing.
        run.Count("ready").ShouldBeGreaterThan(WantedCount / 50);
        run.Count("08P01").ShouldBeGreaterThan(WantedCount / 20);
        foreach (var server in new[] { open, closed })
        {
            await LimitTests.WaitAsync(() => server.Server.ConnectionCount == 0);
            server.Engine.Sessions.Count.ShouldBe(0);
            server.Engine.Admission.Counts.ShouldBe((0, 0));
            (await server.ScalarAsync("SELECT 1")).ShouldBe(1);
        }
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
