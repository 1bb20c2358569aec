using System.Net;
using Engine.Server.PgWire;
using Engine.Server.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Engine.Server.Tests.PgWire;

/// <summary>Npgsql with its default settings, as .NET programs and Power BI use it.</summary>
public sealed class NpgsqlTests : IAsyncLifetime
{
    private readonly EmbeddedEngine _engine = new(new EngineOptions { CatalogFolder = "no such folder", Threads = 2 });
    private PgServer _server = null!;
    private NpgsqlDataSource _source = null!;

    public Task InitializeAsync()
    {
        _server = PgServer.Start(_engine, new IPEndPoint(IPAddress.Loopback, 0));
        _source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={_server.Port};Username=me;Database=public;Timeout=20;Command Timeout=30");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        await _server.DisposeAsync();
        _engine.Dispose();
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("-7::smallint", (short)-7)]
    [InlineData("7", 7)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("1.5::real", 1.5f)]
    [InlineData("-0.25e0", -0.25)]
    [InlineData("'grüße'", "grüße")]
    [InlineData("'{\"a\": 1}'::json", "{\"a\": 1}")]
    public async Task Values_of_plain_types(string sql, object expected) => (await Scalar($"SELECT {sql}")).ShouldBe(expected);

    [Fact]
    public async Task Values_of_other_types()
    {
        (await Scalar("SELECT 12345.678::decimal(12,3)")).ShouldBe(12345.678m);
        (await Scalar("SELECT -0.00001::decimal(10,5)")).ShouldBe(-0.00001m);
        (await Scalar("SELECT 0::decimal(10,2)")).ShouldBe(0.00m);
        (await Scalar("SELECT 10000::decimal(10,0)")).ShouldBe(10000m);
        (await Scalar("SELECT DATE '2024-02-29'")).ShouldBe(new DateOnly(2024, 2, 29));
        (await Scalar("SELECT TIMESTAMP '1999-12-31 23:59:59.000001'")).ShouldBe(new DateTime(1999, 12, 31, 23, 59, 59).AddMicroseconds(1));
        (await Scalar("SELECT TIMESTAMPTZ '2024-02-29 12:34:56+02'")).ShouldBe(new DateTime(2024, 2, 29, 10, 34, 56, DateTimeKind.Utc));
        (await Scalar("SELECT TIME '12:34:56.789'")).ShouldBe(new TimeOnly(12, 34, 56, 789));
        (await Scalar("SELECT TIMETZ '12:34:56+02'")).ShouldBe(new DateTimeOffset(1, 1, 2, 12, 34, 56, TimeSpan.FromHours(2)));
        (await Scalar("SELECT INTERVAL '3 days 04:05:06'")).ShouldBe(new TimeSpan(3, 4, 5, 6));
        (await Scalar("SELECT '00112233-4455-6677-8899-aabbccddeeff'::uuid")).ShouldBe(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
        (await Scalar("SELECT '\\x00ff'::bytea")).ShouldBe(new byte[] { 0, 255 });
        (await Scalar("SELECT NULL")).ShouldBe(DBNull.Value);
        (await Scalar("SELECT ARRAY[1, 2, 3]")).ShouldBe(new[] { 1, 2, 3 });
        (await Scalar("SELECT ARRAY['a', NULL, 'c d']")).ShouldBe(new[] { "a", null, "c d" });
        (await Scalar("SELECT MAP {'k': 1}")).ShouldBe("{\"k\":1}");
        (await Scalar("SELECT 'b'::ENUM('a', 'b')")).ShouldBe("b");
    }

    [Fact]
    public async Task Parameters_of_every_type()
    {
        (await Scalar("SELECT $1 + 1", 41)).ShouldBe(42);
        (await Scalar("SELECT $1", "x")).ShouldBe("x");
        (await Scalar("SELECT $1::bigint * 2", 21L)).ShouldBe(42L);
        (await Scalar("SELECT $1", 12.50m)).ShouldBe(12.50m);
        (await Scalar("SELECT $1", 0.5)).ShouldBe(0.5);
        (await Scalar("SELECT $1 AND true", false)).ShouldBe(false);
        (await Scalar("SELECT $1 + INTERVAL '1 day'", new DateTime(2024, 2, 28))).ShouldBe(new DateTime(2024, 2, 29));
        (await Scalar("SELECT $1", new DateOnly(2024, 2, 29))).ShouldBe(new DateOnly(2024, 2, 29));
        (await Scalar("SELECT $1", new TimeOnly(1, 2, 3))).ShouldBe(new TimeOnly(1, 2, 3));
        (await Scalar("SELECT $1", Guid.Empty)).ShouldBe(Guid.Empty);
        (await Scalar("SELECT octet_length($1)", new byte[] { 1, 2, 3 })).ShouldBe(3);
        (await Scalar("SELECT 2 = ANY ($1)", new[] { 1, 2 })).ShouldBe(true);
        (await Scalar("SELECT $1 IS NULL", DBNull.Value)).ShouldBe(true);
    }

    [Fact]
    public async Task Prepared_statements_and_batches()
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT sum(x) FROM generate_series(1, $1) AS g(x)", connection) { Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Bigint } } };
        await command.PrepareAsync();
        foreach (var count in new long[] { 10, 100, 1000 })
        {
            command.Parameters[0].Value = count;
            (await command.ExecuteScalarAsync()).ShouldBe((decimal)(count * (count + 1) / 2));
        }

        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("CREATE TABLE t (i int)"), new("INSERT INTO t VALUES (1), (2)"), new("SELECT count(*) FROM t"), new("DROP TABLE t") } };
        await using var reader = await batch.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        reader.GetInt64(0).ShouldBe(2);
    }

    [Fact]
    public async Task Errors_have_code_and_place_and_leave_the_connection_usable()
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using (var wrong = new NpgsqlCommand("SELECT nothing FROM generate_series(1, 2)", connection))
        {
            var error = await Should.ThrowAsync<PostgresException>(() => wrong.ExecuteScalarAsync());
            (error.SqlState, error.Position, error.Severity).ShouldBe(("42703", 8, "ERROR"));
        }

        await using var transaction = await connection.BeginTransactionAsync();
        await using (var failing = new NpgsqlCommand("SELECT 1 / 0", connection))
        {
            (await Should.ThrowAsync<PostgresException>(() => failing.ExecuteScalarAsync())).SqlState.ShouldBe("22012");
            (await Should.ThrowAsync<PostgresException>(() => failing.ExecuteScalarAsync())).SqlState.ShouldBe("25P02");
        }

        await transaction.RollbackAsync();
        await using var right = new NpgsqlCommand("SELECT 1", connection);
        (await right.ExecuteScalarAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_statement_is_cancelled_and_one_runs_out_of_time()
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM generate_series(1, 100000000000) AS g(x) WHERE x % 7 = 8", connection);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Should.ThrowAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(stop.Token));

        command.CommandText = "SET statement_timeout = '200ms'";
        await command.ExecuteNonQueryAsync();
        command.CommandText = "SELECT pg_sleep(30)";
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteScalarAsync())).MessageText.ShouldBe("canceling statement due to statement timeout");
    }

    [Theory]
    [InlineData("COPY (SELECT i, 'a' || i FROM generate_series(1, 3) AS g(i)) TO STDOUT", "1\ta1\n2\ta2\n3\ta3\n")]
    [InlineData("COPY (SELECT 1 AS x, NULL AS y) TO STDOUT (FORMAT csv, HEADER)", "x,y\n1,\n")]
    public async Task Rows_are_copied_out_as_text(string sql, string expected)
    {
        await using var connection = await _source.OpenConnectionAsync();
        using var reader = await connection.BeginTextExportAsync(sql);
        (await reader.ReadToEndAsync()).ReplaceLineEndings("\n").ShouldBe(expected);
    }

    [Fact]
    public async Task Rows_are_copied_out_in_binary_form()
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var export = await connection.BeginBinaryExportAsync("COPY (SELECT 7, 'seven', NULL::int) TO STDOUT (FORMAT binary)");
        (await export.StartRowAsync()).ShouldBe(3);
        (await export.ReadAsync<int>()).ShouldBe(7);
        (await export.ReadAsync<string>()).ShouldBe("seven");
        export.IsNull.ShouldBeTrue();
    }

    [Fact]
    public async Task Readers_that_wait_do_not_keep_others_from_computing()
    {
        // More readers than the engine has threads, each before more rows than fit the way to it.
        var waiting = new List<NpgsqlCommand>();
        for (var i = 0; i < 6; i++)
        {
            var command = new NpgsqlCommand("SELECT * FROM tpch.sf0_1.lineitem", await _source.OpenConnectionAsync());
            var reader = await command.ExecuteReaderAsync();
            (await reader.ReadAsync()).ShouldBeTrue();
            waiting.Add(command);
        }

        (await Scalar("SELECT count(*) FROM tpch.sf0_1.orders WHERE o_comment LIKE '%special%'")).ShouldBeOfType<long>().ShouldBeGreaterThan(0);
        foreach (var command in waiting)
        {
            // To close a reader is to read to the end, which cancelling brings near.
            command.Cancel();
            await command.Connection!.CloseAsync();
            await command.DisposeAsync();
        }

        _engine.Statements.All.Count(statement => statement.State == StatementState.Running).ShouldBe(0);
    }

    private async Task<object?> Scalar(string sql, params object[] parameters)
    {
        await using var command = _source.CreateCommand(sql);
        command.Parameters.AddRange(parameters.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return await command.ExecuteScalarAsync();
    }
}
