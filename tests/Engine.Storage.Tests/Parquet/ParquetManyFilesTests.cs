using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Storage.Parquet;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet;

/// <summary>Files of one table that do not have the same columns.</summary>
public sealed class ParquetManyFilesTests : ParquetTest
{
    [SharedDataFact]
    public void Columns_are_those_of_all_files_by_name()
    {
        const string folder = "partitioned/duckdb-parquet/hive-partitioning/union_by_name/";
        var (schema, rows) = Read(folder + "x=1/f2.parquet", folder + "x=1/f1.parquet");
        schema.Split(", ").Length.ShouldBe(3);
        rows.Count.ShouldBe(2);
        rows.Count(row => row.Contains(null)).ShouldBe(1);
    }

    [SharedDataFact]
    public void Types_are_as_wide_as_the_widest()
    {
        var (schema, rows) = Read(
            "parquet/apache/byte_array_decimal.parquet", "parquet/apache/fixed_length_decimal.parquet", "parquet/apache/int64_decimal.parquet");
        schema.ShouldBe("value decimal(25,2)");
        rows.Count.ShouldBe(72);
        rows.Select(row => row[0]).Distinct().Count().ShouldBe(24);
        Read("parquet/velox/sample_with_rowindex.parquet", "parquet/velox/sample.parquet").Schema.ShouldContain("b double");
    }

    [SharedDataFact]
    public void Types_that_do_not_go_together_are_an_error_that_names_both_files()
    {
        var problem = Should.Throw<QueryException>(() => Read("parquet/apache/alltypes_plain.parquet", "parquet/apache/alltypes_tiny_pages.parquet"));
        problem.Code.ShouldBe(ErrorCodes.DatatypeMismatch);
        problem.Message.ShouldContain("alltypes_plain.parquet");
        problem.Message.ShouldContain("alltypes_tiny_pages.parquet");
    }

    [SharedDataFact]
    public void Columns_without_a_type_go_with_every_type()
    {
        var file = Shared("parquet/duckdb/null_type_column.parquet");
        var name = SchemaOf(file)[1].Name;
        var declared = Engine.Core.Types.Schema.Of(new Engine.Core.Types.Field(name, Engine.Core.Types.DataType.Varchar));
        Fixture.Read(Format, file, declared: declared).Rows.ShouldAllBe(row => row[0] == null);
    }

    private (string Schema, List<string?[]> Rows) Read(params string[] paths)
    {
        var files = paths.Select(path => Shared(path)).ToList();
        var inference = Format.Infer(files, FormatOptions.None, null, CancellationToken.None);
        return (string.Join(", ", inference.Schema), [.. files.SelectMany(file => Fixture.ReadWith(Format, file, inference))]);
    }
}
