using System.Text;
using Engine.Server.Sessions;

namespace Engine.Cli.Tests;

/// <summary>COPY as scripts see it, and what is left when it does not come to its end.</summary>
public sealed class CopyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qe-copy").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Number_of_rows_is_told_beside_the_output()
    {
        var run = CommandLineRun.Start(_folder, null, "COPY (SELECT * FROM generate_series(1, 1234) AS g(x)) TO 'x.parquet'");
        (run.ExitCode, run.Output, run.Error.TrimEnd()).ShouldBe((0, "", "COPY 1234"));
        Directory.GetFiles(_folder).Select(Path.GetFileName).ShouldBe(["x.parquet"]);
    }

    /// <summary>The statement's format holds, whatever --format says; its own is PostgreSQL's text, without a header.</summary>
    [Theory]
    [InlineData("", "1\ta\\tb\n2\t\\N\n")]
    [InlineData("(FORMAT csv)", "1,a\tb\n2,\n")]
    [InlineData("CSV HEADER", "x,t\n1,a\tb\n2,\n")]
    [InlineData("WITH (FORMAT csv, HEADER true, DELIMITER ';', NULL '?')", "x;t\n1;a\tb\n2;?\n")]
    [InlineData("(FORMAT ndjson)", "{\"x\":1,\"t\":\"a\\tb\"}\n{\"x\":2,\"t\":null}\n")]
    public void Rows_go_to_stdout_in_the_format_of_the_statement(string options, string expected)
    {
        var run = CommandLineRun.Start(_folder, null, "--format", "json", $"COPY (SELECT * FROM (VALUES (1, E'a\\tb'), (2, NULL)) AS v(x, t)) TO STDOUT {options}");
        (run.ExitCode, run.Output, run.Error).ShouldBe((0, expected, ""));
    }

    [Fact]
    public void Tag_counts_rows()
    {
        using var engine = new EmbeddedEngine(new EngineOptions { CatalogFolder = _folder });
        var session = engine.OpenSession();
        using (var written = session.Execute(Session.Parse($"COPY (SELECT * FROM generate_series(1, 20000) AS g(x)) TO '{_folder}/x.csv'")[0], CancellationToken.None))
        {
            (written.Tag, written.Schema).ShouldBe(("COPY 20000", null));
        }

        using var given = session.Execute(Session.Parse("COPY (SELECT * FROM generate_series(1, 7) AS g(x)) TO STDOUT (FORMAT parquet)")[0], CancellationToken.None);
        while (given.Next() is { } batch)
        {
            batch.Dispose();
        }

        (given.Tag, given.Format!.Name).ShouldBe(("COPY 7", "parquet"));
    }

    [Theory]
    [InlineData("parquet")]
    [InlineData("csv.gz")]
    public void Cancelled_copy_leaves_the_old_file_and_nothing_else(string suffix)
    {
        var path = Path.Combine(_folder, $"x.{suffix}");
        File.WriteAllText(path, "old");
        using var engine = new EmbeddedEngine(new EngineOptions { CatalogFolder = _folder, Threads = 2 });
        using var cancellation = new CancellationTokenSource();
        using var watcher = new FileSystemWatcher(_folder) { EnableRaisingEvents = true };
        watcher.Created += (_, _) => cancellation.Cancel();
        var statement = Session.Parse($"COPY (SELECT x, x % 1000 FROM generate_series(1, 5000000000) AS g(x)) TO '{path}'")[0];
        Should.Throw<OperationCanceledException>(() => engine.OpenSession().Execute(statement, cancellation.Token).Dispose());
        Directory.GetFiles(_folder).ShouldBe([path]);
        File.ReadAllText(path).ShouldBe("old");
    }

    [Fact]
    public void Rows_that_did_not_fit_are_told_of()
    {
        File.WriteAllText(Path.Combine(_folder, "bad.csv"), "n\n1\nx\n3\n", Encoding.UTF8);
        var run = CommandLineRun.Start(_folder, null, "COPY (SELECT * FROM read_csv('bad.csv', columns => {'n': 'integer'}, on_error => 'null')) TO 'x.parquet'");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("COPY 3");
        run.Error.ShouldContain("did not fit");
    }
}
