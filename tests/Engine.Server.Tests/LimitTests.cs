using Engine.Server.PgWire;
using Engine.Server.Sessions;
using Engine.Server.Tests.PgWire;

namespace Engine.Server.Tests;

/// <summary>What the server does when there is too much of something: time, sessions, statements, memory.</summary>
public sealed class LimitTests
{
    private const string Users = """
        users:
          admin: { trust: loopback, administrator: true }
          ann: { trust: loopback, read: '*', max_sessions: 2, max_statements: 1, memory: 16MB }
          bob: { trust: loopback, read: '*' }
        """;

    [Fact]
    public async Task A_transaction_that_waits_too_long_is_ended()
    {
        await using var server = TestServer.Start();
        await using var client = await RawClient.StartAsync(server.Port);
        await client.SendAsync(RawClient.Query("SET idle_in_transaction_session_timeout = '150ms'"));
        await client.ReadUntilAsync('Z');
        await client.SendAsync(RawClient.Query("BEGIN"));
        await client.ReadUntilAsync('Z');
        (await client.ReadErrorAsync()).ShouldBe(("FATAL", "25P03", "terminating connection due to idle-in-transaction timeout"));
        (await client.ReadAsync()).ShouldBeNull();
        await EndsAsync(server, sessions: 0);
    }

    [Fact]
    public async Task A_session_that_waits_too_long_is_ended_and_one_that_works_is_not()
    {
        await using var server = TestServer.Start(options: _ => new PgServerOptions { Settings = new Dictionary<string, string> { ["idle_session_timeout"] = "250" } });
        await using var client = await RawClient.StartAsync(server.Port);
        await client.SendAsync(RawClient.Query("SELECT pg_sleep(0.6)"));
        (await client.ReadUntilAsync('Z')).ShouldContain(message => message.Type == 'D');
        (await client.ReadErrorAsync()).ShouldBe(("FATAL", "57P05", "terminating connection due to idle-session timeout"));
    }

    [Fact]
    public async Task Settings_of_the_server_and_of_the_start_outlive_a_reset()
    {
        await using var server = TestServer.Start(options: _ => new PgServerOptions { Settings = new Dictionary<string, string> { ["statement_timeout"] = "250" } });
        (await server.ScalarAsync("SET statement_timeout = 0; DISCARD ALL; SHOW statement_timeout")).ShouldBe("250");
        (await server.ScalarAsync("RESET ALL; SHOW search_path", more: "Search Path=information_schema")).ShouldBe("information_schema");
        var error = await server.RefusedAsync("SELECT pg_sleep(60)");
        (error.SqlState, error.MessageText).ShouldBe(("57014", "canceling statement due to statement timeout"));
    }

    [Fact]
    public async Task Sessions_are_limited_and_some_are_kept_for_administrators()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users) with { MaxSessions = 4, ReservedSessions = 1 });
        await using var first = await RawClient.StartAsync(server.Port, "ann");
        await using var second = await RawClient.StartAsync(server.Port, "ann");
        (await server.RefusedAsync("SELECT 1", "ann")).MessageText.ShouldBe("too many connections for role \"ann\"");
        await using var third = await RawClient.StartAsync(server.Port, "bob");
        var reserved = await server.RefusedAsync("SELECT 1", "bob");
        (reserved.SqlState, reserved.MessageText).ShouldBe(("53300", "remaining connection slots are reserved for administrators"));
        await using var fourth = await RawClient.StartAsync(server.Port, "admin");
        (await server.RefusedAsync("SELECT 1", "admin")).MessageText.ShouldBe("sorry, too many clients already");
        server.Engine.Sessions.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Statements_beyond_a_users_limit_wait_for_their_turn()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users));
        await using var running = await RawClient.StartAsync(server.Port, "ann");
        await running.SendAsync(RawClient.Query("SELECT pg_sleep(60)"));
        await WaitAsync(() => server.Engine.Sessions.All[0].State == ClientState.Active && server.Engine.Admission.Counts.Running == 1);
        await using var waiting = await RawClient.StartAsync(server.Port, "ann");
        await waiting.SendAsync(RawClient.Query("SELECT 42"));
        await WaitAsync(() => server.Engine.Sessions.All[1].State == ClientState.Queued);

        // Others are not held up, and see that it waits.
        (await server.ScalarAsync("SELECT 1", "bob")).ShouldBe(1);
        (await server.ScalarAsync("SELECT query FROM system.runtime.queries WHERE state = 'QUEUED'", "admin")).ShouldBe("SELECT 42");

        // What only changes the session does not wait.
        server.Engine.Sessions.All[0].Cancel().ShouldBeTrue();
        (await waiting.ReadUntilAsync('Z')).ShouldContain(message => message.Type == 'D');
        (await running.ReadErrorAsync()).SqlState.ShouldBe("57014");
        server.Engine.Admission.Counts.ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_statement_does_not_wait_for_ever_nor_when_it_is_cancelled()
    {
        await using var server = TestServer.Start(engine: new EngineOptions { Threads = 2, MaxStatements = 1, QueueTimeout = TimeSpan.FromMilliseconds(200) });
        await using var running = await RawClient.StartAsync(server.Port);
        await running.SendAsync(RawClient.Query("SELECT pg_sleep(60)"));
        await WaitAsync(() => server.Engine.Admission.Counts.Running == 1);
        var late = await server.RefusedAsync("SELECT 1");
        (late.SqlState, late.MessageText).ShouldBe(("53400", "the statement waited 0.2 s for its turn"));
        (await server.RefusedAsync("SET statement_timeout = 50; SELECT 1")).SqlState.ShouldBe("57014");
        (await server.ScalarAsync("SHOW search_path")).ShouldBe("\"$user\", public");
        server.Engine.Admission.Counts.ShouldBe((1, 0));
    }

    [Fact]
    public async Task Portals_of_one_session_do_not_wait_for_each_other()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users));
        await using var client = await RawClient.StartAsync(server.Port, "ann");
        await client.SendAsync(RawClient.Query("BEGIN"));
        await client.ReadUntilAsync('Z');
        await client.SendAsync(
        [
            .. RawClient.Framed('P', "one\0SELECT * FROM generate_series(1, 100000)\0\0\0"), .. RawClient.Framed('B', "open\0one\0\0\0\0\0\0\0"), .. RawClient.Framed('E', "open\0\0\0\0\u0001"),
            .. RawClient.Framed('P', "\0SELECT 2\0\0\0"), .. RawClient.Framed('B', "\0\0\0\0\0\0\0\0"), .. RawClient.Framed('E', "\0\0\0\0\0"), .. RawClient.Framed('S', string.Empty),
        ]);
        var types = string.Concat((await client.ReadUntilAsync('Z')).Select(message => message.Type));
        types.ShouldBe("12Ds12DCZ");
        server.Engine.Admission.Counts.Running.ShouldBe(1);
        await client.SendAsync(RawClient.Query("COMMIT"));
        await client.ReadUntilAsync('Z');
        server.Engine.Admission.Counts.Running.ShouldBe(0);
    }

    [Fact]
    public async Task A_user_has_so_much_memory_and_others_have_theirs()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users));
        const string Hungry = "SELECT array_length(array_agg(x), 1) FROM generate_series(1, 8000000) AS g(x)";
        var error = await server.RefusedAsync(Hungry, "ann");
        error.SqlState.ShouldBe("53200");
        error.MessageText.ShouldContain("user ann");
        Convert.ToInt64(await server.ScalarAsync(Hungry, "bob"), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(8_000_000);
        (await server.ScalarAsync("SELECT 1", "ann")).ShouldBe(1);
    }

    [Fact]
    public async Task A_statement_ends_when_its_client_goes_though_more_was_sent()
    {
        await using var server = TestServer.Start();
        var client = await RawClient.StartAsync(server.Port);

        // The Sync is there before the end of the connection is.
        await client.SendAsync(
        [
            .. RawClient.Framed('P', "\0SELECT pg_sleep(600)\0\0\0"), .. RawClient.Framed('B', "\0\0\0\0\0\0\0\0"), .. RawClient.Framed('E', "\0\0\0\0\0"), .. RawClient.Framed('S', string.Empty),
        ]);
        await WaitAsync(() => server.Engine.Sessions.All is [{ State: ClientState.Active }]);
        client.Kill();
        await EndsAsync(server, sessions: 0);
        server.Engine.Statements.All.ShouldAllBe(statement => statement.IsOver);
    }

    [Fact]
    public async Task Sessions_are_known_by_what_they_do_and_can_be_ended()
    {
        await using var server = TestServer.Start();
        await using var client = await RawClient.StartAsync(server.Port, "ann");
        var session = server.Engine.Sessions.All.ShouldHaveSingleItem();
        (session.User, session.State, session.Database, session.TransactionStartedAt).ShouldBe(("ann", ClientState.Idle, "ann", null));
        await client.SendAsync(RawClient.Query("BEGIN"));
        await client.ReadUntilAsync('Z');
        await WaitAsync(() => session is { State: ClientState.IdleInTransaction, TransactionStartedAt: not null, Query: "BEGIN" });
        await client.SendAsync(RawClient.Query("SELECT 1 / 0"));
        await client.ReadUntilAsync('Z');
        await WaitAsync(() => session.State == ClientState.IdleInFailedTransaction);
        session.Cancel().ShouldBeFalse();
        session.Terminate();
        (await client.ReadErrorAsync()).ShouldBe(("FATAL", "57P01", "terminating connection due to administrator command"));
        await EndsAsync(server, sessions: 0);
    }

    [Fact]
    public async Task A_session_is_ended_in_the_midst_of_a_statement()
    {
        await using var server = TestServer.Start();
        await using var client = await RawClient.StartAsync(server.Port);
        await client.SendAsync(RawClient.Query("SELECT pg_sleep(600)"));
        await WaitAsync(() => server.Engine.Sessions.All is [{ State: ClientState.Active, QueryId: not null }]);
        server.Engine.Sessions.All[0].Terminate();
        (await client.ReadErrorAsync()).SqlState.ShouldBeOneOf("57P01", "57014");
        await EndsAsync(server, sessions: 0);
    }

    [Fact]
    public async Task Shutdown_lets_statements_end_and_sends_the_idle_away()
    {
        await using var server = TestServer.Start(options: _ => new PgServerOptions { ShutdownGrace = TimeSpan.FromMinutes(1) });
        await using var idle = await RawClient.StartAsync(server.Port);
        await using var busy = await RawClient.StartAsync(server.Port);
        await busy.SendAsync(RawClient.Query("SELECT pg_sleep(0.5)"));
        await WaitAsync(() => server.Engine.Admission.Counts.Running == 1);
        var stopped = server.Server.StopAsync();
        (await idle.ReadErrorAsync()).ShouldBe(("FATAL", "57P01", "terminating connection due to administrator command"));
        await Should.ThrowAsync<System.Net.Sockets.SocketException>(() => RawClient.ConnectAsync(server.Port));
        var answer = await busy.ReadUntilAsync('Z');
        answer.ShouldContain(message => message.Type == 'C');
        (await busy.ReadErrorAsync()).SqlState.ShouldBe("57P01");
        await stopped;
    }

    [Fact]
    public async Task Shutdown_does_not_wait_longer_than_its_grace()
    {
        await using var server = TestServer.Start(options: _ => new PgServerOptions { ShutdownGrace = TimeSpan.FromMilliseconds(100) });
        await using var busy = await RawClient.StartAsync(server.Port);
        await busy.SendAsync(RawClient.Query("SELECT pg_sleep(600)"));
        await WaitAsync(() => server.Engine.Admission.Counts.Running == 1);
        await server.Server.StopAsync();
        server.Engine.Sessions.Count.ShouldBe(0);
        server.Server.ConnectionCount.ShouldBe(0);
    }

    [Fact]
    public async Task Connections_that_do_not_log_in_are_limited_too()
    {
        await using var server = TestServer.Start(options: _ => new PgServerOptions { MaxSessions = 2 });
        var silent = new List<RawClient>();
        for (var i = 0; i < 4; i++)
        {
            silent.Add(await RawClient.ConnectAsync(server.Port));
        }

        await WaitAsync(() => server.Server.ConnectionCount == 4);
        await using var late = await RawClient.ConnectAsync(server.Port);
        (await late.ReadAsync()).ShouldBeNull();
        foreach (var client in silent)
        {
            await client.DisposeAsync();
        }

        await EndsAsync(server, sessions: 0);
        (await server.ScalarAsync("SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Large_messages_count_as_their_users_memory()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users));
        var text = new string('x', 20 << 20);
        await using (var client = await RawClient.StartAsync(server.Port, "ann"))
        {
            await client.SendAsync(RawClient.Query($"SELECT length('{text[..(4 << 20)]}')"));
            (await client.ReadUntilAsync('Z')).ShouldContain(message => message.Type == 'D');
            server.Engine.Memory.PeakBytes.ShouldBeGreaterThan(4 << 20);
            try
            {
                await client.SendAsync(RawClient.Query($"SELECT length('{text}')"));
            }
            catch (IOException)
            {
                // It is refused before all of it is there.
            }

            await WaitAsync(() => server.Engine.Sessions.Count == 0);
        }

        server.Server.Refusals.GetValueOrDefault("53200").ShouldBe(1);
        await EndsAsync(server, sessions: 0);
        server.Engine.Memory.ReservedBytes.ShouldBe(0);
    }

    internal static async Task WaitAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static Task EndsAsync(TestServer server, int sessions) => WaitAsync(() => server.Engine.Sessions.Count == sessions && server.Server.ConnectionCount == sessions);
}
