using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Storage.TextLog;

namespace Engine.Storage.Tests.TextLog;

public sealed class LogFormatTests : IDisposable
{
    private readonly ScanFixture _fixture = new();

    private LogFormat Format => new(_fixture.Store);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Grok_gives_typed_columns()
    {
        const string Pattern = "%{IP:client_ip} %{USER:user_id} \\[%{HTTPDATE:ts:timestamp}\\] \"%{WORD:method} %{URIPATHPARAM:path}\" %{INT:status:int} %{INT:bytes:bigint}";
        var file = _fixture.Folder.Write("view.log", "10.0.0.1 ann [30/Jul/2025:12:34:56 +0000] \"GET /a?b=c\" 200 512\r\n::1 bob [30/Jul/2025:12:34:57 +0200] \"PUT /x\" 404 0\n");
        var (schema, rows) = _fixture.Read(Format, file, ScanFixture.Options(("pattern", Pattern)));
        schema.ToString().ShouldBe("(client_ip varchar, user_id varchar, ts timestamp, method varchar, path varchar, status integer, bytes bigint)");
        rows.ShouldBe([
            ["10.0.0.1", "ann", "2025-07-30 12:34:56", "GET", "/a?b=c", "200", "512"],
            ["::1", "bob", "2025-07-30 10:34:57", "PUT", "/x", "404", "0"]]);
    }

    [Theory]
    [InlineData("common", "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /apache_pb.gif HTTP/1.0\" 200 2326", "127.0.0.1|-|frank|2000-10-10 20:55:36+00|GET|/apache_pb.gif|HTTP/1.0||200|2326")]
    [InlineData("combined", "h - - [10/Oct/2000:13:55:36 -0700] \"-\" 408 - \"-\" \"Mozilla \\\"x\\\"\"", "h|-|-|2000-10-10 20:55:36+00||||-|408||-|Mozilla \\\"x\\\"")]
    [InlineData("vhost_combined", "www.example.com:80 h - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 5 \"-\" \"curl\"", "www.example.com|80|h|-|-|2000-10-10 20:55:36+00|GET|/|HTTP/1.1||200|5|-|curl")]
    [InlineData("syslog", "Jun 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure", "|Jun 14 15:16:01|combo|sshd(pam_unix)|19939|authentication failure")]
    [InlineData("syslog", "<13>Feb  5 17:32:18 host su: root", "13|Feb  5 17:32:18|host|su||root")]
    [InlineData("syslog5424", "<165>1 2003-10-11T22:14:15.003Z mymachine evntslog - ID47 [a@1 b=\"c\"] An event", "165|1|2003-10-11 22:14:15.003+00|mymachine|evntslog||ID47|[a@1 b=\"c\"]|An event")]
    [InlineData("nginx_error", "2025/07/30 12:34:56 [error] 31#7: *5 open() failed", "2025-07-30 12:34:56|error|31|7|5|open() failed")]
    [InlineData("apache_error", "[Sun Dec 04 04:47:44 2005] [error] [client 1.2.3.4] File does not exist", "2005-12-04 04:47:44||error|||1.2.3.4|File does not exist")]
    [InlineData("log4j", "2015-10-18 18:01:47,978 INFO [main] org.apache.MRAppMaster: Created", "2015-10-18 18:01:47.978|INFO|main|org.apache.MRAppMaster|Created")]
    [InlineData("spring", "2025-07-30T12:34:56.789Z  INFO 1 --- [app] [main] c.e.App  : Started", "2025-07-30 12:34:56.789|INFO|1|app|main|c.e.App|Started")]
    [InlineData("glog", "I0730 12:34:56.123456   17 main.cc:42] hello", "I|0730 12:34:56.123456|17|main.cc|42|hello")]
    [InlineData("glog", "W20250730 12:34:56.123456   17 main.cc:42] hello", "W|20250730 12:34:56.123456|17|main.cc|42|hello")]
    [InlineData("hdfs", "081109 203615 148 INFO dfs.DataNode$PacketResponder: terminating", "2008-11-09 20:36:15|148|INFO|dfs.DataNode$PacketResponder|terminating")]
    public void Presets(string preset, string line, string expected)
    {
        var file = _fixture.Folder.Write("preset.log", line + "\n");
        var rows = _fixture.Read(Format, file, ScanFixture.Options(("preset", preset))).Rows;
        string.Join('|', rows.ShouldHaveSingleItem()).ShouldBe(expected);
    }

    [Fact]
    public void Lines_that_do_not_match_are_errors_and_counted()
    {
        var file = _fixture.Folder.Write("bad.log", "1 a\nwhat\n\n2 b\nx c\n");
        var options = ScanFixture.Options(("pattern", "%{NOTSPACE:n:int} %{WORD:w}"));
        Should.Throw<QueryException>(() => _fixture.Read(Format, file, options)).Message.ShouldContain("line 2: line does not match the pattern: \"what\"");
        _fixture.Read(Format, file, options, OnError.Skip).Rows.ShouldBe([["1", "a"], ["2", "b"]]);
        _fixture.Errors.Count.ShouldBe(2);
        _fixture.Errors.First[1].ShouldBe(new RowError(file.Path, 5, "n", "x", "invalid input syntax for type integer"));
        _fixture.Read(Format, file, options, OnError.Null).Rows.ShouldBe([["1", "a"], [null, null], ["2", "b"], [null, "c"]]);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("^\\d{4}-")]
    public void Continuation_lines_go_on_the_last_text(string multiline)
    {
        var file = _fixture.Folder.Write("trace.log", "2025-07-30 12:00:00 ERROR failed\r\njava.lang.Exception: x\n\tat Main\n2025-07-30 12:00:01 INFO fine\n");
        var options = ScanFixture.Options(("pattern", "%{TIMESTAMP_ISO8601:ts:timestamp} %{LOGLEVEL:level} %{GREEDYDATA:message}"), ("multiline", multiline));
        _fixture.Read(Format, file, options).Rows.ShouldBe([
            ["2025-07-30 12:00:00", "ERROR", "failed\r\njava.lang.Exception: x\n\tat Main"],
            ["2025-07-30 12:00:01", "INFO", "fine"]]);
    }

    [Fact]
    public void Own_patterns_and_regular_expressions_work()
    {
        var file = _fixture.Folder.Write("own.log", "id=A7 t=5\n");
        _fixture.Read(Format, file, ScanFixture.Options(("pattern", "id=%{CODE:code} t=%{INT:t:smallint}"), ("patterns", "CODE [A-Z]\\d\nOTHER x"))).Rows.ShouldBe([["A7", "5"]]);
        _fixture.Read(Format, file, ScanFixture.Options(("pattern", "id=(?<code>\\w+).*"))).Rows.ShouldBe([["A7"]]);
    }

    [Fact]
    public void Bad_patterns_are_refused_with_hints()
    {
        var file = _fixture.Folder.Write("a.log", "x\n");
        Should.Throw<QueryException>(() => _fixture.Read(Format, file, ScanFixture.Options(("pattern", "%{IPP:x}")))).Hint.ShouldBe("Perhaps you meant \"IP\".");
        Should.Throw<QueryException>(() => _fixture.Read(Format, file)).Message.ShouldContain("needs an option pattern");
        Should.Throw<QueryException>(() => _fixture.Read(Format, file, ScanFixture.Options(("pattern", "abc")))).Message.ShouldContain("no columns");
        Should.Throw<QueryException>(() => _fixture.Read(Format, file, ScanFixture.Options(("preset", "apachee")))).Hint.ShouldNotBeNull().ShouldContain("combined");
        Should.Throw<QueryException>(() => _fixture.Read(Format, file, ScanFixture.Options(("pattern", "%{X:x}"), ("patterns", "X a%{X}")))).Message.ShouldContain("names itself");
    }

    [Fact]
    public void Text_files_give_one_row_a_line()
    {
        var file = _fixture.Folder.Write("lines.txt", "first, \"line\"\n\nthird\r\nlast");
        var (schema, rows) = _fixture.Read(new TextFormat(_fixture.Store), file);
        schema.ToString().ShouldBe("(line varchar)");
        rows.ShouldBe([["first, \"line\""], [""], ["third"], ["last"]]);
    }

    [Fact]
    public void Splits_give_the_lines_of_the_whole()
    {
        var file = _fixture.Folder.Write("many.log", string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i} word{i % 7}\n")));
        var options = ScanFixture.Options(("pattern", "%{INT:n:bigint} %{GREEDYDATA:rest}"));
        var rows = _fixture.Read(new LogFormat(_fixture.Store) { SplitLength = 777 }, file, options).Rows;
        rows.Count.ShouldBe(3000);
        rows.Select(row => long.Parse(row[0]!)).ShouldBe(Enumerable.Range(0, 3000).Select(i => (long)i));
    }
}
