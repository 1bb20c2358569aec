using Engine.Core.Errors;
using Engine.Server.Sessions;

namespace Engine.Server.Tests;

/// <summary>What several sessions see of each other's statements.</summary>
public sealed class StatementLogTests : IDisposable
{
    private readonly EmbeddedEngine _engine = new(new EngineOptions { Threads = 2, CatalogFolder = "no such folder" });

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Only_the_last_statements_are_kept()
    {
        using var session = _engine.OpenSession();
        var reset = Session.Parse("RESET timezone")[0];
        for (var i = 0; i < StatementLog.Capacity + 50; i++)
        {
            session.Execute(reset, CancellationToken.None).Dispose();
        }

        using var last = session.Execute(Session.Parse("SELECT 1")[0], CancellationToken.None);
        var all = _engine.Statements.All;
        all.Count.ShouldBe(StatementLog.Capacity + 1);
        all[^1].State.ShouldBe(StatementState.Running);
        all[^1].Text.ShouldBe("SELECT 1");
    }

    [Fact]
    public void A_long_text_is_cut()
    {
        using var session = _engine.OpenSession();
        Run(session, $"SELECT '{new string('x', 100_000)}'");
        _engine.Statements.All[^1].Text.Length.ShouldBeLessThan(5000);
    }

    [Fact]
    public void A_statement_can_be_killed_from_another_session()
    {
        using var busy = _engine.OpenSession();
        using var other = _engine.OpenSession();
        using var endless = busy.Execute(Session.Parse("SELECT count(*) FROM generate_series(1, 1000000) AS a(x), generate_series(1, 1000000) AS b(y) WHERE x * y % 7 = 8")[0], CancellationToken.None);
        var record = _engine.Statements.All.Single(statement => statement.State == StatementState.Running);
        Run(other, $"KILL QUERY '{record.Id}'");
        Should.Throw<OperationCanceledException>(() => endless.Next());
        record.State.ShouldBe(StatementState.Canceled);
        Should.Throw<QueryException>(() => Run(other, $"KILL QUERY '{record.Id}'")).Code.ShouldBe(ErrorCodes.UndefinedObject);
    }

    [Fact]
    public void Temporary_tables_are_shown_to_their_session_only()
    {
        using var one = _engine.OpenSession();
        using var two = _engine.OpenSession();
        Run(one, "CREATE TEMPORARY TABLE mine (a int)");
        Run(one, "CREATE TABLE ours (a int)");
        Run(one, "CREATE VIEW known AS SELECT table_name FROM information_schema.tables WHERE table_schema IN ('public', 'pg_temp')");
        Run(one, "SELECT * FROM known").ShouldBe(3);
        Run(two, "SELECT * FROM known").ShouldBe(2);
    }

    [Fact]
    public void Sessions_may_ask_at_the_same_time()
    {
        Parallel.For(0, 8, number =>
        {
            using var session = _engine.OpenSession();
            for (var i = 0; i < 20; i++)
            {
                Run(session, $"CREATE TABLE t{number} (id int PRIMARY KEY)");
                Run(session, $"INSERT INTO t{number} VALUES ({i})");
                Run(session, "SELECT * FROM system.runtime.queries").ShouldBeGreaterThan(0);
                Run(session, $"SELECT * FROM information_schema.columns WHERE table_name = 't{number}'").ShouldBe(1);
                Run(session, $"DROP TABLE t{number}");
            }
        });
        _engine.Statements.All.ShouldAllBe(statement => statement.State == StatementState.Finished);
    }

    [Fact]
    public void Two_sessions_cannot_add_the_same_key()
    {
        using var owner = _engine.OpenSession();
        Run(owner, "CREATE TABLE t (id int PRIMARY KEY)");
        var refused = 0;
        Parallel.For(0, 4, _ =>
        {
            using var session = _engine.OpenSession();
            for (var i = 0; i < 25; i++)
            {
                try
                {
                    Run(session, $"INSERT INTO t VALUES ({i})");
                }
                catch (QueryException error) when (error.Code == ErrorCodes.UniqueViolation)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        });
        Run(owner, "SELECT id FROM t").ShouldBe(25);
        refused.ShouldBe(75);
    }

    /// <summary>How many rows it gives.</summary>
    private static long Run(Session session, string sql)
    {
        using var result = session.Execute(Session.Parse(sql)[0], CancellationToken.None);
        var rows = 0L;
        while (result.Schema is not null && result.Next() is { } batch)
        {
            using (batch)
            {
                rows += batch.SelectedCount;
            }
        }

        return rows;
    }
}
