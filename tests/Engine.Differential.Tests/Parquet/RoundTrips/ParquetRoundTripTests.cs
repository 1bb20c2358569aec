using Engine.Core.Types;
using Engine.Differential.Tests.Files;
using Xunit.Abstractions;

namespace Engine.Differential.Tests.Parquet.RoundTrips;

/// <summary>
/// Tables by chance, written with options by chance, have every value that was written when they are read here, by DuckDB, by parquet-wasm and by
/// hyparquet. A table is known by its number; what a reader cannot represent is in <see cref="ReaderLimits"/>.
/// </summary>
public sealed class ParquetRoundTripTests(ITestOutputHelper output)
{
    private const int QuickTables = 40;
    private const int FullTables = 800;

    /// <summary>Tables that one start of node reads.</summary>
    private const int TablesPerRun = 100;

    [ParquetReadersFact]
    public void Generated_tables_come_back_from_every_reader()
    {
        var differences = new List<string>();
        var (tables, rows, values) = (0, 0, new SortedDictionary<string, long>(StringComparer.Ordinal));
        foreach (var numbers in Enumerable.Range(0, FileCorpus.IsFull ? FullTables : QuickTables).Chunk(TablesPerRun))
        {
            var folder = Directory.CreateTempSubdirectory("qe-round-trip");
            var written = numbers.Select(number =>
            {
                var table = GeneratedTable.Of(number);
                var path = Path.Combine(folder.FullName, $"{number}.parquet");
                table.Write(path);
                return (Number: number, Path: path, Table: table.ToTable());
            }).ToList();
            using var peers = new ParquetPeers([.. written.Select(file => new PeerFile(file.Path, ColumnsFor(ReaderLimits.Hyparquet, file.Table.Schema)))]);
            foreach (var (number, path, table) in written)
            {
                Compare("this engine", table.Schema, ParquetTable.Read(path).DifferenceFrom(table));
                Compare(ReaderLimits.DuckDb, table.Schema, peers.DifferenceFromDuckDb(path, Only(ReaderLimits.DuckDb, table)));
                Compare(ReaderLimits.ParquetWasm, table.Schema, peers.DifferenceFromArrow(path, Only(ReaderLimits.ParquetWasm, table)));
                Compare(ReaderLimits.Hyparquet, table.Schema, peers.DifferenceFromHyparquet(path, Only(ReaderLimits.Hyparquet, table)));
                tables++;
                rows += table.RowCount;

                void Compare(string reader, Schema schema, string? difference)
                {
                    values[reader] = values.GetValueOrDefault(reader) + (long)table.RowCount * ColumnsFor(reader, schema).Length;
                    if (difference is not null)
                    {
                        differences.Add($"table {number}, {reader}: {difference}");
                    }
                }
            }

            folder.Delete(recursive: true);
        }

        output.WriteLine($"{tables} tables of {rows} rows; values compared: {string.Join(", ", values.Select(reader => $"{reader.Key} {reader.Value}"))}");
        differences.ForEach(output.WriteLine);
        differences.ShouldBeEmpty();
    }

    private static string[] ColumnsFor(string reader, Schema schema) =>
        [.. schema.Where(field => ReaderLimits.ReasonFor(reader, field.Type) is null).Select(field => field.Name)];

    private static ParquetTable Only(string reader, ParquetTable table) => table.Only(ColumnsFor(reader, table.Schema));
}

/// <summary>A test that compares what was written with other readers; skipped, with the reason, where they cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ParquetReadersFactAttribute : FactAttribute
{
    public ParquetReadersFactAttribute() => Skip = ParquetPeers.Missing;
}
