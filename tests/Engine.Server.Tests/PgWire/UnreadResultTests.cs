using System.Text;
using Engine.Server.Sessions;

namespace Engine.Server.Tests.PgWire;

/// <summary>Statements that are cancelled while their client does not read: others get their turn and their memory at once, the client the error when it reads.</summary>
public sealed class UnreadResultTests : IAsyncLifetime
{
    private const string Large = "SELECT i, 'some text that takes room' FROM generate_series(1, 100000000) AS g(i)";

    private readonly TestServer _server = TestServer.Start(engine: new EngineOptions { Threads = 2, MaxStatements = 1 });
    private RawClient _client = null!;

    public async Task InitializeAsync() => _client = await RawClient.StartAsync(_server.Port);

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("the client", Large)]
    [InlineData("pg_cancel_backend", Large)]
    [InlineData("KILL QUERY", Large)]
    [InlineData("statement_timeout", Large)]
    [InlineData("the client", $"COPY ({Large}) TO STDOUT")]
    [InlineData("KILL QUERY", "COPY (SELECT md5(i::text) AS m FROM generate_series(1, 100000000) AS g(i)) TO STDOUT (FORMAT parquet)")]
    public async Task A_cancelled_statement_gives_up_all_but_its_error(string canceller, string sql)
    {
        if (canceller == "statement_timeout")
        {
            await SendAsync(RawClient.Query("SET statement_timeout = 500"));
        }

        await _client.SendAsync(RawClient.Query(sql));
        var statement = await StuckAsync();
        await CancelAsync(canceller, statement);
        await AllIsGivenBackAsync();
        statement.State.ShouldBe(StatementState.Canceled);
        (await _server.ScalarAsync("SELECT 42")).ShouldBe(42);

        // What was on its way comes whole, then the error.
        var answers = await _client.ReadUntilAsync('Z');
        answers.Select(message => message.Type).Distinct().ShouldBe(sql.StartsWith("COPY", StringComparison.Ordinal) ? ['H', 'd', 'E', 'Z'] : ['T', 'D', 'E', 'Z']);
        Encoding.UTF8.GetString(answers[^2].Payload).ShouldContain($"C57014\0Mcanceling statement due to {(canceller == "statement_timeout" ? "statement timeout" : "user request")}\0");
        (await SendAsync(RawClient.Query("SET statement_timeout = 0; SELECT 42"))).ShouldBe("CTDCZ");
    }

    [Fact]
    public async Task The_transaction_of_a_cancelled_statement_has_failed()
    {
        await SendAsync(RawClient.Query("BEGIN"));
        await _client.SendAsync(RawClient.Query(Large));
        await CancelAsync("KILL QUERY", await StuckAsync());
        await AllIsGivenBackAsync();
        (await _client.ReadUntilAsync('Z'))[^1].Payload.ShouldBe("E"u8.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_portal_that_nobody_reads_gives_up_by_itself(bool isExecuted)
    {
        await SendAsync(RawClient.Query("BEGIN"));
        (await SendAsync([.. Parse(Large), .. Bind("open"), .. isExecuted ? Execute("open", 1) : Describe("open"), .. Sync])).ShouldBe(isExecuted ? "12DsZ" : "12TZ");
        _server.Engine.Admission.Counts.Running.ShouldBe(1);
        await CancelAsync("KILL QUERY", await StuckAsync());
        await AllIsGivenBackAsync();
        (await _server.ScalarAsync("SELECT 42")).ShouldBe(42);

        // The session has asked for nothing that failed, until it asks for more rows.
        (await SendAsync(RawClient.Query("SELECT 42"))).ShouldBe("TDCZ");
        await _client.SendAsync([.. Execute("open", 1), .. Sync]);
        (await _client.ReadErrorAsync()).SqlState.ShouldBe("57014");
        (await _client.ReadUntilAsync('Z'))[^1].Payload.ShouldBe("E"u8.ToArray());
        (await SendAsync(RawClient.Query("ROLLBACK"))).ShouldBe("CZ");
    }

    private static byte[] Sync => RawClient.Framed('S', string.Empty);

    private static byte[] Parse(string sql) => RawClient.Framed('P', $"\0{sql}\0\0\0");

    private static byte[] Bind(string portal) => RawClient.Framed('B', $"{portal}\0\0\0\0\0\0\0\0");

    private static byte[] Describe(string portal) => RawClient.Framed('D', $"P{portal}\0");

    private static byte[] Execute(string portal, byte maxRows) => RawClient.Framed('E', $"{portal}\0\0\0\0{(char)maxRows}");

    /// <summary>The letters of the answers.</summary>
    private async Task<string> SendAsync(byte[] messages)
    {
        await _client.SendAsync(messages);
        return string.Concat((await _client.ReadUntilAsync('Z')).Select(message => message.Type));
    }

    /// <summary>Waits until a statement that runs gets no more rows rid of.</summary>
    private async Task<StatementRecord> StuckAsync()
    {
        await LimitTests.WaitAsync(() => _server.Engine.Statements.All.Any(record => record.Operation is "SELECT" or "COPY"));
        var statement = _server.Engine.Statements.All.Last(record => record.Operation is "SELECT" or "COPY");
        var seen = -1L;
        while (seen != statement.OutputRows)
        {
            seen = statement.OutputRows;
            await Task.Delay(50);
        }

        return statement;
    }

    private async Task CancelAsync(string canceller, StatementRecord statement)
    {
        var session = _server.Engine.Sessions.All.ShouldHaveSingleItem();
        switch (canceller)
        {
            case "the client":
                await using (var other = await RawClient.ConnectAsync(_server.Port))
                {
                    await other.SendAsync(RawClient.Framed(null, [.. RawClient.Int32(80877102), .. RawClient.Int32(session.ProcessId), .. session.Secret]));
                    (await other.ReadAsync()).ShouldBeNull();
                }

                break;
            case "pg_cancel_backend":
                // As a function it would wait for its turn here.
                session.Cancel().ShouldBeTrue();
                break;
            case "KILL QUERY":
                await _server.ScalarAsync($"KILL QUERY '{statement.Id}'");
                break;
        }
    }

    private Task AllIsGivenBackAsync() => LimitTests.WaitAsync(() => _server.Engine.Admission.Counts == (0, 0) && _server.Engine.Memory.ReservedBytes == 0);
}
