using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Connectors;
using Engine.Storage.Csv;

namespace Engine.Storage.Tests.Connectors;

public sealed class FileConnectorTests : IDisposable
{
    private readonly ScanFixture _fixture = new();
    private readonly FileTableSource _table;
    private readonly FileConnector _connector;

    public FileConnectorTests()
    {
        var format = new CsvFormat(_fixture.Store, _fixture.Pool);
        _connector = new FileConnector([format]);
        var files = new[] { "2025-07-29", "2025-07-30", "2025-07-31" }
            .Select(day => new PartitionedFile(_fixture.Folder.Write($"day={day}/part.csv", $"id,name\n1,{day}\n2,\n"), [day])).ToImmutableArray();
        var inference = format.Infer([.. files.Select(file => file.File)], FormatOptions.None, null, CancellationToken.None);
        _table = new FileTableSource(
            "orders", "csv", inference.Options, inference.Schema, Schema.Of(new Field("day", DataType.Date)), files, OnError.Fail);
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Columns_come_from_files_paths_and_the_store_in_any_order()
    {
        // id, name, day, $path, $row_number, $file_time
        var rows = Read(new ScanRequest([4, 2, 0, 3], []));
        rows.Count.ShouldBe(6);
        rows[2].ShouldBe(["1", "2025-07-30", "1", _table.Files[1].File.Path]);
        rows[3][0].ShouldBe("2");
        var times = Read(new ScanRequest([5], []));
        times[0][0].ShouldNotBeNull().ShouldEndWith("+00");
    }

    [Fact]
    public void Rows_are_counted_without_columns() => Read(new ScanRequest([], [])).Count.ShouldBe(6);

    [Fact]
    public void Files_whose_partition_values_contradict_the_constraints_are_not_read()
    {
        var cutoff = (int)(new DateTime(2025, 7, 30) - DateTime.UnixEpoch).TotalDays;
        var request = new ScanRequest([0], [new ColumnConstraint(2, ConstraintOperator.Less, cutoff)]);
        Read(request).Count.ShouldBe(2);
        FileConnector.CountPrunedFiles(_table, request).ShouldBe(2);
        using var late = _connector.Open(new FileTableSplit(2, 0, 100), _table, request, Context());
        late.Next(CancellationToken.None).ShouldBeNull();
        _fixture.Metrics.PiecesSkipped.ShouldBe(1);
    }

    [Fact]
    public void Partition_values_of_another_type_are_errors_that_name_the_path()
    {
        var broken = _table with { Files = [_table.Files[0] with { PartitionValues = ["yesterday"] }] };
        var split = _connector.ListSplits(broken, new ScanRequest([2], []), CancellationToken.None).ShouldHaveSingleItem();
        using var source = _connector.Open(split, broken, new ScanRequest([2], []), Context());
        var error = Should.Throw<QueryException>(() => source.Next(CancellationToken.None));
        error.Message.ShouldContain("yesterday");
        error.Message.ShouldContain("day=2025-07-29");
    }

    [Fact]
    public void Unknown_formats_are_refused() =>
        Should.Throw<QueryException>(() => _connector.ListSplits(_table with { Format = "xml" }, new ScanRequest([], []), CancellationToken.None))
            .Message.ShouldContain("xml");

    [Fact]
    public void Inference_is_remembered_until_a_file_changes()
    {
        var cache = new InferenceCache();
        var format = new CsvFormat(_fixture.Store, _fixture.Pool);
        var file = _table.Files[0].File;
        var first = cache.GetOrInfer(format, [file], FormatOptions.None, null, CancellationToken.None);
        cache.GetOrInfer(format, [file with { }], FormatOptions.None, null, CancellationToken.None).ShouldBeSameAs(first);
        cache.GetOrInfer(format, [file with { ModifiedAt = file.ModifiedAt.AddSeconds(1) }], FormatOptions.None, null, CancellationToken.None).ShouldNotBeSameAs(first);
        cache.GetOrInfer(format, [file], ScanFixture.Options(("header", "false")), null, CancellationToken.None).ShouldNotBeSameAs(first);
    }

    private ScanContext Context() => new(_fixture.Pool, _fixture.Metrics, _fixture.Errors, 1000);

    private List<string?[]> Read(ScanRequest request)
    {
        var rows = new List<string?[]>();
        foreach (var split in _connector.ListSplits(_table, request, CancellationToken.None))
        {
            using var source = _connector.Open(split, _table, request, Context());
            while (source.Next(CancellationToken.None) is { } batch)
            {
                using (batch)
                {
                    rows.AddRange(Enumerable.Range(0, batch.RowCount).Select(row => batch.Columns.Select(column => ColumnText.ToString(column, row)).ToArray()));
                }
            }
        }

        return rows;
    }
}
