using System.Globalization;
using System.Text.Json;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Parquet;
using Engine.Storage.Parquet.Statistics;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet;

/// <summary>Holds what is read from foreign files against what another engine read from them.</summary>
public sealed class ParquetOracleTests : ParquetTest
{
    [SharedDataFact]
    public void Columns_agree_with_another_engine()
    {
        var differences = new List<string>();
        var (files, columns) = (0, 0);
        foreach (var line in File.ReadLines(SharedData.PathOf("ORACLE.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var path = document.RootElement.GetProperty("path").GetString()!;
            if (path.StartsWith("parquet/", StringComparison.Ordinal) && !path.Contains("_bad/", StringComparison.Ordinal)
                && !path.EndsWith(".csv", StringComparison.Ordinal) && !path.EndsWith(".json", StringComparison.Ordinal))
            {
                files++;
                columns += Compare(path, document.RootElement, differences);
            }
        }

        differences.Where(text => !KnownDifferences.Any(known => text.StartsWith(known, StringComparison.Ordinal))).ShouldBeEmpty();
        files.ShouldBeGreaterThan(200);
        columns.ShouldBeGreaterThan(1000);
    }

    /// <summary>Where the other engine reads something else.</summary>
    private static readonly string[] KnownDifferences =
    [
        // A decimal of 76 digits: bytes here, an inexact double there.
        "parquet/duckdb/bigdecimal.parquet/bigdec",

        // Years that only wrap around there.
        "parquet/apache/int96_from_spark.parquet/a",

        // NULLs that the levels tell of, and that the other engine overlooks as the statistics deny them.
        "parquet/duckdb/h2oai/h2oai_group_small.parquet/id1",
        "parquet/duckdb/h2oai/h2oai_group_small.parquet/id2",

        // Checksums that do not fit, and a variant with two values: refused here.
        "parquet/apache/datapage_v1-corrupt-checksum.parquet/",
        "parquet/apache/rle-dict-uncompressed-corrupt-checksum.parquet/",
        "parquet/variant/case-040.parquet/var",

        // Two columns whose names differ in case alone: renamed there.
        "parquet/parquet-dotnet/thrift/breaking-spec-2024.parquet/TotalElapsedTimeMilliseconds_1",
    ];

    private int Compare(string path, JsonElement oracle, List<string> differences)
    {
        var compared = 0;
        try
        {
            var file = Shared(path);
            var schema = SchemaOf(file);
            var rows = Format.TryGetStatistics(file, FormatOptions.None, schema, [], CancellationToken.None)!.RowCount;
            if (rows != oracle.GetProperty("rows").GetInt64())
            {
                differences.Add($"{path}: {rows} rows");
            }

            foreach (var column in oracle.GetProperty("columns").EnumerateArray())
            {
                var name = column.GetProperty("name").GetString()!;
                var index = schema.IndexOf(name);
                if (index < 0)
                {
                    differences.Add($"{path}/{name}: missing");
                    continue;
                }

                try
                {
                    Compare(Read(file, schema, index), column, $"{path}/{name} {schema[index].Type}", differences);
                    compared++;
                }
                catch (QueryException problem)
                {
                    differences.Add($"{path}/{name}: {problem.Message}");
                }
            }
        }
        catch (QueryException problem)
        {
            differences.Add($"{path}: {problem.Message}");
        }

        return compared;
    }

    private static void Compare(Summary found, JsonElement oracle, string what, List<string> differences)
    {
        if (found.NonNull != oracle.GetProperty("nonnull").GetInt64())
        {
            differences.Add($"{what}: {found.NonNull} values, not {oracle.GetProperty("nonnull")}");
        }

        foreach (var (name, text) in new[] { ("min", found.Min), ("max", found.Max) })
        {
            if (text is not null && oracle.TryGetProperty(name, out var expected) && expected.ValueKind == JsonValueKind.String
                && !AreSame(text, expected.GetString()!))
            {
                differences.Add($"{what}: {name} is {text}, not {expected}");
            }
        }
    }

    private static bool AreSame(string left, string right)
    {
        // The other engine cuts long texts, and has no time zone where only the older annotation says UTC.
        if (left == right || (right.EndsWith("...", StringComparison.Ordinal) && left.StartsWith(right[..^3], StringComparison.Ordinal))
            || left.Replace("+00", "", StringComparison.Ordinal) == right.Replace("+00", "", StringComparison.Ordinal)
            || (left.EndsWith(" BC", StringComparison.Ordinal) && left[..^3] == right.Replace(" (BC)", "", StringComparison.Ordinal)))
        {
            return true;
        }

        (left, right) = (right == "inf" ? left.Replace("Infinity", "inf", StringComparison.Ordinal) : left, right.TrimStart('-') == "nan" ? "NaN" : right);
        return left == right || double.TryParse(left, CultureInfo.InvariantCulture, out var a) && double.TryParse(right, CultureInfo.InvariantCulture, out var b)
            && Math.Abs(a - b) <= Math.Max(Math.Abs(a), Math.Abs(b)) * 1e-6;
    }

    private Summary Read(DataFile file, Schema schema, int index)
    {
        var scan = new FileScan(FormatOptions.None, schema, [index], [], OnError.Fail);
        var (nonNull, low, high) = (0L, default((object Value, string Text)?), default((object Value, string Text)?));
        foreach (var split in Format.Split(file, scan, CancellationToken.None))
        {
            using var source = Format.Open(split, scan, new ScanContext(Fixture.Pool, Fixture.Metrics, Fixture.Errors, 1000));
            while (source.Next(CancellationToken.None) is { } batch)
            {
                using (batch)
                {
                    for (var row = 0; row < batch.RowCount; row++)
                    {
                        if (ColumnValue.Get(batch[0], row) is not { } value)
                        {
                            continue;
                        }

                        nonNull++;
                        if (low is null || Compare(value, low.Value.Value) < 0)
                        {
                            low = (value, ColumnText.ToString(batch[0], row)!);
                        }

                        if (high is null || Compare(value, high.Value.Value) > 0)
                        {
                            high = (value, ColumnText.ToString(batch[0], row)!);
                        }
                    }
                }
            }
        }

        return new Summary(nonNull, low?.Text, high?.Text);
    }

    /// <summary>As the engine orders: NaN is above all numbers.</summary>
    private static int? Compare(object left, object right) => (left, right) switch
    {
        (float a, float b) => float.IsNaN(a) ? (float.IsNaN(b) ? 0 : 1) : float.IsNaN(b) ? -1 : a.CompareTo(b),
        (double a, double b) => double.IsNaN(a) ? (double.IsNaN(b) ? 0 : 1) : double.IsNaN(b) ? -1 : a.CompareTo(b),
        _ => ValueOrder.Compare(left, right),
    };

    private sealed record Summary(long NonNull, string? Min, string? Max);
}
