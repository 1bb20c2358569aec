using System.Collections.Immutable;
using Engine.Core.Arrow;
using Engine.Core.Arrow.Format;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.ArrowIpc;
using Engine.Storage.Compression;
using Engine.TestKit;

namespace Engine.Storage.Tests.ArrowIpc;

/// <summary>What is written is what is read: any type, encoding, slice and selection, with and without compression.</summary>
public sealed class ArrowRoundTripTests
{
    private const int Seeds = 60;

    [Theory]
    [InlineData(false, ArrowCompression.None)]
    [InlineData(true, ArrowCompression.None)]
    [InlineData(false, ArrowCompression.Lz4Frame)]
    [InlineData(true, ArrowCompression.Zstd)]
    public void Batches_come_back(bool isFile, ArrowCompression compression)
    {
        if (compression == ArrowCompression.Zstd && !Zstd.IsAvailable)
        {
            return;
        }

        for (var seed = 0; seed < Seeds; seed++)
        {
            using var pool = TestPool.Create();
            var (schema, bytes, expected) = Write(seed, new ArrowWriteOptions(isFile, compression, ArrowCodec.Instance), pool);
            using var stream = new MemoryStream(bytes);
            (isFile ? ArrowFileFooter.Read(stream).Schema : ArrowStreamReader.ReadSchema(stream)).ShouldBe(schema, $"seed {seed}");
            var actual = ArrowTable.Read(bytes, pool);
            for (var i = 0; i < expected.Length; i++)
            {
                actual[i].ShouldBe(expected[i], $"seed {seed}: {schema[i]}");
            }
        }
    }

    [Fact]
    public void Same_rows_give_the_same_bytes_and_buffers_are_aligned()
    {
        using var pool = TestPool.Create();
        var (_, first, _) = Write(5, new ArrowWriteOptions(IsFile: true), pool);
        var (_, second, _) = Write(5, new ArrowWriteOptions(IsFile: true), pool);
        second.ShouldBe(first);
        using var stream = new MemoryStream(first);
        var footer = ArrowFileFooter.Read(stream);
        footer.Batches.ShouldAllBe(block => (block.Offset & 7) == 0 && ((block.Offset + block.Length) & 63) == 0);
    }

    [Fact]
    public void Result_without_columns_or_rows_is_a_schema()
    {
        using var pool = TestPool.Create();
        using var output = new MemoryStream();
        var writer = new ArrowIpcWriter(output, Schema.Empty, pool, new ArrowWriteOptions(IsFile: true));
        writer.Write(new Batch([], 7));
        writer.Complete();
        output.Position = 0;
        var footer = ArrowFileFooter.Read(output);
        footer.Schema.Count.ShouldBe(0);
        footer.CountRows(output).ShouldBe(7);
    }

    private static (Schema Schema, byte[] Bytes, List<string>[] Expected) Write(int seed, ArrowWriteOptions options, MemoryPool pool)
    {
        var random = new RandomColumns(seed, pool);
        var schema = new Schema([.. Enumerable.Range(0, 1 + random.Next(6)).Select(i => new Field($"c{i}", random.Type()))]);
        var expected = schema.Select(_ => new List<string>()).ToArray();
        using var output = new MemoryStream();
        var writer = new ArrowIpcWriter(output, schema, pool, options);
        for (var batchCount = random.Next(4); batchCount >= 0; batchCount--)
        {
            var rowCount = random.Next(150);
            using var batch = new Batch(
                [.. schema.Select(field => random.Column(field.Type, rowCount))], rowCount, random.Next(2) == 0 ? random.Selection(rowCount) : null);
            var rows = batch.Selection is { } selection ? selection.Rows.ToArray() : [.. Enumerable.Range(0, rowCount)];
            for (var i = 0; i < expected.Length; i++)
            {
                expected[i].AddRange(rows.Select(row => ArrowTable.Show(ColumnValue.Get(batch[i], row))));
            }

            writer.Write(batch);
        }

        writer.Complete();
        return (schema, output.ToArray(), expected);
    }
}
