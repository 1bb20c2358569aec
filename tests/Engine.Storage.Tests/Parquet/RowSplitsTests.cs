using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.Parquet;
using Engine.Storage.Parquet.Writing;

namespace Engine.Storage.Tests.Parquet;

/// <summary>Row groups that are few and large are read in parts.</summary>
public sealed class RowSplitsTests : ParquetTest
{
    private const int RowCount = 700_000;

    private static readonly Schema Columns = Schema.Of(
        new Field("id", DataType.BigInt), new Field("kind", DataType.Varchar), new Field("list", DataType.Array(DataType.Integer)));

    private readonly FileScan _scan = new(FormatOptions.None, Columns, [0, 1], [], OnError.Fail);

    [Fact]
    public void Parts_are_whole_pages_and_give_every_row_once_in_order()
    {
        var file = Write("pages.parquet", new ParquetWriteOptions { PageRows = 20_000 });
        var splits = Format.Split(file, _scan, CancellationToken.None);
        splits.Select(split => split.Start).ShouldBe([0, 140_000, 280_000, 420_000, 560_000]);
        splits.Sum(split => split.Length).ShouldBe(RowCount);
        Rows(file, _scan).ShouldBe(Enumerable.Range(0, RowCount).Select(i => $"{i}|kind {i % 5}"));
    }

    [Fact]
    public void Parts_read_only_what_constraints_leave_of_them()
    {
        var file = Write("pages.parquet", new ParquetWriteOptions { PageRows = 20_000 });
        var scan = _scan with { Constraints = [new ColumnConstraint(0, ConstraintOperator.GreaterOrEqual, 555_000L)] };
        Rows(file, scan).ShouldBe(Enumerable.Range(540_000, 160_000).Select(i => $"{i}|kind {i % 5}"));
    }

    [Fact]
    public void A_group_of_one_page_is_one_split()
    {
        var file = Write("page.parquet", new ParquetWriteOptions { PageRows = RowCount, PageBytes = 100 << 20 });
        Format.Split(file, _scan, CancellationToken.None).Count.ShouldBe(1);
    }

    [Fact]
    public void A_group_is_one_split_where_lists_are_asked_for_or_row_numbers()
    {
        var file = Write("pages.parquet", new ParquetWriteOptions { PageRows = 20_000 });
        Format.Split(file, _scan with { Projection = [0, 2] }, CancellationToken.None).Count.ShouldBe(1);
        Format.Split(file, _scan with { WithRowNumbers = true }, CancellationToken.None).Count.ShouldBe(1);
    }

    private IEnumerable<string> Rows(DataFile file, FileScan scan) => Fixture.Scan(Format, file, scan, batchRowCount: 8192).Select(row => string.Join('|', row));

    private DataFile Write(string name, ParquetWriteOptions options)
    {
        using var output = new MemoryStream();
        using var writer = new ParquetWriter(output, Columns, Fixture.Pool, options with { RowGroupRows = RowCount });
        for (var start = 0; start < RowCount; start += 10_000)
        {
            using var batch = new Batch(
                [.. Columns.Select((field, i) => Column(field.Type, Enumerable.Range(start, 10_000).Select(id => i switch { 0 => (object)(long)id, 1 => $"kind {id % 5}", _ => ImmutableArray<object?>.Empty })))], 10_000);
            writer.Write(batch);
        }

        writer.Complete();
        return Fixture.Folder.Write(name, output.ToArray());
    }

    private Column Column(DataType type, IEnumerable<object> values)
    {
        using var builder = ColumnBuilder.Create(type, Fixture.Pool);
        foreach (var value in values)
        {
            builder.AppendValue(value);
        }

        return builder.Finish();
    }
}
