using Npgsql;

namespace Engine.Server.Tests.Security;

/// <summary>What users with grants see, may do, and are told of the rest.</summary>
public sealed class GrantTests : IAsyncLifetime
{
    private const string Users = """
        users:
          admin: { trust: loopback, administrator: true }
          ann: { trust: loopback, read: [sales], write: [scratch] }
          all: { trust: loopback, read: '*' }
        """;

    private static readonly Dictionary<string, string> Files = new()
    {
        ["sales.yaml"] = "tables:\n  orders: { location: orders.csv }\nviews:\n  secrets: SELECT * FROM hr.salaries\n",
        ["hr.yaml"] = "tables:\n  salaries: { location: salaries.csv }\n",
        ["orders.csv"] = "id,amount\n1,10\n",
        ["salaries.csv"] = "name,salary\nbob,100\n",
    };

    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = TestServer.Start(Files, folder => TestServer.WithUsers(folder, Users));
        await _server.ScalarAsync("CREATE SCHEMA scratch; CREATE TABLE scratch.t (i int); CREATE SCHEMA hidden; CREATE TABLE hidden.h (i int); CREATE SEQUENCE hidden.numbers; CREATE VIEW sales.made AS SELECT * FROM hidden.h", "admin");
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("has_table_privilege('sales.orders', 'SELECT')", true)]
    [InlineData("has_table_privilege('sales.orders', 'INSERT')", false)]
    [InlineData("has_table_privilege('ann', 'scratch.t'::regclass, 'INSERT')", true)]
    [InlineData("has_table_privilege('scratch.t', 'DELETE, SELECT')", true)]
    [InlineData("has_any_column_privilege('sales.secrets', 'UPDATE')", false)]
    [InlineData("has_column_privilege('scratch.t', 'i', 'UPDATE')", true)]
    [InlineData("has_schema_privilege('sales', 'USAGE')", true)]
    [InlineData("has_schema_privilege('sales', 'CREATE')", false)]
    [InlineData("has_schema_privilege('scratch', 'CREATE')", true)]
    [InlineData("has_table_privilege(1::oid, 'SELECT') IS NULL", true)]
    [InlineData("pg_relation_is_updatable('scratch.t'::regclass, false) = 28", true)]
    [InlineData("pg_relation_is_updatable('sales.orders'::regclass, false) = 0", true)]
    public async Task What_is_granted_is_told(string sql, bool expected) => (await _server.ScalarAsync($"SELECT {sql}", "ann")).ShouldBe(expected);

    [Theory]
    [InlineData("has_table_privilege('nothing', 'SELECT')", "42P01")]
    [InlineData("has_table_privilege('hr.salaries', 'SELECT')", "42P01")]
    [InlineData("has_table_privilege('scratch.t', 'EAT')", "22023")]
    [InlineData("has_table_privilege('all', 'scratch.t', 'SELECT')", "0A000")]
    public async Task What_cannot_be_told_is_an_error(string sql, string state) => (await _server.RefusedAsync($"SELECT {sql}", "ann")).SqlState.ShouldBe(state);

    [Theory]
    [InlineData("SELECT count(*) FROM sales.orders", 1L)]
    [InlineData("SELECT count(*) FROM sales.secrets", 1L)]
    [InlineData("SELECT count(*) FROM sales.made", 0L)]
    [InlineData("INSERT INTO scratch.t VALUES (1); SELECT count(*) FROM scratch.t", null)]
    [InlineData("CREATE TABLE scratch.u AS SELECT * FROM sales.orders; DROP TABLE scratch.u", null)]
    [InlineData("CREATE TEMPORARY TABLE mine (i int); INSERT INTO mine VALUES (1); SELECT count(*) FROM mine", null)]
    public async Task What_is_granted_works(string sql, object? expected)
    {
        var value = await _server.ScalarAsync(sql, "ann");
        if (expected is not null)
        {
            value.ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("SELECT * FROM hr.salaries", "permission denied for table salaries")]
    [InlineData("SELECT * FROM hr.not_there", "permission denied for table not_there")]
    [InlineData("SELECT * FROM memory.hidden.h", "permission denied for table h")]
    [InlineData("SELECT * FROM files.hr.salaries", "permission denied for table salaries")]
    [InlineData("SELECT * FROM hr.\"salaries$errors\"", "permission denied for table salaries$errors")]
    [InlineData("SELECT (SELECT max(salary) FROM hr.salaries)", "permission denied for table salaries")]
    [InlineData("WITH x AS (SELECT * FROM hr.salaries) SELECT * FROM x", "permission denied for table salaries")]
    [InlineData("DESCRIBE hr.salaries", "permission denied for table salaries")]
    [InlineData("EXPLAIN SELECT * FROM hr.salaries", "permission denied for table salaries")]
    [InlineData("COPY hr.salaries TO STDOUT", "permission denied for table salaries")]
    [InlineData("PREPARE p AS SELECT * FROM hr.salaries; EXECUTE p", "permission denied for table salaries")]
    [InlineData("DECLARE c CURSOR FOR SELECT * FROM hr.salaries", "permission denied for table salaries")]
    [InlineData("CREATE TABLE scratch.stolen AS SELECT * FROM hr.salaries", "permission denied for table salaries")]
    [InlineData("CREATE VIEW scratch.stolen AS SELECT * FROM hr.salaries", "permission denied for table salaries")]
    [InlineData("SUMMARIZE hr.salaries", "permission denied for table salaries")]
    [InlineData("INSERT INTO hidden.h VALUES (1)", "permission denied for table h")]
    [InlineData("UPDATE hidden.h SET i = 1", "permission denied for table h")]
    [InlineData("TRUNCATE hidden.h", "permission denied for table h")]
    [InlineData("CREATE TABLE sales.t (i int)", "permission denied for schema sales")]
    [InlineData("CREATE VIEW sales.v AS SELECT 1", "permission denied for schema sales")]
    [InlineData("CREATE SEQUENCE sales.s", "permission denied for schema sales")]
    [InlineData("CREATE SCHEMA more", "permission denied for schema more")]
    [InlineData("DROP SCHEMA hidden CASCADE", "permission denied for schema hidden")]
    [InlineData("DROP VIEW sales.made", "permission denied for view made")]
    [InlineData("ALTER VIEW sales.made RENAME TO other", "permission denied for table made")]
    [InlineData("COMMENT ON VIEW sales.made IS 'x'", "permission denied for table made")]
    [InlineData("SELECT nextval('hidden.numbers')", "permission denied for table numbers")]
    public async Task What_is_not_granted_is_refused_and_nothing_told(string sql, string message)
    {
        var error = await _server.RefusedAsync(sql, "ann");
        (error.SqlState, error.MessageText).ShouldBe(("42501", message));
        error.Hint.ShouldBeNull();
        error.Detail.ShouldBeNull();
    }

    [Fact]
    public async Task Files_are_reached_through_tables_alone()
    {
        var path = Path.Combine(_server.Folder, "salaries.csv");
        (await _server.RefusedAsync($"SELECT * FROM '{path}'", "all")).SqlState.ShouldBe("42501");
        (await _server.RefusedAsync($"SELECT * FROM read_csv('{path}')", "all")).SqlState.ShouldBe("42501");
        (await _server.RefusedAsync($"SELECT * FROM parquet_schema('{path}')", "all")).SqlState.ShouldBe("42501");
        (await _server.RefusedAsync($"DESCRIBE '{path}'", "all")).SqlState.ShouldBe("42501");
        var copy = Path.Combine(_server.Folder, "copy.csv");
        (await _server.RefusedAsync($"COPY sales.orders TO '{copy}'", "all")).SqlState.ShouldBe("42501");
        File.Exists(copy).ShouldBeFalse();
        (await _server.ScalarAsync($"SELECT count(*) FROM '{path}'", "admin")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_user_who_reads_all_writes_nothing()
    {
        (await _server.ScalarAsync("SELECT count(*) FROM hr.salaries", "all")).ShouldBe(1L);
        (await _server.RefusedAsync("DELETE FROM scratch.t", "all")).SqlState.ShouldBe("42501");
    }

    [Theory]
    [InlineData("SELECT string_agg(DISTINCT schema_name, ',' ORDER BY schema_name) FROM information_schema.schemata WHERE schema_name NOT LIKE '%catalog' AND schema_name NOT IN ('information_schema', 'pg_temp')", "sales,scratch")]
    [InlineData("SELECT string_agg(table_name, ',' ORDER BY table_name) FROM information_schema.tables WHERE table_schema IN ('sales', 'hr', 'hidden')", "made,orders,secrets")]
    [InlineData("SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relname IN ('orders', 'salaries', 'h', 'numbers')", "orders")]
    [InlineData("SELECT string_agg(DISTINCT nspname, ',' ORDER BY nspname) FROM pg_namespace WHERE nspname IN ('sales', 'hr', 'hidden')", "sales")]
    [InlineData("SELECT string_agg(table_name, ',') FROM system.metadata.tables WHERE table_name IN ('salaries', 'h')", null)]
    [InlineData("SELECT to_regclass('hr.salaries')::text", null)]
    [InlineData("SELECT count(*)::text FROM information_schema.columns WHERE table_name = 'salaries'", "0")]
    public async Task What_is_not_granted_is_not_listed(string sql, string? expected) =>
        (await _server.ScalarAsync(sql, "ann")).ShouldBe(expected is null ? DBNull.Value : expected);

    [Fact]
    public async Task Errors_of_near_names_do_not_name_what_is_hidden()
    {
        foreach (var sql in new[] { "SELECT * FROM sales.salaries", "SHOW TABLES FROM h", "USE hrr", "SHOW COLUMNS FROM hr.salaries", "SHOW CREATE TABLE hr.salaries", "SHOW PARTITIONS FROM hr.salaries", "CREATE TABLE memory.hidde.t (i int)", "DROP SCHEMA scratchs" })
        {
            var error = await _server.RefusedAsync(sql, "ann");
            error.Hint.ShouldBeNull();
        }
    }

    [Fact]
    public async Task Statements_of_others_are_not_seen_or_ended()
    {
        await using var source = _server.Source("admin");
        await using var running = source.CreateCommand("SELECT pg_sleep(60)");
        var task = running.ExecuteScalarAsync();
        var id = await IdOfSleepAsync();
        (await _server.ScalarAsync("SELECT count(*) FROM system.runtime.queries WHERE query LIKE '%pg_sleep%' AND user_name = 'admin'", "ann")).ShouldBe(0L);
        (await _server.RefusedAsync($"KILL QUERY '{id}'", "ann")).SqlState.ShouldBe("42704");
        await _server.ScalarAsync($"KILL QUERY '{id}'", "admin");
        (await Should.ThrowAsync<PostgresException>(() => task)).SqlState.ShouldBe("57014");
    }

    private async Task<string> IdOfSleepAsync()
    {
        while (true)
        {
            if (await _server.ScalarAsync("SELECT max(query_id) FROM system.runtime.queries WHERE query LIKE 'SELECT pg_sleep%' AND state = 'RUNNING'", "admin") is string id)
            {
                return id;
            }
        }
    }
}
