using System.Collections.Concurrent;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Storage.Memory;

/// <summary>A stretch of the rows of a table in memory.</summary>
public sealed record MemorySplit(long FirstRow, long RowCount) : Split;

/// <summary>The tables that an engine keeps in memory, and how they are read.</summary>
public sealed class MemoryTables(MemoryPool pool) : IMemoryTables, ITableConnector, IDisposable
{
    private const long RowsPerSplit = 1 << 16;

    private readonly ConcurrentDictionary<long, StoredTable> _tables = new();
    private long _lastTable;

    public MemoryPool Pool { get; } = pool.CreateChild("tables in memory");

    public long Create(Schema columns, params IReadOnlyList<UniqueKey> keys)
    {
        var table = Interlocked.Increment(ref _lastTable);
        _tables[table] = new StoredTable([.. columns.Select(column => column.Type)], [.. keys.Select(key => new KeyIndex(key, columns))], Pool);
        return table;
    }

    public MemoryTableSource Open(string name, Schema columns, long table) => _tables[table].Open(name, columns, table);

    public void Append(long table, IReadOnlyList<Batch> rows) => _tables[table].Append(rows);

    public void Replace(MemoryTableSource seen, IReadOnlySet<long> without, IReadOnlyList<Batch> rows) => Find(seen).Replace(seen, without, rows);

    public void Overwrite(long table, IReadOnlyList<Batch> rows) => _tables[table].Overwrite(rows);

    public IReadOnlyList<Batch> Snapshot(long table) => _tables[table].Snapshot();

    public void Drop(long table)
    {
        if (_tables.TryRemove(table, out var stored))
        {
            stored.Dispose();
        }
    }

    public bool Reads(TableSource source) => source is MemoryTableSource;

    public IReadOnlyList<Split> ListSplits(TableSource source, ScanRequest request, CancellationToken cancellationToken)
    {
        var total = Math.Min(((MemoryTableSource)source).RowCount, request.Limit ?? long.MaxValue);
        var splits = new List<Split>();
        for (long first = 0; first < total; first += RowsPerSplit)
        {
            splits.Add(new MemorySplit(first, Math.Min(RowsPerSplit, total - first)));
        }

        return splits;
    }

    public IBatchSource Open(Split split, TableSource source, ScanRequest request, ScanContext context)
    {
        var seen = (MemoryTableSource)source;
        return new Source(Find(seen), seen, (MemorySplit)split, request, context);
    }

    public void Dispose()
    {
        foreach (var table in _tables.Keys)
        {
            Drop(table);
        }

        Pool.Dispose();
    }

    private StoredTable Find(MemoryTableSource source) => _tables.GetValueOrDefault(source.Table) ?? throw StoredTable.Changed(source);

    private sealed class Source(StoredTable table, MemoryTableSource seen, MemorySplit split, ScanRequest request, ScanContext context) : IBatchSource
    {
        private long _next = split.FirstRow;

        public Batch? Next(CancellationToken cancellationToken)
        {
            var left = split.FirstRow + split.RowCount - _next;
            if (left <= 0)
            {
                return null;
            }

            var batch = table.Read(seen, _next, (int)Math.Min(left, context.BatchRowCount), request.Projection, context.Pool);
            _next += batch.RowCount;
            context.Metrics.AddRows(batch.RowCount);
            return batch;
        }

        public void Dispose()
        {
        }
    }
}
