using System.Collections.Immutable;
using Engine.Core.Arrow;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Types;
using Engine.Storage.ArrowIpc;

namespace Engine.Storage.Tests.ArrowIpc;

/// <summary>Both ways with Arrow's own JavaScript library.</summary>
public sealed class ArrowPeerTests : IDisposable
{
    /// <summary>A column of each type: three values, the second NULL, and what the peer makes of them.</summary>
    private static readonly (DataType Type, object First, object Third, string Shown)[] Columns =
    [
        (DataType.Boolean, true, false, """["Bool",["true",null,"false"]]"""),
        (DataType.TinyInt, (sbyte)1, sbyte.MinValue, """["Int8",["1",null,"-128"]]"""),
        (DataType.SmallInt, (short)1, short.MinValue, """["Int16",["1",null,"-32768"]]"""),
        (DataType.Integer, 1, int.MinValue, """["Int32",["1",null,"-2147483648"]]"""),
        (DataType.BigInt, 1L, long.MinValue, """["Int64",["1",null,"-9223372036854775808"]]"""),
        (DataType.Real, 1.5f, -2f, """["Float32",["1.500",null,"-2.000"]]"""),
        (DataType.Double, 1.5, -2.25, """["Float64",["1.500",null,"-2.250"]]"""),
        (DataType.Decimal(9, 2), (Int128)150, (Int128)(-1), """["Decimal[9e+2]",["150",null,"-1"]]"""),
        (DataType.Decimal(38, 2), (Int128)150, Int128.Parse("-99999999999999999999999999999999999999"), """["Decimal[38e+2]",["150",null,"-99999999999999999999999999999999999999"]]"""),
        (DataType.Varchar, "ä", "a text longer than twelve bytes", """["Utf8",["ä",null,"a text longer than twelve bytes"]]"""),
        (DataType.Varbinary, new byte[] { 0, 255 }, Array.Empty<byte>(), """["Binary",["00ff",null,""]]"""),
        (DataType.Json, "[1]", "{}", """["Utf8",["[1]",null,"{}"]]"""),
        (DataType.Uuid, new UInt128(1, 2), UInt128.MaxValue, """["FixedSizeBinary[16]",["00000000000000010000000000000002",null,"ffffffffffffffffffffffffffffffff"]]"""),
        (DataType.Date, 1, -1, """["Date32<DAY>",["86400000",null,"-86400000"]]"""),
        (DataType.Time, 1L, 86_399_999_999L, """["Time64<MICROSECOND>",["1",null,"86399999999"]]"""),
        (DataType.Timestamp, 1_000_000L, -1_000_000L, """["Timestamp<MICROSECOND>",["1000",null,"-1000"]]"""),
        (DataType.TimestampTz, 1_000_000L, -1_000_000L, """["Timestamp<MICROSECOND, UTC>",["1000",null,"-1000"]]"""),
        (DataType.TimestampNanos, 1_000_000L, -1_000_000L, """["Timestamp<NANOSECOND>",["1",null,"-1"]]"""),
        (DataType.Interval, new Interval(1, 2, 3), new Interval(-1, 0, 0), """["Interval<MONTH_DAY_NANO>",[["1","2"],null,["-1","0"]]]"""),
        (new ArrayType(DataType.Varchar), Items("a", null), Items(), """["List<Utf8>",[["a",null],null,[]]]"""),
        (new MapType(DataType.Varchar, DataType.Integer), Items(Items("k", 1)), Items(), """["Map<{key:Utf8, value:Int32}>",[[["k","1"]],null,[]]]"""),
        (DataType.Row(new Field("x", DataType.Integer), new Field("y", DataType.Varchar)), Items(1, "b"), Items(null, "c"), """["Struct<{x:Int32, y:Utf8}>",[["1","b"],null,[null,"c"]]]"""),
    ];

    private readonly ScanFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [ApacheArrowTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_reads_what_we_write(bool isFile)
    {
        var schema = new Schema([.. Columns.Select((column, i) => new Field($"c{i}", column.Type))]);
        var path = Path.Combine(_fixture.Folder.Path, "ours.arrow");
        using (var output = File.Create(path))
        {
            var writer = new ArrowIpcWriter(output, schema, _fixture.Pool, new ArrowWriteOptions(isFile));
            using var batch = new Batch([.. Columns.Select(column => Build(column.Type, column.First, null, column.Third))], 3);
            writer.Write(batch);
            writer.Complete();
        }

        var shown = ApacheArrow.Run("show", path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        shown.ShouldBe(Columns.Select((column, i) => $"[\"c{i}\",{column.Shown[1..]}"));
    }

    [ApacheArrowTheory]
    [InlineData("file")]
    [InlineData("stream")]
    public void We_read_what_it_writes(string kind)
    {
        var path = Path.Combine(_fixture.Folder.Path, "theirs.arrow");
        ApacheArrow.Run("write", path, kind);
        var (schema, rows) = _fixture.Read(new ArrowFormat(_fixture.Store), _fixture.Store.List(path, CancellationToken.None).Single());
        schema.ToString().ShouldBe(
            "(i8 tinyint, u32 bigint, u64 decimal(20,0), half real, big varchar, day date, seconds timestamp, words varchar, list array(varchar), "
            + "pair row(x integer, y varchar), pairs array(integer))");
        rows[0].ShouldBe(["1", "1", "1", "1.5", "ä", "2024-02-29", "2024-02-29 12:34:56", "red", "{a,NULL}", "(1,b)", "{1,2}"]);
        rows[1].ShouldAllBe(value => value == null);
        rows[2].ShouldBe(
            ["-128", "4294967295", "18446744073709551615", "-2", "a text longer than twelve bytes", "1969-12-31", "1969-12-31 23:59:59", "red", "{}", "(,c)", "{3,4}"]);
    }

    private static ImmutableArray<object?> Items(params object?[] items) => [.. items];

    private Column Build(DataType type, params ReadOnlySpan<object?> values)
    {
        using var builder = ColumnBuilder.Create(type, _fixture.Pool);
        foreach (var value in values)
        {
            builder.AppendValue(value);
        }

        return builder.Finish();
    }
}
