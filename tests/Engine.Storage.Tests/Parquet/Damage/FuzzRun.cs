using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Storage.Parquet;
using Engine.Storage.Tests.ObjectStores;

namespace Engine.Storage.Tests.Parquet.Damage;

/// <summary>Reads damaged files and counts how that ends: by rows, by a clean error, or badly.</summary>
/// <param name="corpus">Files that are damaged anew in each case.</param>
internal sealed class FuzzRun(IReadOnlyList<byte[]> corpus)
{
    private const long MemoryLimit = 64 << 20;

    /// <summary>A handful of bytes can claim to be billions of rows, all NULL: they are not all looked at.</summary>
    private const int MaxRows = 20_000;

    private readonly ConcurrentDictionary<string, int> _ends = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _failures = new();
    private long _slowest;
    private long _slowestCase;
    private long _peak;

    /// <summary>Cases that ended in something else than rows or a QueryException, or that lost memory.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    public double SlowestMilliseconds => Stopwatch.GetElapsedTime(0, _slowest).TotalMilliseconds;

    public int Count(string end) => _ends.GetValueOrDefault(end);

    public int Total => _ends.Values.Sum();

    /// <summary>Runs cases side by side. Each is known by its number alone.</summary>
    public void Run(int first, int count) => Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, RunCase);

    public string Report() => string.Create(CultureInfo.InvariantCulture, $"""
        {Total} mutated files: {string.Join(", ", _ends.OrderByDescending(end => end.Value).Select(end => $"{end.Value} {end.Key}"))}
        slowest {SlowestMilliseconds:F0} ms (case {_slowestCase}), peak of a query's memory {_peak >> 10} KiB of {MemoryLimit >> 10}, of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB
        {_failures.Count} failures
        """);

    private void RunCase(int number)
    {
        var random = new Random(number);
        var bytes = Mutation.Apply(corpus[number % corpus.Count], corpus[random.Next(corpus.Count)], number);
        var start = Stopwatch.GetTimestamp();
        var pool = MemoryPool.CreateRoot("damaged", MemoryLimit);
        string end;
        try
        {
            Read(bytes, random, pool);
            end = "ok";
        }
        catch (QueryException problem)
        {
            end = problem.Code.SqlState;
        }
        catch (Exception problem)
        {
            end = problem.GetType().Name;
            _failures.Enqueue($"case {number}: {problem}");
        }

        if (pool.ReservedBytes != 0)
        {
            _failures.Enqueue($"case {number}: {pool.ReservedBytes} bytes are still out after {end}");
        }

        _ends.AddOrUpdate(end, 1, (_, known) => known + 1);
        Note(number, Stopwatch.GetTimestamp() - start, pool.PeakBytes);
    }

    private void Note(int number, long elapsed, long peak)
    {
        lock (_ends)
        {
            (_slowest, _slowestCase) = elapsed > _slowest ? (elapsed, number) : (_slowest, _slowestCase);
            _peak = Math.Max(_peak, peak);
        }
    }

    /// <summary>Reads through the file format, as queries do: all columns at once, or one, so that an error in another does not hide it.</summary>
    private static void Read(byte[] bytes, Random random, MemoryPool pool)
    {
        var format = new ParquetFormat(new MemoryStore(bytes));
        var file = new DataFile("damaged.parquet", bytes.Length, DateTime.UnixEpoch);
        var schema = format.Infer([file], FormatOptions.None, null, CancellationToken.None).Schema;
        var all = Enumerable.Range(0, schema.Count);
        var scan = new FileScan(FormatOptions.None, schema, [.. random.Next(3) == 0 || schema.Count == 0 ? all : [random.Next(schema.Count)]], [], OnError.Fail);
        if (schema.Count > 0 && random.Next(2) == 0)
        {
            scan = scan with { Constraints = Constraints.Over(schema, random) };
        }

        _ = format.TryGetStatistics(file, FormatOptions.None, schema, [.. all], CancellationToken.None);
        var left = MaxRows;
        foreach (var split in format.Split(file, scan, CancellationToken.None))
        {
            using var source = format.Open(split, scan, new ScanContext(pool, new ScanMetrics(), new RowErrorLog(), 1000));
            while (left > 0 && source.Next(CancellationToken.None) is { } batch)
            {
                left -= batch.RowCount;
                using (batch)
                {
                    Rows.Touch(batch, pool);
                }
            }

            if (left <= 0)
            {
                break;
            }
        }
    }
}
