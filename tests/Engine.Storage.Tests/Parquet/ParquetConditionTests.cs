using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet;

/// <summary>What a scan gives under a condition are the rows that meet it, whatever lies between them: pages, runs, strings, NULLs, lists.</summary>
public sealed class ParquetConditionTests : ParquetTest
{
    private const long MaxFileLength = 200 << 10;

    private static readonly string[] Folders = ["apache", "arrow", "duckdb", "parquet-dotnet", "velox"];

    [SharedDataFact]
    public void Chosen_rows_of_foreign_files_are_those_of_the_whole()
    {
        var (scans, skipped) = (0, 0);
        foreach (var path in Folders.SelectMany(folder => Directory.EnumerateFiles(SharedData.PathOf($"parquet/{folder}"), "*.parquet", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            if (new FileInfo(path).Length > MaxFileLength || path.Contains("large_string_map", StringComparison.Ordinal) || TryReadWhole(path) is not var (file, schema, whole))
            {
                // Large files, and one of two gigabytes of text in few bytes, take too long as text; what cannot be read at all is for the tests of errors.
                skipped++;
                continue;
            }

            foreach (var (seed, longestGap) in ((int, int)[])[(1, 3), (2, 40), (3, 3000)])
            {
                var choice = new Choice(new Random(seed), longestGap, Fixture.Pool);
                var column = seed % schema.Count;
                var scan = ScanOf(schema) with { Conditions = [new RowCondition([column], () => choice)] };
                var chosen = Fixture.Scan(Format, file, scan, batchRowCount: seed == 1 ? 7 : 1000);
                choice.RowCount.ShouldBe(whole.Count, path);
                chosen.Select(Text).ShouldBe(choice.Rows.Select(row => Text(whole[row])), path);
                scans++;
            }
        }

        scans.ShouldBeGreaterThan(400);
        skipped.ShouldBeLessThan(100);
    }

    private static FileScan ScanOf(Schema schema) => new(FormatOptions.None, schema, [.. Enumerable.Range(0, schema.Count)], [], OnError.Fail);

    private static string Text(string?[] row) => string.Join('|', row);

    private (DataFile File, Schema Schema, List<string?[]> Rows)? TryReadWhole(string path)
    {
        try
        {
            var file = Open(path);
            var schema = SchemaOf(file);
            return schema.Count == 0 ? null : (file, schema, Fixture.Scan(Format, file, ScanOf(schema)));
        }
        catch (QueryException)
        {
            return null;
        }
    }

    /// <summary>Takes stretches of rows with gaps between them, whatever is in the columns, and keeps count through all row groups.</summary>
    private sealed class Choice(Random random, int longestGap, MemoryPool pool) : IRowTest
    {
        private int _left;
        private bool _isIn;

        public List<int> Rows { get; } = [];

        public int RowCount { get; private set; }

        public unsafe Selection Select(Batch columns)
        {
            var bits = pool.AllocateCleared(Bitmap.ByteCount(columns.RowCount), "booleans");
            for (var row = 0; row < columns.RowCount; row++, RowCount++, _left--)
            {
                if (_left <= 0)
                {
                    _isIn = !_isIn;
                    _left = random.Next(1, _isIn ? 4 : longestGap);
                }

                if (_isIn)
                {
                    Bitmap.Set(bits.Pointer, row);
                    Rows.Add(RowCount);
                }
            }

            return new Selection(bits, columns.RowCount, pool);
        }

        public void Dispose()
        {
            // It goes on in the next row group.
        }
    }
}
