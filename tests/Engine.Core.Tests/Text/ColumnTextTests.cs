using System.Collections.Immutable;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.TestKit;

namespace Engine.Core.Tests.Text;

public sealed class ColumnTextTests
{
    public static TheoryData<string, object?, string?, string> Cells() => new()
    {
        { "boolean", true, "true", "true" },
        { "smallint", (short)-5, "-5", "-5" },
        { "decimal(10,2)", (Int128)1234, "12.34", "12.34" },
        { "double", double.NaN, "NaN", "\"NaN\"" },
        { "real", 1.5f, "1.5", "1.5" },
        { "date", 0, "1970-01-01", "\"1970-01-01\"" },
        { "timestamp", 1_500_000L, "1970-01-01 00:00:01.5", "\"1970-01-01T00:00:01.5\"" },
        { "timestamptz", 0L, "1970-01-01 00:00:00+00", "\"1970-01-01T00:00:00+00:00\"" },
        { "interval", new Interval(14, 3, 0), "1 year 2 mons 3 days", "\"1 year 2 mons 3 days\"" },
        { "uuid", (UInt128)1, "00000000-0000-0000-0000-000000000001", "\"00000000-0000-0000-0000-000000000001\"" },
        { "bytea", new byte[] { 1, 255 }, "\\x01ff", "\"\\\\x01ff\"" },
        { "varchar", "a\"b\n\u0001", "a\"b\n\u0001", "\"a\\\"b\\n\\u0001\"" },
        { "json", "{\"a\": 1}", "{\"a\": 1}", "{\"a\": 1}" },
        { "varchar", null, null, "null" },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cells_of_every_type(string type, object? value, string? text, string json)
    {
        using var pool = TestPool.Create();
        using var column = Flat(DataTypeOf(type), pool, value);
        ColumnText.ToString(column, 0).ShouldBe(text);
        Json(column, 0).ShouldBe(json);
    }

    [Fact]
    public void Arrays_quote_what_would_be_ambiguous()
    {
        using var pool = TestPool.Create();
        using var column = Flat(DataType.Array(DataType.Varchar), pool, ImmutableArray.Create<object?>("1", null, "a b", "null", "", "q\"\\", "{"));
        ColumnText.ToString(column, 0).ShouldBe("""{1,NULL,"a b","null","","q\"\\","{"}""");
        Json(column, 0).ShouldBe("""["1",null,"a b","null","","q\"\\","{"]""");
    }

    [Fact]
    public void Nested_values()
    {
        using var pool = TestPool.Create();
        var row = DataType.Row(new Field("n", DataType.Integer), new Field("items", DataType.Array(DataType.Array(DataType.Integer))));
        var items = ImmutableArray.Create<object?>(ImmutableArray.Create<object?>(1, 2), ImmutableArray.Create<object?>(3));
        using var column = Flat(row, pool, ImmutableArray.Create<object?>(null, items));
        ColumnText.ToString(column, 0).ShouldBe("""(,"{{1,2},{3}}")""");
        Json(column, 0).ShouldBe("""{"n":null,"items":[[1,2],[3]]}""");
    }

    [Fact]
    public void Maps()
    {
        using var pool = TestPool.Create();
        var entries = ImmutableArray.Create<object?>(
            ImmutableArray.Create<object?>("a", 1), ImmutableArray.Create<object?>("b=c", null));
        using var column = Flat(DataType.Map(DataType.Varchar, DataType.Integer), pool, entries);
        ColumnText.ToString(column, 0).ShouldBe("""{a=1,"b=c"=NULL}""");
        Json(column, 0).ShouldBe("""{"a":1,"b=c":null}""");
    }

    [Fact]
    public void Encodings_show_the_same_text()
    {
        using var pool = TestPool.Create();
        using var values = Flat(DataType.Varchar, pool, "x", null, "a rather long text");
        using var dictionary = DictionaryColumn.Encode(values.Retain(), [2, 0, 1], pool);
        using var constant = new ConstantColumn(values.Slice(2, 1, pool), 5);
        ColumnText.ToString(dictionary, 0).ShouldBe("a rather long text");
        ColumnText.ToString(dictionary, 1).ShouldBe("x");
        ColumnText.ToString(dictionary, 2).ShouldBeNull();
        ColumnText.ToString(constant, 4).ShouldBe("a rather long text");
    }

    [Theory]
    [InlineData("t", true)]
    [InlineData("TRUE", true)]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("1", true)]
    [InlineData(" fal ", false)]
    [InlineData("n", false)]
    [InlineData("off", false)]
    [InlineData("0", false)]
    public void Reads_booleans(string text, bool expected)
    {
        BooleanText.TryParse(Encoding.ASCII.GetBytes(text), out var value).ShouldBeTrue();
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("o")]
    [InlineData("")]
    [InlineData("truee")]
    [InlineData("2")]
    public void Refuses_what_is_no_boolean(string text) => BooleanText.TryParse(Encoding.ASCII.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void Reads_uuids_and_byte_strings()
    {
        UuidText.TryParse("{a0eebc99-9c0b4ef8-bb6d6bb9bd380a11}"u8, out var uuid).ShouldBeTrue();
        var text = new byte[UuidText.Length];
        Encoding.ASCII.GetString(text, 0, UuidText.Format(uuid, text)).ShouldBe("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        UuidText.TryParse("a0eebc99-9c0b4ef8-bb6d6bb9bd380a1"u8, out _).ShouldBeFalse();

        var bytes = new byte[16];
        BytesText.TryParse("\\xDEad00"u8, bytes, out var length).ShouldBeTrue();
        bytes[..length].ShouldBe([0xDE, 0xAD, 0]);
        BytesText.TryParse("a\\\\b\\001"u8, bytes, out length).ShouldBeTrue();
        bytes[..length].ShouldBe([(byte)'a', (byte)'\\', (byte)'b', 1]);
        BytesText.TryParse("\\xabc"u8, bytes, out _).ShouldBeFalse();
    }

    private static DataType DataTypeOf(string name) => TypeName.Parse(name);

    private static Column Flat(DataType type, MemoryPool pool, params object?[] values)
    {
        using var builder = ColumnBuilder.Create(type, pool);
        foreach (var value in values)
        {
            builder.AppendValue(value);
        }

        return builder.Finish();
    }

    private static string Json(Column column, int row)
    {
        var writer = new ByteWriter();
        ColumnJson.Write(column, row, writer);
        return writer.ToString();
    }
}
