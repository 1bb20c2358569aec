using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.Parquet;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Writing;
using Engine.Storage.Tests.ObjectStores;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet.Writing;

public sealed class ParquetWriterTests
{
    /// <summary>Long values end pages early; all the same, every column has a page that starts at each multiple of the rows of a page.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Pages_of_all_columns_start_at_the_same_rows(int threads)
    {
        using var pool = TestPool.Create();
        using var output = new MemoryStream();
        var schema = Schema.Of(new Field("id", DataType.Integer), new Field("text", DataType.Varchar));
        var options = new ParquetWriteOptions { PageRows = 100, PageBytes = 2000, RowGroupRows = 350, Compression = ParquetCompression.Snappy, Threads = threads };
        using (var writer = new ParquetWriter(output, schema, pool, options))
        {
            for (var start = 0; start < 1000; start += 70)
            {
                using var batch = Rows(start, Math.Min(70, 1000 - start), pool);
                writer.Write(batch);
            }

            writer.Complete();
        }

        var bytes = output.ToArray();
        using var reader = new MemoryStore(bytes).Open(new DataFile("x.parquet", bytes.Length, default));
        var footer = ParquetFile.Read(reader, CancellationToken.None).Metadata;
        footer.RowGroups.Select(group => group.RowCount).ShouldBe([350, 350, 300]);
        foreach (var group in footer.RowGroups)
        {
            var starts = Enumerable.Range(0, group.Columns.Length).Select(leaf => FirstRows(bytes, group.Columns[leaf])).ToList();
            starts[0].ShouldBe(Enumerable.Range(0, (int)(group.RowCount + 99) / 100).Select(page => page * 100L));
            starts[0].ShouldBeSubsetOf(starts[1]);
            starts[1].Count.ShouldBeGreaterThan(starts[0].Count);
        }
    }

    [Fact]
    public void Types_nested_too_deep_are_refused()
    {
        var type = (DataType)DataType.Integer;
        for (var i = 0; i < 50; i++)
        {
            type = DataType.Array(type);
        }

        using var pool = TestPool.Create();
        Should.Throw<QueryException>(() => new ParquetWriter(new MemoryStream(), Schema.Of(new Field("deep", type)), pool)).Message.ShouldContain("column deep");
    }

    [Fact]
    public void Options_that_make_no_file_are_refused()
    {
        using var pool = TestPool.Create();
        var schema = Schema.Of(new Field("id", DataType.Integer));
        Should.Throw<ArgumentOutOfRangeException>(() => new ParquetWriter(new MemoryStream(), schema, pool, new ParquetWriteOptions { PageRows = 0 }));
        Should.Throw<QueryException>(() => new ParquetWriter(new MemoryStream(), schema, pool, new ParquetWriteOptions { BloomColumns = ["idd"] })).Hint.ShouldBe("Perhaps you meant \"id\".");
    }

    /// <summary>What waits for a row group is bounded, whatever the number of rows.</summary>
    [Fact]
    public void Memory_is_bounded_by_the_row_group()
    {
        using var pool = TestPool.Create();
        using var writer = new ParquetWriter(Stream.Null, Schema.Of(new Field("id", DataType.Integer), new Field("text", DataType.Varchar)), pool, new ParquetWriteOptions { RowGroupBytes = 1 << 20, BloomColumns = ["id"] });
        for (var start = 0; start < 1_000_000; start += 8000)
        {
            using var batch = Rows(start, 8000, pool);
            writer.Write(batch);
        }

        writer.Complete();
        pool.PeakBytes.ShouldBeLessThan(24 << 20);
    }

    private static Batch Rows(int start, int count, MemoryPool pool)
    {
        using var ids = ColumnBuilder.Create(DataType.Integer, pool);
        using var texts = ColumnBuilder.Create(DataType.Varchar, pool);
        for (var row = start; row < start + count; row++)
        {
            ids.AppendValue(row);
            texts.AppendValue($"a text of some length {row}, {row * 7919}");
        }

        return new Batch([ids.Finish(), texts.Finish()], count);
    }

    private static List<long> FirstRows(byte[] file, ColumnChunk chunk)
    {
        var reader = new CompactReader(file.AsSpan((int)chunk.OffsetIndex!.Value.Offset, chunk.OffsetIndex.Value.Length));
        return [.. PageIndexParser.ReadOffsetIndex(ref reader).Select(page => page.FirstRow)];
    }
}
