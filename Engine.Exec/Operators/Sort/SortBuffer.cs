using System.Buffers.Binary;
using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Keys;

namespace Engine.Exec.Operators.Sort;

/// <summary>
/// Collects rows with their sort keys and puts them in order. A row's place in the input ends its key, so that equal rows keep the order in which
/// they came, whichever thread they came through. With a bound (TopN) no more than a small multiple of it is kept.
/// </summary>
internal sealed unsafe class SortBuffer : IDisposable
{
    private const int PlaceBytes = 8;
    private const int WatchedRows = 64;

    private readonly KeyEncoder _encoder;
    private readonly RowStore _rows;
    private readonly TextBuilder _keys;
    private readonly MemoryPool _pool;
    private readonly int? _bound;
    private ulong _place;

    /// <summary>The last key that can still be among the first rows, once the bound has been passed.</summary>
    private byte[]? _lastKey;

    public SortBuffer(ImmutableArray<KeyColumn> keys, IEnumerable<DataType> types, int? bound, MemoryPool pool)
    {
        _encoder = new KeyEncoder(keys, pool);
        _rows = new RowStore(types, pool);
        _keys = new TextBuilder(DataType.Varbinary, pool);
        _pool = pool;
        _bound = bound;
    }

    /// <summary>Learns the key of the last row that is kept, whenever the bound has been passed; null when nobody asks.</summary>
    public TopNThreshold? Threshold { get; init; }

    public int Count => _keys.Count;

    /// <summary>About what the rows take.</summary>
    public long ByteCount { get; private set; }

    /// <summary>The rows that follow come from this piece of the input.</summary>
    public void BeginMorsel(int morsel) => _place = (ulong)morsel << 32;

    /// <summary>Appends rows; the caller keeps the columns.</summary>
    public void Append(ReadOnlySpan<Column> keys, ReadOnlySpan<Column> columns, int rowCount)
    {
        using var kept = new RowIndexes(rowCount, _pool);
        var keptCount = 0;
        var encoded = _encoder.Encode(keys, rowCount);
        for (var row = 0; row < rowCount; row++)
        {
            var place = _place++;
            var key = encoded[row];
            if (_lastKey is not null && key.SequenceCompareTo(_lastKey) > 0)
            {
                continue;
            }

            var target = _keys.AppendUninitialized(key.Length + PlaceBytes);
            key.CopyTo(target);
            BinaryPrimitives.WriteUInt64BigEndian(target[key.Length..], place);
            _keys.CommitUninitialized();
            kept.Pointer[keptCount++] = row;
        }

        _rows.Append(columns, kept.Span[..keptCount]);
        ByteCount += rowCount == 0 ? 0 : (ColumnSize.Of(columns) + encoded.ByteCount) * keptCount / rowCount;
        if (_bound is { } bound && Count > MostKept(bound))
        {
            Truncate(bound);
        }
    }

    /// <summary>All rows, or as many as the bound asks for, in order; the buffer is empty again.</summary>
    public SortedRun Finish()
    {
        var rowCount = Count;
        ByteCount = 0;
        var keys = (TextColumn)_keys.Finish();
        var rows = new Batch([.. _rows.Finish(), keys], rowCount);
        try
        {
            return new SortedRun(rows, Order(keys, rowCount), Math.Min(rowCount, _bound ?? rowCount));
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _rows.Dispose();
        _keys.Dispose();
    }

    /// <summary>Rows kept before those behind the bound are dropped: few where a scan waits to hear how far it has to look.</summary>
    private long MostKept(int bound) => Threshold is null
        ? (2L * bound) + (4 * Batch.DefaultRowCount)
        : _lastKey is null ? bound : (2L * bound) + WatchedRows;

    private void Truncate(int count)
    {
        using var run = Finish();
        using var first = run.Read(0, count, _pool);
        ReadOnlySpan<Column> columns = first.Columns.AsSpan();
        var keys = (TextColumn)columns[^1];
        _rows.Append(columns[..^1], count);
        for (var row = 0; row < count; row++)
        {
            _keys.Append(keys.Bytes(row));
        }

        ByteCount = ColumnSize.Of(columns);
        Threshold?.Tighten(ColumnValue.Get(columns[Threshold.InputColumn], count - 1));
        _lastKey = count == 0 ? [] : keys.Bytes(count - 1)[..^PlaceBytes].ToArray();
    }

    private NativeBuffer Order(TextColumn keys, int rowCount)
    {
        var entries = _pool.Allocate((long)rowCount * sizeof(Entry), "sort order");
        try
        {
            var span = new Span<Entry>(entries.Pointer, rowCount);
            for (var row = 0; row < span.Length; row++)
            {
                span[row] = new Entry(SortedRun.PrefixOf(keys.Bytes(row)), row);
            }

            span.Sort(new ByKey(keys));
            var order = _pool.Allocate((long)rowCount * sizeof(int), "sort order");
            for (var i = 0; i < span.Length; i++)
            {
                ((int*)order.Pointer)[i] = span[i].Row;
            }

            return order;
        }
        finally
        {
            entries.Release();
        }
    }

    /// <summary>A row with the first eight bytes of its key, which mostly decide.</summary>
    private readonly record struct Entry(ulong Prefix, int Row);

    private readonly struct ByKey(TextColumn keys) : IComparer<Entry>
    {
        public int Compare(Entry x, Entry y) => x.Prefix != y.Prefix
            ? x.Prefix < y.Prefix ? -1 : 1
            : keys.Bytes(x.Row).SequenceCompareTo(keys.Bytes(y.Row));
    }
}
