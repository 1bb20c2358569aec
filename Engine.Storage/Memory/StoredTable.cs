using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Storage.Memory;

/// <summary>
/// The rows of one table: flat batches in order. Small ones are put together as they come, each row at most a few times, so that tables filled row by
/// row are read as fast as others.
/// </summary>
internal sealed class StoredTable(ImmutableArray<DataType> types, ImmutableArray<KeyIndex> keys, MemoryPool pool) : IDisposable
{
    /// <summary>Batches are not made larger than this.</summary>
    private const int MaxBatchRows = 1 << 16;

    private readonly Lock _lock = new();
    private readonly List<Batch> _batches = [];
    private readonly List<long> _firstRows = [];
    private long _generation;
    private long _rowCount;

    public MemoryTableSource Open(string name, Schema columns, long table)
    {
        lock (_lock)
        {
            return new MemoryTableSource(name, columns, table, _generation, _rowCount);
        }
    }

    public void Append(IReadOnlyList<Batch> rows)
    {
        lock (_lock)
        {
            var values = Checked(rows, () => keys.Select(key => key.With(rows)).ToList());
            foreach (var (key, more) in keys.Zip(values))
            {
                key.Keep(more);
            }

            AddAll(rows);
        }
    }

    public void Replace(MemoryTableSource seen, IReadOnlySet<long> without, IReadOnlyList<Batch> rows)
    {
        lock (_lock)
        {
            var before = _batches.Zip(_firstRows).ToList();
            var values = Checked(rows, () => seen.Generation == _generation
                ? keys.Select(key => key.Of(before.Select(pair => (pair.First, (Func<int, bool>)(row => without.Contains(pair.Second + row)))), rows)).ToList()
                : throw Changed(seen));
            ReplaceKeys(values);
            _batches.Clear();
            _firstRows.Clear();
            _generation++;
            _rowCount = 0;
            foreach (var (batch, firstRow) in before)
            {
                Keep(batch, firstRow, without);
            }

            AddAll(rows);
        }
    }

    public void Overwrite(IReadOnlyList<Batch> rows)
    {
        lock (_lock)
        {
            ReplaceKeys(Checked(rows, () => keys.Select(key => key.Of([], rows)).ToList()));
            Clear();
            AddAll(rows);
        }
    }

    public IReadOnlyList<Batch> Snapshot()
    {
        lock (_lock)
        {
            return [.. _batches.Select(batch => new Batch([.. batch.Columns.Select(column => column.Retain())], batch.RowCount))];
        }
    }

    /// <summary>The next rows from a place on, at most so many; they share the table's buffers.</summary>
    /// <exception cref="QueryException">40001 when the table is not any more what it was when it was opened.</exception>
    public Batch Read(MemoryTableSource seen, long firstRow, int maxRows, ImmutableArray<int> projection, MemoryPool queryPool)
    {
        lock (_lock)
        {
            if (seen.Generation != _generation)
            {
                throw Changed(seen);
            }

            var place = _firstRows.BinarySearch(firstRow) is var found && found >= 0 ? found : ~found - 1;
            var batch = _batches[place];
            var offset = (int)(firstRow - _firstRows[place]);
            var count = Math.Min(maxRows, batch.RowCount - offset);
            return new Batch([.. projection.Select(column => column < types.Length ? batch[column].Slice(offset, count, queryPool) : RowIds(firstRow, count, queryPool))], count);
        }
    }

    /// <summary>Gives the rows back; who still reads is told that the table has changed.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            Clear();
        }
    }

    public static QueryException Changed(MemoryTableSource table) => new(
        ErrorCodes.SerializationFailure, $"table \"{table.Name}\" was changed by another statement while this one was about to read it", hint: "Run the statement again.");

    private static unsafe FixedColumn RowIds(long firstRow, int count, MemoryPool pool)
    {
        var buffer = pool.Allocate(count * 8L, "row ids");
        for (var i = 0; i < count; i++)
        {
            ((long*)buffer.Pointer)[i] = firstRow + i;
        }

        return new FixedColumn(DataType.BigInt, count, new BufferSlice(buffer), default);
    }

    private void Clear()
    {
        _generation++;
        _rowCount = 0;
        _batches.ForEach(batch => batch.Dispose());
        _batches.Clear();
        _firstRows.Clear();
    }

    /// <summary>The outcome of a check that comes before any change. Rows that it refuses are given back.</summary>
    private static List<HashSet<object?[]>> Checked(IReadOnlyList<Batch> rows, Func<List<HashSet<object?[]>>> check)
    {
        try
        {
            return check();
        }
        catch
        {
            foreach (var batch in rows)
            {
                batch.Dispose();
            }

            throw;
        }
    }

    private void ReplaceKeys(List<HashSet<object?[]>> values)
    {
        foreach (var (key, kept) in keys.Zip(values))
        {
            key.Replace(kept);
        }
    }

    private void AddAll(IReadOnlyList<Batch> rows)
    {
        foreach (var batch in rows)
        {
            Add(batch);
        }
    }

    private void Add(Batch batch)
    {
        if (batch.RowCount == 0)
        {
            batch.Dispose();
            return;
        }

        _firstRows.Add(_rowCount);
        _batches.Add(batch);
        _rowCount += batch.RowCount;

        // Put together only what is about as long: every row is copied a number of times that grows with the logarithm of the table's length.
        while (_batches.Count > 1 && _batches[^2].RowCount <= 2 * _batches[^1].RowCount && _batches[^2].RowCount + _batches[^1].RowCount <= MaxBatchRows)
        {
            MergeLast();
        }
    }

    private void MergeLast()
    {
        using var store = new RowStore(types, pool);
        using var second = _batches[^1];
        using var first = _batches[^2];
        store.Append(first.Columns.AsSpan(), first.RowCount);
        store.Append(second.Columns.AsSpan(), second.RowCount);
        var count = store.Count;
        _batches.RemoveRange(_batches.Count - 2, 2);
        _firstRows.RemoveAt(_firstRows.Count - 1);
        _batches.Add(new Batch(store.Finish(), count));
    }

    /// <summary>Adds a batch of the generation before, less the rows that go.</summary>
    private void Keep(Batch batch, long firstRow, IReadOnlySet<long> without)
    {
        var kept = Enumerable.Range(0, batch.RowCount).Where(row => !without.Contains(firstRow + row)).ToArray();
        if (kept.Length == batch.RowCount)
        {
            Add(batch);
            return;
        }

        using (batch)
        {
            using var store = new RowStore(types, pool);
            store.Append(batch.Columns.AsSpan(), kept);
            Add(new Batch(store.Finish(), kept.Length));
        }
    }
}
