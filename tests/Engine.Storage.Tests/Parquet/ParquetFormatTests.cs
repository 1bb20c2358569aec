using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Parquet;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet;

public sealed class ParquetFormatTests : ParquetTest
{
    [SharedDataFact]
    public void Small_tables_read_whole()
    {
        var (schema, rows) = Fixture.Read(Format, Shared("tpch/sf0.01/parquet/nation.parquet"));
        schema.Select(field => field.Name).ShouldBe(["n_nationkey", "n_name", "n_regionkey", "n_comment"]);
        rows.Count.ShouldBe(25);
        rows[0][1].ShouldBe("ALGERIA");
    }

    [SharedDataFact]
    public void Rows_are_counted_without_columns_and_numbered_on_demand()
    {
        var file = Shared("tpch/sf0.01/parquet/lineitem.parquet");
        var schema = SchemaOf(file);
        var scan = new FileScan(FormatOptions.None, schema, [], [], OnError.Fail);
        Fixture.Scan(Format, file, scan).Count.ShouldBe(60175);
        Format.TryGetStatistics(file, FormatOptions.None, schema, [], CancellationToken.None)!.RowCount.ShouldBe(60175);
        var numbers = Fixture.Scan(Format, file, scan with { WithRowNumbers = true });
        numbers[^1].ShouldBe(["60175"]);
        numbers.Select(row => row[0]).Distinct().Count().ShouldBe(60175);
    }

    [SharedDataFact]
    public void Statistics_rule_row_groups_out()
    {
        var file = Shared("tpch/sf0.01/parquet/nation.parquet");
        var schema = SchemaOf(file);
        var key = schema[0].Type == DataType.Integer ? (object)25 : 25L;
        var scan = new FileScan(FormatOptions.None, schema, [0], [new ColumnConstraint(0, ConstraintOperator.GreaterOrEqual, key)], OnError.Fail);
        Fixture.Scan(Format, file, scan).ShouldBeEmpty();
        Fixture.Metrics.PiecesSkipped.ShouldBe(1);
        Fixture.Scan(Format, file, scan with { Constraints = [new ColumnConstraint(0, ConstraintOperator.IsNotNull, null)] }).Count.ShouldBe(25);
    }

    [SharedDataFact]
    public void Dictionary_encoded_rows_stay_encoded_across_pages()
    {
        var file = Shared("parquet/parquet-dotnet/special/multi_page_dictionary_with_nulls.parquet");
        var schema = SchemaOf(file);
        var scan = new FileScan(FormatOptions.None, schema, [0], [], OnError.Fail);
        var (rows, nulls, encoded) = (0, 0, 0);
        using (var source = Format.Open(Format.Split(file, scan, CancellationToken.None)[0], scan, new(Fixture.Pool, Fixture.Metrics, Fixture.Errors, 70_000)))
        {
            while (source.Next(CancellationToken.None) is { } batch)
            {
                using (batch)
                {
                    rows += batch.RowCount;
                    nulls += Enumerable.Range(0, batch.RowCount).Count(batch[0].IsNull);
                    encoded += batch[0].Encoding == ColumnEncoding.Dictionary ? batch.RowCount : 0;
                }
            }
        }

        rows.ShouldBe(310037);
        nulls.ShouldBeGreaterThan(0);
        encoded.ShouldBeGreaterThan(0);
    }

    [SharedDataFact]
    public void Columns_that_a_file_lacks_are_null()
    {
        var file = Shared("tpch/sf0.01/parquet/region.parquet");
        var schema = Schema.Of(new Field("r_name", DataType.Varchar), new Field("planet", DataType.Date));
        var scan = new FileScan(FormatOptions.None, schema, [1, 0], [], OnError.Fail);
        Fixture.Scan(Format, file, scan)[0].ShouldBe([null, "AFRICA"]);
    }

    [SharedDataFact]
    public void A_file_cut_off_anywhere_is_one_clear_error()
    {
        var whole = File.ReadAllBytes(SharedData.PathOf("tpch/sf0.01/parquet/nation.parquet"));
        foreach (var length in new[] { whole.Length / 2, 0, 3, 11, whole.Length - 1 })
        {
            var file = Fixture.Folder.Write($"cut{length}.parquet", whole[..length]);
            var problem = Should.Throw<QueryException>(() => Fixture.Read(Format, file));
            problem.Code.ShouldBe(ErrorCodes.DataCorrupted);
            problem.Message.ShouldContain($"cut{length}.parquet");
        }
    }

    [SharedDataFact]
    public void Bytes_changed_at_random_give_an_error_or_values()
    {
        var random = new Random(7);
        var names = new[] { "nation", "region", "supplier" };
        for (var round = 0; round < 300; round++)
        {
            var bytes = File.ReadAllBytes(SharedData.PathOf($"tpch/sf0.01/parquet/{names[round % 3]}.parquet"));
            for (var i = 0; i < 4; i++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            ReadCarefully(Fixture.Folder.Write($"changed{round}.parquet", bytes));
        }
    }

    [SharedDataFact]
    public void Broken_files_give_an_error_or_values()
    {
        var folders = new[] { "parquet/apache_bad", "fuzz/parquet" };
        var paths = folders.SelectMany(folder => Directory.EnumerateFiles(SharedData.PathOf(folder), "*", SearchOption.AllDirectories)).ToList();
        paths.Count.ShouldBeGreaterThan(30);
        paths.ForEach(path => ReadCarefully(Open(path)));
    }

    private void ReadCarefully(DataFile file)
    {
        Schema schema;
        try
        {
            schema = SchemaOf(file);
        }
        catch (QueryException)
        {
            return;
        }

        for (var i = 0; i < schema.Count; i++)
        {
            try
            {
                Fixture.Scan(Format, file, new FileScan(FormatOptions.None, schema, [i], [], OnError.Fail));
            }
            catch (QueryException)
            {
                // A clean error is as good as values.
            }
        }
    }
}
