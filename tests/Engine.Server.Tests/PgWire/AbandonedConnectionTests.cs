using System.Diagnostics;
using Engine.Server.Security;

namespace Engine.Server.Tests.PgWire;

/// <summary>A thousand clients that go without a word, at each stage of the protocol: no session, statement, memory, thread or file stays.</summary>
[Collection(ProcessMeasurements.Name)]
public sealed class AbandonedConnectionTests
{
    private const int Clients = 1000;

    private static readonly string Users = $"users:\n  ann: {{ password: '{ScramVerifier.Create("secret").ToText()}', read: '*' }}\n  me: {{ trust: loopback, read: '*' }}\n";

    [Theory]
    [InlineData("connected")]
    [InlineData("half a startup packet")]
    [InlineData("TLS wanted")]
    [InlineData("password asked for")]
    [InlineData("half a password")]
    [InlineData("let in")]
    [InlineData("half a message")]
    [InlineData("in a transaction")]
    [InlineData("in a result")]
    [InlineData("in a statement")]
    public async Task Nothing_stays_of_clients_that_went_away(string stage)
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users));

        // What is made once, for the first client.
        await AbandonAsync(server, stage, 0);
        await LimitTests.WaitAsync(() => server.Server.ConnectionCount == 0);
        var (filesBefore, threadsBefore) = (OpenFiles(), Threads());
        await Parallel.ForEachAsync(Enumerable.Range(1, Clients), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) => await AbandonAsync(server, stage, number));
        await LimitTests.WaitAsync(() => server.Server.ConnectionCount == 0 && server.Engine.Sessions.Count == 0 && server.Engine.Memory.ReservedBytes == 0);
        server.Engine.Statements.All.ShouldAllBe(statement => statement.IsOver);
        server.Engine.Admission.Counts.ShouldBe((0, 0));

        // The runtime has some of its own, which come and go.
        await LimitTests.WaitAsync(() => OpenFiles() < filesBefore + (Clients / 10) && Threads() < threadsBefore + (Clients / 10));
        Directory.EnumerateFiles(server.Folder).Select(Path.GetFileName).ShouldBe(["test.users"]);
        (await server.ScalarAsync("SELECT 1")).ShouldBe(1);
    }

    private static async Task AbandonAsync(TestServer server, string stage, int number)
    {
        var client = await RawClient.ConnectAsync(server.Port);
        await GoToAsync(client, stage);

        // Half of them say goodbye to the system at least.
        if (number % 2 == 0)
        {
            client.Kill();
        }
        else
        {
            await client.DisposeAsync();
        }
    }

    private static async Task GoToAsync(RawClient client, string stage)
    {
        switch (stage)
        {
            case "connected":
                return;
            case "half a startup packet":
                await client.SendAsync(RawClient.Startup("me")[..11]);
                return;
            case "TLS wanted":
                await client.SendAsync(RawClient.Framed(null, RawClient.Int32(80877103)));
                client.Stream.ReadByte().ShouldBe('N');
                return;
            case "password asked for" or "half a password":
                await client.SendAsync(RawClient.Startup("ann"));
                await client.ReadUntilAsync('R');
                await client.SendAsync(stage == "half a password" ? RawClient.Framed('p', "SCRAM-SHA-256\0....")[..12] : []);
                return;
        }

        await client.SendAsync(RawClient.Startup("me"));
        await client.ReadUntilAsync('Z');
        switch (stage)
        {
            case "half a message":
                await client.SendAsync(RawClient.Query("SELECT 1")[..7]);
                break;
            case "in a transaction":
                await client.SendAsync(RawClient.Query("BEGIN; CREATE TEMPORARY TABLE t AS SELECT 1 AS i; DECLARE c CURSOR FOR SELECT * FROM t"));
                await client.ReadUntilAsync('Z');
                break;
            case "in a result":
                await client.SendAsync(RawClient.Query("SELECT i, 'some text that takes room' FROM generate_series(1, 100000000) AS g(i)"));
                await client.ReadUntilAsync('D');
                break;
            case "in a statement":
                await client.SendAsync(RawClient.Query("SELECT pg_sleep(3600)"));
                break;
        }
    }

    private static int OpenFiles() => OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;

    private static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
