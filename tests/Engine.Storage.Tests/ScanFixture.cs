using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.ObjectStores;
using Engine.Storage.ObjectStores.Local;
using Engine.TestKit;

namespace Engine.Storage.Tests;

/// <summary>Reads files through a format, all splits in order, into texts.</summary>
internal sealed class ScanFixture : IDisposable
{
    public MemoryPool Pool { get; } = TestPool.Create();

    public IObjectStore Store { get; } = new LocalObjectStore();

    public TemporaryFolder Folder { get; } = new();

    public RowErrorLog Errors { get; } = new();

    public ScanMetrics Metrics { get; } = new();

    public static FormatOptions Options(params ReadOnlySpan<(string Name, string Value)> values)
    {
        var options = FormatOptions.None;
        foreach (var (name, value) in values)
        {
            options = options.With(name, value);
        }

        return options;
    }

    /// <summary>Infers and reads: the schema and every row, NULL as null.</summary>
    public (Schema Schema, List<string?[]> Rows) Read(
        IFileFormat format, DataFile file, FormatOptions? options = null, OnError onError = OnError.Fail, Schema? declared = null)
    {
        var inference = format.Infer([file], options ?? FormatOptions.None, declared, CancellationToken.None);
        return (inference.Schema, ReadWith(format, file, inference, onError));
    }

    public List<string?[]> ReadWith(IFileFormat format, DataFile file, FormatInference inference, OnError onError = OnError.Fail, int batchRowCount = 1000)
    {
        var projection = Enumerable.Range(0, inference.Schema.Count);
        var scan = new FileScan(inference.Options, inference.Schema, [.. projection], [], onError);
        return Scan(format, file, scan, batchRowCount);
    }

    public List<string?[]> Scan(IFileFormat format, DataFile file, FileScan scan, int batchRowCount = 1000)
    {
        var rows = new List<string?[]>();
        foreach (var split in format.Split(file, scan, CancellationToken.None))
        {
            using var source = format.Open(split, scan, new ScanContext(Pool, Metrics, Errors, batchRowCount));
            while (source.Next(CancellationToken.None) is { } batch)
            {
                using (batch)
                {
                    batch.RowCount.ShouldBeGreaterThan(0);
                    Append(batch, rows);
                }
            }
        }

        return rows;
    }

    public void Dispose()
    {
        Folder.Dispose();
        Pool.Dispose();
    }

    private static void Append(Batch batch, List<string?[]> rows)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            rows.Add([.. batch.Columns.Select(column => ColumnText.ToString(column, row))]);
        }
    }
}
