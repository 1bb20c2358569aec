using System.Text;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Json;
using Engine.TestKit;

namespace Engine.Storage.Tests.Json;

public sealed class JsonFormatTests : IDisposable
{
    private readonly ScanFixture _fixture = new();

    private JsonFormat Format => new(_fixture.Store);

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("{\"a\":1,\"b\":\"x\"}\n{\"b\":\"y\"}\n{\"a\":3,\"c\":true}\n")]
    [InlineData("[{\"a\":1,\"b\":\"x\"},\n {\"b\":\"y\"} , {\"a\":3,\"c\":true}]")]
    [InlineData("{\"a\":1,\n\"b\":\"x\"}{\"b\":\n\"y\"}\n\n{\"a\":3,\"c\":true}")]
    [InlineData("\uFEFF{\"a\":1,\"b\":\"x\"}\r\n{\"b\":\"y\"}\r\n\r\n{\"a\":3,\"c\":true}")]
    public void Documents_follow_each_other_in_any_way(string text)
    {
        var (schema, rows) = Read(text);
        schema.ToString().ShouldBe("(a bigint, b varchar, c boolean)");
        rows.ShouldBe([["1", "x", null], [null, "y", null], ["3", null, "true"]]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("[]")]
    [InlineData("[ ]\n")]
    public void A_file_without_documents_has_one_column_and_no_rows(string text)
    {
        var (schema, rows) = Read(text);
        schema.ToString().ShouldBe("(json json)");
        rows.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[")]
    [InlineData("[\n")]
    [InlineData("[{\"a\":1}")]
    [InlineData("[{\"a\":1},")]
    [InlineData("[{\"a\":1},{\"a\":2}")]
    public void An_array_that_is_not_closed_is_an_error(string text) =>
        Should.Throw<QueryException>(() => Read(text)).Message.ShouldContain("not closed");

    [Fact]
    public void A_single_object_over_many_lines_is_one_row()
    {
        var (schema, rows) = Read("{\n  \"a\": 1,\n  \"b\": [1, 2]\n}\n");
        schema.ToString().ShouldBe("(a bigint, b array(bigint))");
        rows.ShouldHaveSingleItem().ShouldBe(["1", "{1,2}"]);
    }

    [Theory]
    [InlineData("1", "2.5", "double")]
    [InlineData("1", "\"x\"", "varchar")]
    [InlineData("true", "1", "varchar")]
    [InlineData("\"2025-01-01\"", "\"2025-01-01 10:00:00\"", "timestamp")]
    [InlineData("\"2025-01-01\"", "\"soon\"", "varchar")]
    [InlineData("\"2025-01-01T00:00:00Z\"", "null", "timestamp with time zone")]
    [InlineData("{\"x\":1}", "{\"y\":\"z\"}", "row(x bigint, y varchar)")]
    [InlineData("{\"x\":1}", "2", "json")]
    [InlineData("[1]", "[2.5, null]", "array(double)")]
    [InlineData("[]", "null", "array(json)")]
    [InlineData("[1]", "{\"x\":1}", "json")]
    [InlineData("{}", "{}", "json")]
    [InlineData("null", "null", "json")]
    [InlineData("\"1\"", "\"2\"", "varchar")]
    [InlineData("9223372036854775807", "9223372036854775808", "decimal(38,0)")]
    public void Types_widen_the_same_way_in_any_order(string first, string second, string expected)
    {
        Read($"{{\"v\":{first}}}\n{{\"v\":{second}}}\n").Schema[0].Type.ToString().ShouldBe(expected);
        Read($"{{\"v\":{second}}}\n{{\"v\":{first}}}\n").Schema[0].Type.ToString().Replace("y varchar, x bigint", "x bigint, y varchar").ShouldBe(expected);
    }

    [Fact]
    public void Names_are_told_apart_by_case_and_of_equal_keys_the_first_counts()
    {
        var (schema, rows) = Read("{\"a\":1,\"A\":2,\"a\":3}\n");
        schema.ToString().ShouldBe("(a bigint, \"A\" bigint)");
        rows[0].ShouldBe(["1", "2"]);
    }

    [Fact]
    public void Escapes_are_translated()
    {
        var (_, rows) = Read("""{"s":"a\"\\\/\b\n\u00e9\ud83d\ude00\ud800"}""");
        rows[0].ShouldBe(["a\"\\/\b\né😀\uFFFD"]);
    }

    [Fact]
    public void Declared_columns_are_honoured()
    {
        var schema = new Schema(((RowType)TypeName.Parse("row(id int, price decimal(10,2), tags array(varchar), attributes map(varchar, bigint), raw json, other date)")).Fields);
        var file = _fixture.Folder.Write("declared.json", """{"price":12.5,"id":7,"tags":["a","b c"],"attributes":{"x":1,"y":null},"raw":{"k": [1]},"unknown":{}}""");
        _fixture.Read(Format, file, declared: schema).Rows[0].ShouldBe(["7", "12.50", "{a,\"b c\"}", "{x=1,y=NULL}", "{\"k\": [1]}", null]);
    }

    [Fact]
    public void What_does_not_fit_fails_naming_line_column_and_value()
    {
        var schema = Schema.Of(new Field("a", DataType.BigInt));
        var file = _fixture.Folder.Write("bad.json", "{\"a\":1}\n\n{\"a\":\"x\"}\n");
        var error = Should.Throw<QueryException>(() => _fixture.Read(Format, file, declared: schema));
        error.Code.ShouldBe(ErrorCodes.InvalidTextRepresentation);
        error.Message.ShouldContain("line 3, column a");
        error.Message.ShouldContain("\"x\"");
        var broken = _fixture.Folder.Write("broken.json", "{\"a\":1}\n{\"a\":\n{\"a\":2}\n");
        Should.Throw<QueryException>(() => _fixture.Read(Format, broken)).Message.ShouldContain("line 2: malformed JSON");
    }

    [Theory]
    [InlineData(OnError.Null, 4)]
    [InlineData(OnError.Skip, 2)]
    public void Bad_documents_are_counted_and_nulled_or_skipped(OnError onError, int expected)
    {
        var file = _fixture.Folder.Write("bad.json", "{\"a\":1,\"b\":{\"c\":2}}\n{\"a\":\n{\"a\":2,\"b\":{\"c\":\"x\"}}\n{\"a\":3,\"b\":{\"c\":4}}\n");
        var schema = new Schema(((RowType)TypeName.Parse("row(a bigint, b row(c bigint))")).Fields);
        var rows = _fixture.Read(Format, file, onError: onError, declared: schema).Rows;
        rows.Count.ShouldBe(expected);
        rows[0].ShouldBe(["1", "(2)"]);
        rows[^1].ShouldBe(["3", "(4)"]);
        _fixture.Errors.Count.ShouldBe(2);
        _fixture.Errors.First.Select(error => (error.Line, error.Column)).ShouldBe([(2L, null), (3L, "b")]);
    }

    [Fact]
    public void Splits_give_the_documents_of_the_whole()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 2000; i++)
        {
            text.Append("{\"id\":").Append(i).Append(",\"text\":\"").Append('é', i % 40).Append("\\n\"}\n");
        }

        var file = _fixture.Folder.Write("lines.jsonl", text.ToString());
        var expected = _fixture.Read(Format, file).Rows;
        expected.Count.ShouldBe(2000);
        foreach (var length in new[] { 333, 4096 })
        {
            var rows = _fixture.Read(new JsonFormat(_fixture.Store) { SplitLength = length }, file).Rows;
            rows.Count.ShouldBe(expected.Count);
            rows[777].ShouldBe(expected[777]);
            rows[^1].ShouldBe(expected[^1]);
        }
    }

    [SharedDataFact]
    public void Syntax_is_judged_as_the_conformance_suite_says()
    {
        var files = Directory.GetFiles(SharedData.PathOf("json/JSONTestSuite"), "*.json", SearchOption.AllDirectories);
        files.Length.ShouldBeGreaterThan(200);
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            var text = File.ReadAllBytes(file);
            var position = 0;
            var isGood = System.Text.Unicode.Utf8.IsValid(text) && JsonSyntax.TrySkipValue(text, ref position);
            JsonSyntax.SkipBlanks(text, ref position);
            isGood &= position == text.Length;
            if (name[0] is 'y' or 'n')
            {
                isGood.ShouldBe(name[0] == 'y', name);
            }
        }
    }

    [SharedDataFact]
    public void Foreign_files_give_rows_or_errors_but_never_anything_else()
    {
        foreach (var path in Directory.GetFiles(SharedData.PathOf("json"), "*", SearchOption.AllDirectories))
        {
            var file = _fixture.Store.List(path, CancellationToken.None)[0];
            try
            {
                _fixture.Read(Format, file, onError: OnError.Null).Rows.ShouldNotBeNull();
            }
            catch (QueryException e)
            {
                e.Message.ShouldNotBeNullOrEmpty();
            }
        }
    }

    private (Schema Schema, List<string?[]> Rows) Read(string text) => _fixture.Read(Format, _fixture.Folder.Write("test.json", text));
}
