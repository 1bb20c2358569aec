using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Parquet;
using Engine.Storage.Parquet.Pages;
using Engine.Storage.Parquet.Variant;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet;

public sealed class ParquetNestedTests : ParquetTest
{
    [SharedDataTheory]
    [InlineData("parquet/apache/nested_lists.snappy.parquet", "a", "{{{a,b},{c}},{NULL,{d}}}")]
    [InlineData("parquet/apache/old_list_structure.parquet", "a", "{{1,2},{3,4}}")]
    [InlineData("parquet/apache/null_list.parquet", "emptylist", "{}")]
    [InlineData("parquet/apache/nullable.impala.parquet", "int_array_Array", "{{1,2},{3,4}}")]
    [InlineData("parquet/apache/nullable.impala.parquet", "int_map", "{k1=1,k2=100}")]
    [InlineData("parquet/apache/repeated_primitive_no_list.parquet", "Int32_list", "{0,1,2,3}")]
    public void First_rows_are_as_known(string path, string column, string expected)
    {
        var (schema, rows) = Fixture.Read(Format, Shared(path));
        rows[0][schema.IndexOf(column)].ShouldBe(expected);
    }

    [SharedDataFact]
    public void Rows_are_the_same_however_many_are_read_at_once()
    {
        var files = 0;
        foreach (var path in Directory.EnumerateFiles(SharedData.PathOf("parquet"), "*.parquet", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).Length < 100_000 && !path.Contains("_bad", StringComparison.Ordinal) && !path.Contains("broken", StringComparison.Ordinal))
            .Where(path => !path.Contains("large_string_map", StringComparison.Ordinal)))
        {
            var file = Open(path);
            try
            {
                var inference = Format.Infer([file], FormatOptions.None, null, CancellationToken.None);
                if (inference.Schema.Any(field => field.Type.IsNested))
                {
                    var whole = Fixture.ReadWith(Format, file, inference, batchRowCount: 1_000_000);
                    Fixture.ReadWith(Format, file, inference, batchRowCount: 3).ShouldBe(whole, path);
                    files++;
                }
            }
            catch (QueryException)
            {
                // Refused files are not what this is about.
            }
        }

        files.ShouldBeGreaterThan(50);
    }

    [SharedDataFact]
    public void Shredded_variants_are_what_their_bytes_say()
    {
        var (alike, differences) = (0, new List<string>());
        foreach (var path in Directory.EnumerateFiles(SharedData.PathOf("parquet/variant"), "*.parquet"))
        {
            var bytes = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path) + "_row-0.variant.bin");
            if (File.Exists(bytes))
            {
                var (schema, rows) = Fixture.Read(Format, Open(path));
                var (found, expected) = (rows[0][schema.Count - 1], Decode(File.ReadAllBytes(bytes)));
                alike += found == expected ? 1 : 0;
                if (found != expected)
                {
                    differences.Add($"{Path.GetFileName(path)}: {found}, not {expected}");
                }
            }
        }

        differences.ShouldBeEmpty();
        alike.ShouldBeGreaterThan(40);
    }

    [SharedDataFact]
    public void Errors_name_file_column_and_page()
    {
        var problem = Should.Throw<QueryException>(() => Fixture.Read(Format, Shared("parquet/duckdb/broken/internal_6129.parquet")));
        problem.Code.ShouldBe(ErrorCodes.DataCorrupted);
        problem.Message.ShouldContain("internal_6129.parquet");
        problem.Message.ShouldContain("column \"j\" in row group 0, page 0");
    }

    [Fact]
    public void Pages_that_claim_more_than_their_bytes_can_hold_take_no_memory()
    {
        // A kilobyte of zeros in Brotli, and noise.
        var noise = new byte[1000];
        new Random(1).NextBytes(noise);
        foreach (var codec in new[] { ParquetCodec.Uncompressed, ParquetCodec.Snappy, ParquetCodec.Gzip, ParquetCodec.Lz4, ParquetCodec.Lz4Raw, ParquetCodec.Zstd, ParquetCodec.Brotli })
        {
            PageCodec.CanBe(codec, noise, int.MaxValue).ShouldBeFalse(codec.ToString());
        }
    }

    private static string Decode(byte[] bytes)
    {
        // Metadata and value follow each other; the last name's end is where the metadata ends.
        var (width, count) = ((bytes[0] >> 6) + 1, VariantBytes.ReadNumber(bytes, 1, (bytes[0] >> 6) + 1));
        var names = 1 + width + ((count + 1) * width);
        var end = names + VariantBytes.ReadNumber(bytes, 1 + width + (count * width), width);
        var writer = new ByteWriter();
        new VariantValue(writer).Write(new VariantMetadata(bytes.AsSpan(0, end)), bytes.AsSpan(end));
        return writer.ToString();
    }
}
