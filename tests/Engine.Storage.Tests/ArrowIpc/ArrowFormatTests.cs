using Engine.Core.Arrow;
using Engine.Core.Arrow.Format;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.ArrowIpc;
using Engine.Storage.Compression;

namespace Engine.Storage.Tests.ArrowIpc;

/// <summary>Arrow files as tables: splits, projection, several files, names and compression around the whole.</summary>
public sealed class ArrowFormatTests : IDisposable
{
    private const int RowsPerBatch = 100_000;

    private static readonly Schema Numbers = Schema.Of(new Field("n", DataType.BigInt), new Field("s", DataType.Varchar));

    private readonly ScanFixture _fixture = new();

    private ArrowFormat Format => new(_fixture.Store);

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("a.arrow", true)]
    [InlineData("A.FEATHER", true)]
    [InlineData("a.ipc", true)]
    [InlineData("a.arrows", true)]
    [InlineData("a.arrow_stream", true)]
    [InlineData("a.arrow_file", true)]
    [InlineData("a.stream", false)]
    [InlineData("arrow", false)]
    public void Names_are_claimed(string name, bool isClaimed) => Format.Claims(name).ShouldBe(isClaimed);

    [Theory]
    [InlineData(ArrowCompression.None)]
    [InlineData(ArrowCompression.Lz4Frame)]
    public void Columns_that_are_not_asked_for_are_not_read(ArrowCompression compression)
    {
        var file = _fixture.Folder.Write("wide.arrow", WriteNumbers(4, isFile: true, compression));
        var scan = new FileScan(FormatOptions.None, Numbers, [0], [], OnError.Fail);
        var splits = Format.Split(file, scan, CancellationToken.None);
        _fixture.Scan(Format, file, scan).Count.ShouldBe(4 * RowsPerBatch);
        _fixture.Metrics.BytesRead.ShouldBeLessThan(file.Size / 2);
        _fixture.Metrics.PiecesRead.ShouldBe(4);
        splits.Count.ShouldBe(compression == ArrowCompression.None ? 2 : 1);
        splits.Sum(split => split.Length).ShouldBe(4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rows_are_counted_from_metadata_and_numbered(bool isFile)
    {
        var file = _fixture.Folder.Write("count.arrow", WriteNumbers(3, isFile));
        var scan = new FileScan(FormatOptions.None, Numbers, [], [], OnError.Fail);
        _fixture.Scan(Format, file, scan).Count.ShouldBe(3 * RowsPerBatch);
        _fixture.Metrics.BytesRead.ShouldBeLessThan(10_000);
        var numbered = _fixture.Scan(Format, file, scan with { Projection = [0], WithRowNumbers = true });
        numbered[^1].ShouldBe([$"{(3 * RowsPerBatch) - 1}", $"{3 * RowsPerBatch}"]);
        var statistics = Format.TryGetStatistics(file, FormatOptions.None, Numbers, [], CancellationToken.None);
        statistics?.RowCount.ShouldBe(3 * RowsPerBatch);
        (statistics is null).ShouldBe(!isFile);
    }

    [Fact]
    public void Files_have_the_columns_of_all_and_the_widest_numbers()
    {
        var narrow = _fixture.Folder.Write("1.arrow", WriteOne(Schema.Of(new Field("a", DataType.SmallInt), new Field("x", DataType.Real)), [(short)-7, 1.5f]));
        var wide = _fixture.Folder.Write("2.arrow", WriteOne(Schema.Of(new Field("x", DataType.Double), new Field("A2", DataType.Uuid), new Field("a", DataType.BigInt)), [2.5, UInt128.One, 5L << 40]));
        var inference = Format.Infer([narrow, wide], FormatOptions.None, null, CancellationToken.None);
        inference.Schema.ToString().ShouldBe("(a bigint, x double, \"A2\" uuid)");
        _fixture.ReadWith(Format, narrow, inference)[0].ShouldBe(["-7", "1.5", null]);
        _fixture.ReadWith(Format, wide, inference)[0].ShouldBe(["5497558138880", "2.5", "00000000-0000-0000-0000-000000000001"]);
        var declared = Schema.Of(new Field("a", DataType.Varchar));
        Should.Throw<QueryException>(() => _fixture.Read(Format, narrow, declared: declared)).Message.ShouldContain("which is smallint there, as varchar");
    }

    [Fact]
    public void Equal_names_are_told_apart_by_their_order()
    {
        var schema = Schema.Of(new Field("x", DataType.Integer), new Field("x", DataType.Varchar));
        var file = _fixture.Folder.Write("twice.arrow", WriteOne(schema, [1, "b"]));
        var (read, rows) = _fixture.Read(Format, file);
        read.ShouldBe(schema);
        rows[0].ShouldBe(["1", "b"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Compressed_files_of_both_kinds_are_read_through(bool isFile)
    {
        var packed = new MemoryStream();
        using (var lz4 = new Lz4WriteStream(packed, leaveOpen: true))
        {
            lz4.Write(WriteNumbers(2, isFile));
        }

        var file = _fixture.Folder.Write("packed.arrow.lz4", packed.ToArray());
        var (schema, rows) = _fixture.Read(Format, file);
        schema.ShouldBe(Numbers);
        rows.Count.ShouldBe(2 * RowsPerBatch);
        rows[^1][0].ShouldBe($"{(2 * RowsPerBatch) - 1}");
    }

    [Fact]
    public void What_is_not_read_is_refused_by_name()
    {
        var old = _fixture.Folder.Write("old.feather", "FEA1 and so on"u8.ToArray());
        Should.Throw<QueryException>(() => _fixture.Read(Format, old)).Message.ShouldContain("Feather version 1");
        var file = _fixture.Folder.Write("a.arrow", WriteOne(Schema.Of(new Field("a", DataType.Integer)), [1]));
        Should.Throw<QueryException>(() => _fixture.Read(Format, file, ScanFixture.Options(("depth", "3")))).Message.ShouldContain("depth");
    }

    private byte[] WriteNumbers(int batchCount, bool isFile, ArrowCompression compression = ArrowCompression.None)
    {
        using var output = new MemoryStream();
        var writer = new ArrowIpcWriter(output, Numbers, _fixture.Pool, new ArrowWriteOptions(isFile, compression, ArrowCodec.Instance));
        for (var i = 0; i < batchCount; i++)
        {
            using var numbers = new FixedBuilder<long>(DataType.BigInt, _fixture.Pool);
            using var texts = new TextBuilder(DataType.Varchar, _fixture.Pool);
            for (var row = 0; row < RowsPerBatch; row++)
            {
                numbers.Append(((long)i * RowsPerBatch) + row);
                texts.Append($"the text of row {row * 7919L * (i + 1)} is a long one");
            }

            using var batch = new Batch([numbers.Finish(), texts.Finish()], RowsPerBatch);
            writer.Write(batch);
        }

        writer.Complete();
        return output.ToArray();
    }

    private byte[] WriteOne(Schema schema, object[] values)
    {
        using var output = new MemoryStream();
        var writer = new ArrowIpcWriter(output, schema, _fixture.Pool, new ArrowWriteOptions(IsFile: true));
        using var batch = new Batch([.. schema.Select((field, i) => ColumnValue.ToConstant(field.Type, values[i], 1, _fixture.Pool))], 1);
        writer.Write(batch);
        writer.Complete();
        return output.ToArray();
    }
}
