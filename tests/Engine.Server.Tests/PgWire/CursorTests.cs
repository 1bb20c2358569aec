using System.Buffers.Binary;
using System.Text;

namespace Engine.Server.Tests.PgWire;

/// <summary>Portals of the protocol and cursors of SQL share their names: each is read, moved and closed by messages and by statements. Answers are PostgreSQL's.</summary>
public sealed class CursorTests : IAsyncLifetime
{
    private const string Ten = "SELECT x::int AS x FROM generate_series(1, 10) AS g(x)";

    private readonly TestServer _server = TestServer.Start();
    private RawClient _client = null!;

    public async Task InitializeAsync()
    {
        _client = await RawClient.StartAsync(_server.Port);
        await SqlAsync("BEGIN");
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await LimitTests.WaitAsync(() => _server.Server.ConnectionCount == 0);
        _server.Engine.Memory.ReservedBytes.ShouldBe(0);
        _server.Engine.Admission.Counts.ShouldBe((0, 0));
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_portal_is_read_by_messages_and_by_FETCH_in_turn()
    {
        (await SendAsync(Parse(Ten), Bind("C_1"), Execute("C_1", 2))).ShouldBe("1 2 D1 D2 s");
        (await SqlAsync("FETCH 3 FROM \"C_1\"")).ShouldBe("T D3 D4 D5 C[FETCH 3]");
        (await SqlAsync("MOVE FORWARD 2 IN \"C_1\"")).ShouldBe("C[MOVE 2]");
        (await SendAsync(Execute("C_1", 1))).ShouldBe("D8 s");
        (await SqlAsync("MOVE 0 IN \"C_1\"")).ShouldBe("C[MOVE 1]");
        (await SqlAsync("SELECT name, is_scrollable FROM pg_cursors")).ShouldBe("T DC_1 C[SELECT 1]");
        (await SqlAsync("FETCH ALL FROM \"C_1\"")).ShouldBe("T D9 D10 C[FETCH 2]");
        (await SqlAsync("FETCH NEXT FROM \"C_1\"")).ShouldBe("T C[FETCH 0]");
        (await SqlAsync("MOVE 0 IN \"C_1\"")).ShouldBe("C[MOVE 0]");
        (await SendAsync(Execute("C_1", 0))).ShouldBe("C[SELECT 0]");
    }

    [Fact]
    public async Task A_portal_that_has_not_begun_begins_by_FETCH()
    {
        (await SendAsync(Parse(Ten), Bind("C_1"))).ShouldBe("1 2");
        (await SqlAsync("FETCH RELATIVE 2 FROM \"C_1\"")).ShouldBe("T D2 C[FETCH 1]");
        (await SqlAsync("FETCH ABSOLUTE 5 FROM \"C_1\"")).ShouldBe("T D5 C[FETCH 1]");
        (await SqlAsync("MOVE ABSOLUTE 20 IN \"C_1\"")).ShouldBe("C[MOVE 0]");
    }

    [Theory]
    [InlineData("FETCH PRIOR FROM \"C_1\"")]
    [InlineData("MOVE BACKWARD ALL IN \"C_1\"")]
    [InlineData("FETCH ABSOLUTE 1 FROM \"C_1\"")]
    [InlineData("FETCH LAST FROM \"C_1\"")]
    [InlineData("FETCH 0 FROM \"C_1\"")]
    public async Task A_portal_does_not_go_back(string sql)
    {
        await SendAsync(Parse(Ten), Bind("C_1"), Execute("C_1", 2));
        (await SqlAsync(sql)).ShouldBe("E[55000: cursor can only scan forward]");
    }

    [Fact]
    public async Task A_portal_without_rows_is_not_run_by_FETCH()
    {
        await SqlAsync("CREATE TEMPORARY TABLE t (i int)");
        await SendAsync(Parse("INSERT INTO t VALUES (1)"), Bind("C_1"));
        await SqlAsync("SAVEPOINT s");
        (await SqlAsync("FETCH 1 FROM \"C_1\"")).ShouldBe("E[55000: portal \"C_1\" gives no rows]");
        await SqlAsync("ROLLBACK TO s");
        (await SqlAsync("SELECT count(*) FROM t")).ShouldBe("T D0 C[SELECT 1]");
    }

    [Fact]
    public async Task Names_are_taken_once()
    {
        await SendAsync(Parse(Ten), Bind("C_1"));
        await SqlAsync("SAVEPOINT s");
        (await SqlAsync("DECLARE \"C_1\" CURSOR FOR SELECT 1")).ShouldBe("E[42P03: cursor \"C_1\" already exists]");
        await SqlAsync("ROLLBACK TO s");
        (await SqlAsync("DECLARE c CURSOR FOR SELECT 1")).ShouldBe("C[DECLARE CURSOR]");
        (await SendAsync(Bind("c"))).ShouldBe("E[42P03: cursor \"c\" already exists]");
    }

    [Fact]
    public async Task Statements_close_portals()
    {
        await SendAsync(Parse(Ten), Bind("C_1"), Execute("C_1", 1), Bind("C_2"), Execute("C_2", 1));
        (await SqlAsync("CLOSE \"C_1\"")).ShouldBe("C[CLOSE CURSOR]");
        (await SendAsync(Parse("CLOSE ALL"), Bind("closing"), Execute("closing", 0))).ShouldBe("1 2 C[CLOSE CURSOR ALL]");
        (await SqlAsync("SELECT name FROM pg_cursors")).ShouldBe("T Dclosing C[SELECT 1]");
        (await SendAsync(Execute("C_2", 1))).ShouldBe("E[34000: portal \"C_2\" does not exist]");
    }

    [Theory]
    [InlineData("CLOSE own", "E[24000: cannot drop active portal \"own\"]")]
    [InlineData("FETCH 1 FROM own", "E[55000: portal \"own\" cannot be run]")]
    public async Task A_portal_does_not_deal_with_itself(string sql, string expected) =>
        (await SendAsync(Parse(sql), Bind("own"), Execute("own", 0))).ShouldBe($"1 2 {expected}");

    [Fact]
    public async Task Messages_read_and_close_what_DECLARE_made()
    {
        await SqlAsync($"DECLARE c CURSOR FOR {Ten}");
        (await SendAsync(Describe("c"), Execute("c", 2))).ShouldBe("T D1 D2 s");
        (await SqlAsync("FETCH 6 FROM c")).ShouldBe("T D3 D4 D5 D6 D7 D8 C[FETCH 6]");
        (await SendAsync(Execute("c", 0))).ShouldBe("D9 D10 C[SELECT 2]");
        (await SqlAsync("MOVE FIRST IN c")).ShouldBe("C[MOVE 1]");
        (await SendAsync(Execute("c", 3))).ShouldBe("D2 D3 D4 s");
        (await SendAsync(Close("c"))).ShouldBe("3");
        (await SqlAsync("FETCH 1 FROM c")).ShouldBe("E[34000: cursor \"c\" does not exist]");
    }

    [Fact]
    public async Task Values_have_the_formats_of_the_FETCH()
    {
        await SendAsync(Parse(Ten), Bind("C_1"), Execute("C_1", 2));
        await SqlAsync($"DECLARE c CURSOR FOR {Ten}");
        foreach (var (cursor, expected) in new[] { ("\"C_1\"", 3), ("c", 1) })
        {
            await _client.SendAsync([.. Parse($"FETCH 1 FROM {cursor}"), .. Bind(string.Empty, isBinary: true), .. Describe(string.Empty), .. Execute(string.Empty, 0), .. Sync]);
            var answers = await _client.ReadUntilAsync('Z');
            answers.Single(message => message.Type == 'T').Payload[^1].ShouldBe((byte)1);
            var row = answers.Single(message => message.Type == 'D').Payload;
            (row.Length, BinaryPrimitives.ReadInt32BigEndian(row.AsSpan(6))).ShouldBe((10, expected));
        }
    }

    [Fact]
    public async Task Formats_that_do_not_fit_leave_nothing_behind()
    {
        await SqlAsync("COMMIT");
        await _client.SendAsync([.. Parse(Ten), .. RawClient.Framed('B', "\0\0\0\0\0\0\0\u0002\0\0\0\u0001"), .. Execute(string.Empty, 0), .. Sync]);
        Describe(await _client.ReadUntilAsync('Z')).ShouldBe("1 2 E[08P01: bind message has 2 result formats but query has 1 columns]");
        _server.Engine.Admission.Counts.ShouldBe((0, 0));
    }

    private static byte[] Sync => RawClient.Framed('S', string.Empty);

    private static byte[] Parse(string sql) => RawClient.Framed('P', $"\0{sql}\0\0\0");

    private static byte[] Bind(string portal, bool isBinary = false) => RawClient.Framed('B', $"{portal}\0\0\0\0\0\0{(isBinary ? "\0\u0001\0\u0001" : "\0\0")}");

    private static byte[] Describe(string portal) => RawClient.Framed('D', $"P{portal}\0");

    private static byte[] Execute(string portal, byte maxRows) => RawClient.Framed('E', $"{portal}\0\0\0\0{(char)maxRows}");

    private static byte[] Close(string portal) => RawClient.Framed('C', $"P{portal}\0");

    private async Task<string> SqlAsync(string sql)
    {
        await _client.SendAsync(RawClient.Query(sql));
        return Describe(await _client.ReadUntilAsync('Z'));
    }

    private async Task<string> SendAsync(params byte[][] messages)
    {
        await _client.SendAsync([.. messages.SelectMany(message => message), .. Sync]);
        return Describe(await _client.ReadUntilAsync('Z'));
    }

    /// <summary>The letters of the messages but the last; of rows the first value, of ends and errors what they say.</summary>
    private static string Describe(IEnumerable<(char Type, byte[] Payload)> messages) => string.Join(' ', messages.Where(message => message.Type is not ('Z' or 'S')).Select(message => message.Type switch
    {
        'D' => $"D{Encoding.UTF8.GetString(message.Payload, 6, BinaryPrimitives.ReadInt32BigEndian(message.Payload.AsSpan(2)))}",
        'C' => $"C[{Encoding.UTF8.GetString(message.Payload)[..^1]}]",
        'E' => Error(Encoding.UTF8.GetString(message.Payload).Split('\0')),
        var letter => letter.ToString(),
    }));

    private static string Error(string[] fields) => $"E[{fields.First(field => field.StartsWith('C'))[1..]}: {fields.First(field => field.StartsWith('M'))[1..]}]";
}
