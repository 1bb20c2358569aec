using System.IO.Compression;
using System.Text;

namespace Engine.Cli.Tests;

/// <summary>The contract that scripts depend on: what goes where, exit codes, and one clear message for whatever is wrong.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qe").FullName;

    public CommandLineTests() => Write("people.csv", "id,name,born\n1,Ann,1990-01-31\n2,\"O\"\"Hara, Bob\",1985-12-01\n3,,\n");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("csv", "id,name,born\n1,Ann,1990-01-31\n2,\"O\"\"Hara, Bob\",1985-12-01\n3,,\n")]
    [InlineData("tsv", "id\tname\tborn\n1\tAnn\t1990-01-31\n2\tO\"Hara, Bob\t1985-12-01\n3\t\\N\t\\N\n")]
    [InlineData("ndjson", "{\"id\":1,\"name\":\"Ann\",\"born\":\"1990-01-31\"}\n{\"id\":2,\"name\":\"O\\\"Hara, Bob\",\"born\":\"1985-12-01\"}\n{\"id\":3,\"name\":null,\"born\":null}\n")]
    [InlineData("none", "")]
    public void Result_is_written_in_the_format_asked_for(string format, string expected)
    {
        var run = Run("--format", format, "SELECT * FROM 'people.csv' ORDER BY id");
        (run.ExitCode, run.Output, run.Error).ShouldBe((0, expected, string.Empty));
    }

    [Fact]
    public void Describe_shows_how_types_are_known()
    {
        Write("drift.csv", "id,note,none\n1,a,\n2,,\nx,b,\n");
        Write("drift.jsonl", "{\"n\":1}\n{\"n\":2.5}\n{}\n");
        Write("catalog/public.yaml", "tables:\n  sale: { location: '../drift.csv', format: csv, columns: { id: varchar } }\n");
        Run("--format", "csv", "DESCRIBE 'drift.csv'").Output.ShouldBe(
            "column,type,evidence\nid,varchar,inferred from 3 rows; bigint until drift.csv:4: x\nnote,varchar,\"inferred from 3 rows, 1 null\"\nnone,varchar,\"inferred from 3 rows, all null\"\n");
        Run("--format", "csv", "DESCRIBE SELECT n, n + 1 AS m FROM 'drift.jsonl'").Output.ShouldBe(
            "column,type,evidence\nn,double,\"inferred from 3 rows, 1 null; bigint until drift.jsonl:2: 2.5\"\nm,double,\n");
        Run("--format", "csv", "DESCRIBE sale").Output.ShouldBe("column,type,evidence\nid,varchar,declared\n");
    }

    [Fact]
    public void Several_statements_run_in_order_and_timing_goes_to_stderr()
    {
        var run = Run("--format", "csv", "--timing", "SELECT 1 AS a; SELECT 2 AS b");
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe("a\n1\nb\n2\n");
        run.Error.Split("Time: ").Length.ShouldBe(3);
    }

    [Fact]
    public void Parameters_settings_files_and_output_files_work_together()
    {
        Write("q.sql", "SELECT name FROM 'people.csv' WHERE id = :id");
        var run = Run("-f", "q.sql", "-o", "out.csv", "--format", "csv", "--param", "id=2", "--set", "timezone=Europe/Berlin", "--threads", "1", "--memory", "64MB");
        (run.ExitCode, run.Output, run.Error).ShouldBe((0, string.Empty, string.Empty));
        File.ReadAllText(Path.Combine(_folder, "out.csv")).ShouldBe("name\n\"O\"\"Hara, Bob\"\n");
    }

    [Fact]
    public void Statements_and_commands_can_be_piped_in()
    {
        var run = CommandLineRun.Start(_folder, "\\format csv\nSELECT 1 AS a;\nSELECT 2 AS b;\n", []);
        (run.ExitCode, run.Output).ShouldBe((0, "a\n1\nb\n2\n"));
    }

    [Theory]
    [InlineData("people.arrow", "ARROW1")]
    [InlineData("people.arrows", "\uFFFD\uFFFD\uFFFD\uFFFD")]
    public void Arrow_output_is_read_again(string name, string head)
    {
        var run = Run("--format", "arrow", "-o", name, "SELECT id, name, born, [id, NULL] AS ids, CAST(id AS decimal(9,2)) AS price FROM 'people.csv' ORDER BY id");
        (run.ExitCode, run.Output, run.Error).ShouldBe((0, string.Empty, string.Empty));
        Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(_folder, name))).ShouldStartWith(head);
        Run("--format", "csv", $"SELECT * FROM '{name}' WHERE id <> 2 ORDER BY id").Output.ShouldBe(
            "id,name,born,ids,price\n1,Ann,1990-01-31,\"{1,NULL}\",1.00\n3,,,\"{3,NULL}\",3.00\n");
        Run("--format", "csv", $"SELECT count(*) AS n, max(name) AS m FROM read_arrow('{name}')").Output.ShouldBe("n,m\n3,\"O\"\"Hara, Bob\"\n");
    }

    [Fact]
    public void Arrow_output_holds_one_result()
    {
        var run = Run("--format", "arrow", "-o", "two.arrow", "SELECT 1 AS a; SELECT 2 AS b");
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("holds one result");
    }

    [Theory]
    [InlineData("--format", "yaml", "SELECT 1")]
    [InlineData("--threads", "none", "SELECT 1")]
    [InlineData("--memory", "much", "SELECT 1")]
    [InlineData("--param", "novalue", "SELECT 1")]
    [InlineData("--nonsense", "x", "SELECT 1")]
    public void Wrong_usage_has_exit_code_2(params string[] arguments)
    {
        var run = Run(arguments);
        (run.ExitCode, run.Output).ShouldBe((2, string.Empty));
        run.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("SELECT x, CASE WHEN x % 7 <> 0 THEN x % 10 END AS few, x::double / 3 AS f, x::real AS r, x % 3 = 0 AS b FROM generate_series(1, 50000) AS g(x)")]
    [InlineData("SELECT 'name ' || x % 100 AS s, CASE WHEN x % 5 <> 0 THEN repeat('long text ', 3) || x END AS t, CAST('x' || x AS bytea) AS y FROM generate_series(1, 50000) AS g(x)")]
    [InlineData("SELECT x::decimal(9,2) AS m, x::decimal(18,3) AS l, x::decimal(38,4) AS w, (x % 100)::tinyint AS i1, x::smallint AS i2, x::integer AS i4 FROM generate_series(-5000, 5000) AS g(x)")]
    [InlineData("SELECT DATE '2024-01-01' + x::integer AS d, TIMESTAMP '2024-01-01' + x * interval '1 second' AS ts, TIMESTAMPTZ '2024-01-01 00:00+00' + x * interval '1 day' AS tz, (TIMESTAMP '2024-01-01' + x * interval '1 second')::time AS t FROM generate_series(1, 5000) AS g(x)")]
    [InlineData("SELECT ARRAY[x, NULL, x + 1] AS a, CASE x % 3 WHEN 0 THEN NULL WHEN 1 THEN ARRAY[]::bigint[] ELSE ARRAY[x] END AS e, ROW(x, ROW('r' || x, ARRAY[ARRAY[x], NULL])) AS r, map(ARRAY['k' || x], ARRAY[x]) AS m FROM generate_series(1, 5000) AS g(x)")]
    [InlineData("SELECT 1 AS a, 'b' AS b WHERE false")]
    public void Parquet_that_was_written_reads_back(string sql)
    {
        Run("--format", "parquet", "-o", "x.parquet", sql).ShouldBe(new CommandLineRun(0, string.Empty, string.Empty));
        Run("--format", "csv", "SELECT * FROM 'x.parquet'").Output.ShouldBe(Run("--format", "csv", sql).Output);
    }

    [Fact]
    public void Failed_query_leaves_the_output_file_as_it_was()
    {
        var path = Path.Combine(_folder, "kept.csv");
        File.WriteAllText(path, "before");
        Run("--format", "csv", "-o", "kept.csv", "SELECT 1 AS a; SELECT 1 / (id - 2) FROM 'people.csv'").ExitCode.ShouldBe(1);
        File.ReadAllText(path).ShouldBe("before");
        Run("--format", "csv", "-o", "new.csv", "SELECT 1 / (id - 2) FROM 'people.csv'").ExitCode.ShouldBe(1);
        Directory.EnumerateFiles(_folder, "*new.csv*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SELECT * FROM 'missing.csv'", "no such file: \"missing.csv\"")]
    [InlineData("SELECT * FROM 'folder'", "\"folder\" is a folder, not a file")]
    [InlineData("SELECT nam FROM 'people.csv'", "HINT: Perhaps you meant \"name\".")]
    [InlineData("SELECT name + 1 FROM 'people.csv'", "operator does not exist: varchar + integer")]
    [InlineData("SELECT FROM WHERE", "syntax error at or near")]
    [InlineData("SELECT * FROM 'cut.csv.gz'", "cut.csv.gz\" is corrupt")]
    [InlineData("SELECT * FROM 'cut.arrow'", "cut.arrow\" is corrupt")]
    [InlineData("SELECT * FROM broken", "invalid YAML")]
    [InlineData("SELECT 1/(id-2) FROM 'people.csv'", "division by zero")]
    [InlineData("SELECT id FROM read_csv('people.csv', delimitr => ',')", "delimitr")]
    [InlineData("SELECT sum(x) FROM 'drift.csv'", "drift.csv")]
    public void Failed_query_has_exit_code_1_and_one_clear_message(string sql, string message)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
        Directory.CreateDirectory(Path.Combine(_folder, "catalog"));
        Write("catalog/public.yaml", "tables:\n  broken: [unclosed\n");
        Write("drift.csv", "x\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i}\n")) + "oops\n");
        WriteCutGzip("cut.csv.gz");
        Write("cut.arrow", "ARROW1\0\0 and no more than that");
        var run = Run("--format", "csv", sql);
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(message);
        run.Error.ShouldStartWith("ERROR: ");
        run.Error.ShouldNotContain("   at ");
        run.Error.ShouldNotContain("internal error");
    }

    private CommandLineRun Run(params string[] arguments) => CommandLineRun.Start(_folder, null, arguments);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private void WriteCutGzip(string name)
    {
        var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i},{i * 7}\n"))));
        }

        File.WriteAllBytes(Path.Combine(_folder, name), memory.ToArray()[..(int)(memory.Length / 2)]);
    }
}
