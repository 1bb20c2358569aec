using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Parquet;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet;

/// <summary>What statistics, bloom filters and the page index rule out has no row that matches, and what is left keeps its values.</summary>
public sealed class ParquetPruningTests : ParquetTest
{
    [SharedDataFact]
    public void Rows_that_match_stay_whatever_is_ruled_out()
    {
        var random = new Random(11);
        var paths = Directory.EnumerateFiles(SharedData.PathOf("parquet"), "*.parquet", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).Length < 30_000)
            .Where(path => !path.Contains("large_string_map", StringComparison.Ordinal) && !path.Contains("apache_bad", StringComparison.Ordinal))

            // Its bounds are wrong, on purpose and beyond recognition.
            .Where(path => !path.EndsWith("corrupt_stats.parquet", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        var (scans, pruned) = (0, 0);
        foreach (var path in paths)
        {
            var file = Open(path);
            try
            {
                var schema = SchemaOf(file);
                var rows = ReadRows(file, schema, []);
                for (var round = 0; rows.Count > 0 && round < 6; round++)
                {
                    var (column, op) = (random.Next(schema.Count), (ConstraintOperator)random.Next(8));
                    if (rows[random.Next(rows.Count)].Values[column] is { } value and not (ImmutableArray<object?> or byte[]))
                    {
                        var left = ReadRows(file, schema, [new ColumnConstraint(column, op, op >= ConstraintOperator.IsNull ? null : value)]);
                        left.Where(row => Meets(row.Values[column], op, value)).Select(row => row.Text)
                            .ShouldBe(rows.Where(row => Meets(row.Values[column], op, value)).Select(row => row.Text), $"{path} {schema[column]} {op} {value}");
                        scans++;
                        pruned += left.Count < rows.Count ? 1 : 0;
                    }
                }
            }
            catch (QueryException)
            {
                // Refused files are not what this is about.
            }
        }

        scans.ShouldBeGreaterThan(500);
        pruned.ShouldBeGreaterThan(20);
    }

    [SharedDataFact]
    public void Pages_that_cannot_match_are_not_read()
    {
        var file = Shared("parquet/apache/alltypes_tiny_pages_plain.parquet");
        var schema = SchemaOf(file);
        var id = schema.IndexOf("id");
        var scan = new FileScan(FormatOptions.None, schema, [.. Enumerable.Range(0, schema.Count)], [], OnError.Fail);
        var whole = Fixture.Scan(Format, file, scan);
        var before = Fixture.Metrics.BytesRead;
        var some = Fixture.Scan(Format, file, scan with { Constraints = [new ColumnConstraint(id, ConstraintOperator.Equal, 5000)] });
        some.Count.ShouldBeLessThan(500);
        some.Where(row => row[id] == "5000").Select(row => string.Join('|', row)).ShouldBe(whole.Where(row => row[id] == "5000").Select(row => string.Join('|', row)));
        (Fixture.Metrics.BytesRead - before).ShouldBeLessThan(before / 10);
    }

    [SharedDataTheory]
    [InlineData("parquet/apache/data_index_bloom_encoding_stats.parquet", "Hello", 14)]
    [InlineData("parquet/apache/data_index_bloom_encoding_stats.parquet", "Hellp", 0)]
    [InlineData("parquet/apache/data_index_bloom_encoding_with_length.parquet", "Hello", 14)]
    [InlineData("parquet/apache/data_index_bloom_encoding_with_length.parquet", "Hellp", 0)]
    public void Bloom_filters_rule_row_groups_out(string path, string value, int rowCount)
    {
        var file = Shared(path);
        var schema = SchemaOf(file);
        var scan = new FileScan(FormatOptions.None, schema, [0], [new ColumnConstraint(0, ConstraintOperator.Equal, value)], OnError.Fail);
        Fixture.Scan(Format, file, scan).Count.ShouldBe(rowCount);
    }

    private List<(object?[] Values, string Text)> ReadRows(DataFile file, Schema schema, ImmutableArray<ColumnConstraint> constraints)
    {
        var scan = new FileScan(FormatOptions.None, schema, [.. Enumerable.Range(0, schema.Count)], constraints, OnError.Fail, WithRowNumbers: true);
        var rows = new List<(object?[], string)>();
        foreach (var split in Format.Split(file, scan, CancellationToken.None))
        {
            using var source = Format.Open(split, scan, new ScanContext(Fixture.Pool, Fixture.Metrics, Fixture.Errors, 100));
            while (source.Next(CancellationToken.None) is { } batch)
            {
                using (batch)
                {
                    for (var row = 0; row < batch.RowCount; row++)
                    {
                        var place = row;
                        rows.Add((
                            [.. batch.Columns.Select(column => ColumnValue.Get(column, place))],
                            string.Join('|', batch.Columns.Select(column => Engine.Core.Text.ColumnText.ToString(column, place)))));
                    }
                }
            }
        }

        return rows;
    }

    private static bool Meets(object? value, ConstraintOperator op, object wanted)
    {
        if (value is null || op is ConstraintOperator.IsNull or ConstraintOperator.IsNotNull)
        {
            return (value is null) == (op == ConstraintOperator.IsNull);
        }

        // NaN is above all numbers, here as in PostgreSQL.
        var order = value is string text ? string.CompareOrdinal(text, (string)wanted)
            : IsNaN(value) || IsNaN(wanted) ? IsNaN(value).CompareTo(IsNaN(wanted))
            : ((IComparable)value).CompareTo(wanted);
        return op switch
        {
            ConstraintOperator.Equal => order == 0,
            ConstraintOperator.NotEqual => order != 0,
            ConstraintOperator.Less => order < 0,
            ConstraintOperator.LessOrEqual => order <= 0,
            ConstraintOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private static bool IsNaN(object value) => value is double.NaN or float.NaN;
}
