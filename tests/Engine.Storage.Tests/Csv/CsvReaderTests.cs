using System.Text;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Csv;

namespace Engine.Storage.Tests.Csv;

public sealed class CsvReaderTests : IDisposable
{
    private readonly ScanFixture _fixture = new();

    private CsvFormat Format => new(_fixture.Store, _fixture.Pool);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Reads_every_type()
    {
        var (schema, rows) = Read(
            "b,i,d,date,time,ts,tz,text\ntrue,1,1.5,2025-07-30,12:00:01,2025-07-30 12:34:56.5,2025-07-30T12:00:00+02:00,x\n"
            + "false,-9000000000,1e3,1999-01-01,23:59:59,1999-12-31 00:00:00,2025-01-01 00:00:00Z,\"a, \"\"b\"\"\"\n,,,,,,,\n");
        schema.ToString().ShouldBe(
            "(b boolean, i bigint, d double, date date, time time, ts timestamp, tz timestamp with time zone, text varchar)");
        rows[0].ShouldBe(["true", "1", "1.5", "2025-07-30", "12:00:01", "2025-07-30 12:34:56.5", "2025-07-30 10:00:00+00", "x"]);
        rows[1].ShouldBe(["false", "-9000000000", "1000", "1999-01-01", "23:59:59", "1999-12-31 00:00:00", "2025-01-01 00:00:00+00", "a, \"b\""]);
        rows[2].ShouldAllBe(value => value == null);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a,b\r\n1,2\r\n3,4")]
    [InlineData("a,b\r1,2\r3,4\r")]
    [InlineData("\n\na;b\n1;2\n\n3;4\n")]
    [InlineData("\uFEFFa\tb\n1\t2\n3\t4")]
    [InlineData("# a comment, with a comma\na|b\n1|2\n# another\n3|4\n")]
    [InlineData("Report of today\n\na,b\n1,2\n3,4\n")]
    [InlineData("'a','b'\n'1','2'\n'3','4'\n")]
    [InlineData("a, b\n1, 2\n3, 4\n")]
    public void Finds_out_the_dialect(string text)
    {
        var (schema, rows) = Read(text);
        schema.ToString().ShouldBe("(a bigint, b bigint)");
        rows.ShouldBe([["1", "2"], ["3", "4"]]);
    }

    [Theory]
    [InlineData("a\n01:02:03\n01:02:04\n1\n", "(a varchar)", "01:02:03")]
    [InlineData("ts\n2020-01-01 01:02:03\n", "(ts timestamp)", "2020-01-01 01:02:03")]
    [InlineData("ts\n2020-12-30 01:25:58.745232+01\n2020-12-30 02:25:58.745232+01\n", "(ts timestamp with time zone)", "2020-12-30 00:25:58.745232+00")]
    [InlineData("\"100,000.00\"\n\"300,000.20\"\n", "(column1 varchar)", "100,000.00")]
    [InlineData("\"h1;h2\"\n\"v1;v2\"\n\"v3;v4\"\n", "(\"h1;h2\" varchar)", "v1;v2")]
    [InlineData("Violation Legal Code\nT\n0\n", "(\"Violation Legal Code\" varchar)", "T")]
    public void One_value_a_line_is_one_column(string text, string schema, string value)
    {
        var (found, rows) = Read(text);
        found.ToString().ShouldBe(schema);
        rows[0].ShouldBe([value]);
    }

    [Theory]
    [InlineData("0,0, test\n1,1, test\n", "(column1 bigint, column2 bigint, column3 varchar)")]
    [InlineData("Title of it all,\n,\nname,n\nx,1\ny,2\n", "(name varchar, n bigint)")]
    [InlineData("name,travel,,n\n,air,rail,\nx,£1,£2,3\ny,£4,£5,6\n", "(name varchar, \"travel air\" varchar, \"travel rail\" varchar, n bigint)")]
    [InlineData("one,,two,\nx,y,x,y\n1,2,3,4\n5,6,7,8\n", "(\"one x\" bigint, \"one y\" bigint, \"two x\" bigint, \"two y\" bigint)")]
    public void Table_and_names_are_found(string text, string schema) => Read(text).Schema.ToString().ShouldBe(schema);

    [Fact]
    public void A_broken_byte_among_characters_of_utf8_is_an_error_and_spoils_no_other_row()
    {
        var file = _fixture.Folder.Write("broken.csv", [.. "name,n\nJosé,1\nŁódź,2\nx"u8, 0xFF, .. ",3\n"u8]);
        _fixture.Read(Format, file, onError: OnError.Null).Rows.ShouldBe([["José", "1"], ["Łódź", "2"], [null, "3"]]);
        Should.Throw<QueryException>(() => _fixture.Read(Format, file)).Message.ShouldContain("line 4");
    }

    [Fact]
    public void Encodings_are_found_out_and_translated()
    {
        const string Text = "name,n\nJosé,1\nŁódź,2\n€uro,3\n";
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true), new UnicodeEncoding(false, false) })
        {
            var file = _fixture.Folder.Write("encoded.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes(Text)]);
            _fixture.Read(Format, file).Rows.ShouldBe([["José", "1"], ["Łódź", "2"], ["€uro", "3"]]);
        }

        var windows = _fixture.Folder.Write("windows.csv", [.. "name,n\nJos"u8, 0xE9, .. ",1\n"u8, 0x80, .. "uro,2\n"u8]);
        _fixture.Read(Format, windows).Rows.ShouldBe([["José", "1"], ["€uro", "2"]]);
    }

    [Fact]
    public void Compressed_files_read_alike()
    {
        var content = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(content, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write("a,b\n1,x\n2,y\n"u8);
        }

        var file = _fixture.Folder.Write("data.csv.gz", content.ToArray());
        _fixture.Read(Format, file).Rows.ShouldBe([["1", "x"], ["2", "y"]]);
        var cut = _fixture.Folder.Write("cut.csv.gz", content.ToArray()[..^6]);
        var error = Should.Throw<QueryException>(() => _fixture.Read(Format, cut));
        error.Code.ShouldBe(ErrorCodes.DataCorrupted);
        error.Message.ShouldContain("cut.csv.gz");
    }

    [Fact]
    public void Names_are_made_unique_and_leading_zeros_stay_text()
    {
        var (schema, rows) = Read("id,,id,zip\n1,2,3,00501\n4,5,6,90210\n");
        schema.ToString().ShouldBe("(id bigint, column2 bigint, id_1 bigint, zip varchar)");
        rows[0].ShouldBe(["1", "2", "3", "00501"]);
    }

    [Fact]
    public void Evidence_names_the_first_value_that_widened_a_type()
    {
        var file = _fixture.Folder.Write("evidence.csv", "a,b\n1,x\n2,\n3.5,z\n");
        var inference = Format.Infer([file], FormatOptions.None, null, CancellationToken.None);
        inference.Evidence[0].ShouldBe(new ColumnEvidence(3, 0, new Offender(file.Path, 4, "3.5", DataType.BigInt)));
        inference.Evidence[1].ShouldBe(new ColumnEvidence(3, 1, null));
    }

    [Fact]
    public void A_value_that_does_not_fit_fails_naming_file_line_column_and_value()
    {
        var file = _fixture.Folder.Write("bad.csv", "id,name\n1,a\n\"2\",\"b\nc\"\nx,d\n");
        var error = Should.Throw<QueryException>(() => _fixture.Read(Format, file, declared: Schema.Of(new Field("id", DataType.BigInt), new Field("name", DataType.Varchar))));
        error.Code.ShouldBe(ErrorCodes.InvalidTextRepresentation);
        error.Message.ShouldContain("bad.csv\", line 5, column id");
        error.Message.ShouldContain("\"x\"");
    }

    [Theory]
    [InlineData(OnError.Null, 4)]
    [InlineData(OnError.Skip, 1)]
    public void Bad_rows_are_counted_and_nulled_or_skipped(OnError onError, int expectedRows)
    {
        var schema = Schema.Of(new Field("id", DataType.BigInt), new Field("name", DataType.Varchar));
        var file = _fixture.Folder.Write("bad.csv", "id,name\n1,a\nx,b\n3\n4,d,e\n");
        var rows = _fixture.Read(Format, file, onError: onError, declared: schema).Rows;
        rows.Count.ShouldBe(expectedRows);
        rows[0].ShouldBe(["1", "a"]);
        if (onError == OnError.Null)
        {
            rows[1].ShouldBe([null, "b"]);
            rows[2].ShouldBe(["3", null]);
            rows[3].ShouldBe(["4", "d"]);
        }

        _fixture.Errors.Count.ShouldBe(3);
        _fixture.Errors.First.Select(error => (error.Line, error.Column)).ShouldBe([(4L, null), (5L, null), (3L, "id")], ignoreOrder: true);
    }

    [Fact]
    public void Skipping_does_not_depend_on_the_columns_asked_for()
    {
        var schema = Schema.Of(new Field("id", DataType.BigInt), new Field("name", DataType.Varchar));
        var file = _fixture.Folder.Write("bad.csv", "id,name\n1,a\nx,b\n");
        var inference = Format.Infer([file], FormatOptions.None, schema, CancellationToken.None);
        _fixture.Scan(Format, file, new FileScan(inference.Options, schema, [1], [], OnError.Skip)).ShouldBe([["a"]]);
        _fixture.Scan(Format, file, new FileScan(inference.Options, schema, [], [], OnError.Skip)).Count.ShouldBe(1);
    }

    [Fact]
    public void Errors_are_rows_when_asked_for()
    {
        var schema = Schema.Of(new Field("id", DataType.BigInt), new Field("name", DataType.Varchar));
        var file = _fixture.Folder.Write("bad.csv", "id,name\n1,a\nx,b\n3\n");
        var inference = Format.Infer([file], FormatOptions.None, schema, CancellationToken.None);
        var errors = _fixture.Scan(Format, file, new FileScan(inference.Options, schema, [0], [], OnError.Fail, ErrorsOnly: true));
        errors.Count.ShouldBe(2);
        errors.ShouldContain(row => row[1] == "3" && row[2] == "id" && row[3] == "x" && row[4]!.StartsWith("invalid input syntax for type bigint"));
        errors.ShouldContain(row => row[1] == "4" && row[2] == null && row[3] == "3");
        _fixture.Errors.Count.ShouldBe(0);
    }

    [Fact]
    public void Row_numbers_count_records()
    {
        var file = _fixture.Folder.Write("numbered.csv", "a,b\n1,x\n\n2,y\n3,\"z\nz\"\n4,w\n");
        var inference = Format.Infer([file], FormatOptions.None, null, CancellationToken.None);
        var scan = new FileScan(inference.Options, inference.Schema, [0], [], OnError.Fail, WithRowNumbers: true);
        _fixture.Scan(Format, file, scan, batchRowCount: 2).ShouldBe([["1", "1"], ["2", "2"], ["3", "3"], ["4", "4"]]);
    }

    [Fact]
    public void Columns_are_found_by_name_and_missing_ones_are_null()
    {
        var schema = Schema.Of(new Field("c", DataType.Varchar), new Field("A", DataType.BigInt), new Field("new", DataType.Date));
        var file = _fixture.Folder.Write("named.csv", "a,b,c\n1,2,x\n");
        _fixture.Read(Format, file, declared: schema).Rows.ShouldBe([["x", "1", null]]);
    }

    [Fact]
    public void Unknown_options_are_refused_with_a_near_name()
    {
        var file = _fixture.Folder.Write("a.csv", "a,b\n1,2\n");
        var error = Should.Throw<QueryException>(() => _fixture.Read(Format, file, ScanFixture.Options(("delimeter", ";"))));
        error.Message.ShouldContain("delimeter");
        error.Hint.ShouldBe("Perhaps you meant \"delimiter\".");
        Should.Throw<QueryException>(() => _fixture.Read(Format, file, ScanFixture.Options(("header", "perhaps")))).Message.ShouldContain("perhaps");
    }

    [Fact]
    public void Explicit_options_override_sniffing()
    {
        var file = _fixture.Folder.Write("explicit.csv", "x\na;1,5;31.12.2024;NA\nb;2,5;1.2.2025;q\n");
        var options = ScanFixture.Options(
            ("delimiter", ";"), ("header", "false"), ("skip", "1"), ("decimal_separator", ","), ("dateformat", "%d.%m.%Y"), ("nullstr", "NA"), ("quote", "none"));
        var (schema, rows) = _fixture.Read(Format, file, options);
        schema.ToString().ShouldBe("(column1 varchar, column2 double, column3 date, column4 varchar)");
        rows.ShouldBe([["a", "1.5", "2024-12-31", null], ["b", "2.5", "2025-02-01", "q"]]);
    }

    [Fact]
    public void A_quoted_empty_text_is_a_text_and_an_empty_field_is_null()
    {
        var (_, rows) = Read("a,b\n\"\",1\n,2\n\"x\",3\n");
        rows.Select(row => row[0]).ShouldBe(["", null, "x"]);
    }

    [Fact]
    public void Long_texts_survive_their_block()
    {
        var text = new StringBuilder("id,text\n");
        for (var i = 0; i < 20_000; i++)
        {
            text.Append(i).Append(",\"").Append('x', i % 60).Append(i % 3 == 0 ? "\"\"" : "\n").Append("\"\n");
        }

        var (_, rows) = Read(text.ToString());
        rows.Count.ShouldBe(20_000);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i][1].ShouldBe(new string('x', i % 60) + (i % 3 == 0 ? "\"" : "\n"));
        }
    }

    [Fact]
    public void Files_of_one_table_may_have_other_columns()
    {
        var first = _fixture.Folder.Write("first.csv", "id,name\n1,a\n");
        var second = _fixture.Folder.Write("second.csv", "name,id,extra\nb,2.5,x\n");
        var inference = Format.Infer([first, second], FormatOptions.None, null, CancellationToken.None);
        inference.Schema.ToString().ShouldBe("(id double, name varchar, extra varchar)");
        _fixture.ReadWith(Format, first, inference).ShouldBe([["1", "a", null]]);
        _fixture.ReadWith(Format, second, inference).ShouldBe([["2.5", "b", "x"]]);
    }

    [Fact]
    public void A_value_beyond_the_sample_that_does_not_fit_is_an_error()
    {
        var text = new StringBuilder("id,code\n");
        for (var i = 0; i < 5000; i++)
        {
            text.Append(i).Append(',').Append(i).Append('\n');
        }

        var lines = text.Append("5000,007\n").ToString();
        var file = _fixture.Folder.Write("beyond.csv", lines);
        var inference = Format.Infer([file], ScanFixture.Options(("sample_size", "1024")), null, CancellationToken.None) with { };
        var error = Should.Throw<QueryException>(() => _fixture.ReadWith(Format, file, inference));
        error.Message.ShouldContain("line 5002, column code");
        error.Message.ShouldContain("\"007\"");
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_errors_of_their_row()
    {
        var file = _fixture.Folder.Write("bytes.csv", [.. "name,n\na,1\nJos"u8, 0xE9, .. ",2\nb,3\n"u8]);
        _fixture.Read(Format, file, ScanFixture.Options(("encoding", "utf-8")), OnError.Null).Rows.ShouldBe([["a", "1"], [null, "2"], ["b", "3"]]);
        _fixture.Errors.First.ShouldHaveSingleItem().Reason.ShouldContain("UTF-8");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n")]
    public void Files_without_records_give_no_rows(string text) => Read(text).Rows.ShouldBeEmpty();

    [Fact]
    public void Nested_values_stand_in_fields_as_json()
    {
        var schema = new Schema(((RowType)TypeName.Parse("row(id int, tags array(varchar), place row(x double))")).Fields);
        var file = _fixture.Folder.Write("nested.csv", "id,tags,place\n1,\"[\"\"a\"\",\"\"b\"\"]\",\"{\"\"x\"\":1.5}\"\n2,,oops\n");
        _fixture.Read(Format, file, onError: OnError.Null, declared: schema).Rows.ShouldBe([["1", "{a,b}", "(1.5)"], ["2", null, null]]);
        _fixture.Errors.Count.ShouldBe(1);
    }

    private (Schema Schema, List<string?[]> Rows) Read(string text) => _fixture.Read(Format, _fixture.Folder.Write("test.csv", text));
}
