using System.Buffers.Binary;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Parquet;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Writing;

namespace Engine.Storage.Tests.Parquet;

/// <summary>Of column chunks the footer's reader takes the places alone; what is wrong with one is an error of those queries that look at it.</summary>
public sealed class LazyFooterTests : ParquetTest
{
    private const int PhysicalTypeField = 1;
    private const int ValueCountField = 5;

    private static readonly Schema Columns = Schema.Of(new Field("a", DataType.BigInt), new Field("b", DataType.BigInt));

    [Fact]
    public void A_chunk_is_read_once_and_only_when_it_is_asked_for()
    {
        var bytes = WriteFile();
        var reads = new List<(int Leaf, long RowCount)>();
        var metadata = FooterParser.ReadFile(FooterOf(bytes), (leaf, _, rowCount) =>
        {
            reads.Add((leaf, rowCount));
            return new ColumnChunk();
        });
        metadata.RowGroups.Select(group => (group.RowCount, group.Columns.Length)).ShouldBe([(2, 2), (1, 2)]);
        reads.ShouldBeEmpty();
        var chunk = metadata.RowGroups[1].Columns[1];
        metadata.RowGroups[1].Columns[1].ShouldBeSameAs(chunk);
        reads.ShouldBe([(1, 1)]);
    }

    [Theory]
    [InlineData(PhysicalTypeField, "unknown physical type -50")]
    [InlineData(ValueCountField, "column \"b\" has -50 values for 2 rows")]
    public void A_broken_chunk_is_an_error_of_its_own_column_alone(int field, string reason)
    {
        var bytes = WriteFile();
        FooterOf(bytes)[PlaceOf(FooterOf(bytes), 0, 1, field)] = 99;
        var file = Fixture.Folder.Write("broken.parquet", bytes);
        Format.TryGetStatistics(file, FormatOptions.None, Columns, [], CancellationToken.None)!.RowCount.ShouldBe(3);
        Format.TryGetStatistics(file, FormatOptions.None, Columns, [0], CancellationToken.None)!.Columns.ShouldBe([new ColumnStatistics(0L, 2L, 0)]);
        Fixture.Scan(Format, file, new FileScan(FormatOptions.None, Columns, [0], [], OnError.Fail)).Select(row => row[0]).ShouldBe(["0", "1", "2"]);

        foreach (var look in new Action[]
        {
            () => Format.TryGetStatistics(file, FormatOptions.None, Columns, [0, 1], CancellationToken.None),
            () => Fixture.Scan(Format, file, new FileScan(FormatOptions.None, Columns, [0, 1], [], OnError.Fail)),
        })
        {
            var problem = Should.Throw<QueryException>(look);
            problem.Code.ShouldBe(ErrorCodes.DataCorrupted);
            problem.Message.ShouldBe($"file \"{file.Path}\" is corrupt: the Parquet footer: {reason}");
        }
    }

    /// <summary>Two row groups, of two rows and of one.</summary>
    private byte[] WriteFile()
    {
        using var output = new MemoryStream();
        using var writer = new ParquetWriter(output, Columns, Fixture.Pool, new ParquetWriteOptions { RowGroupRows = 2 });
        using var batch = new Batch([Numbers(3), Numbers(3)], 3);
        writer.Write(batch);
        writer.Complete();
        return output.ToArray();
    }

    private Column Numbers(int count)
    {
        using var builder = ColumnBuilder.Create(DataType.BigInt, Fixture.Pool);
        for (var i = 0L; i < count; i++)
        {
            builder.AppendValue(i);
        }

        return builder.Finish();
    }

    private static Span<byte> FooterOf(byte[] file)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(file.Length - 8));
        return file.AsSpan(file.Length - 8 - length, length);
    }

    /// <summary>Where in a footer the value of a field of a chunk's ColumnMetaData stands.</summary>
    private static int PlaceOf(ReadOnlySpan<byte> footer, int group, int leaf, int field)
    {
        byte[] chunk = [];
        var metadata = FooterParser.ReadFile(footer, (_, bytes, _) =>
        {
            chunk = bytes.ToArray();
            return new ColumnChunk();
        });
        _ = metadata.RowGroups[group].Columns[leaf];
        var reader = new CompactReader(footer, footer.IndexOf(chunk));
        Find(ref reader, 3);
        Find(ref reader, field);
        return reader.Position;
    }

    private static void Find(ref CompactReader reader, int field)
    {
        var id = 0;
        while (reader.NextField(ref id, out var type) && id != field)
        {
            reader.Skip(type);
        }
    }
}
