using System.Buffers.Binary;
using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Keys;

namespace Engine.Exec.Operators.Sort;

/// <summary>Collects rows with their sort keys and puts them in order. Equal keys keep the order in which rows came.</summary>
internal sealed unsafe class SortBuffer : IDisposable
{
    private readonly KeyEncoder _encoder;
    private readonly RowStore _rows;
    private readonly GrowingBuffer _keys;
    private readonly GrowingBuffer _ends;
    private readonly MemoryPool _pool;
    private long _keyBytes;

    public SortBuffer(ImmutableArray<KeyColumn> keys, ImmutableArray<DataType> types, MemoryPool pool)
    {
        _encoder = new KeyEncoder(keys, pool);
        _rows = new RowStore(types, pool);
        _keys = new GrowingBuffer(pool, "sort keys");
        _ends = new GrowingBuffer(pool, "sort keys");
        _pool = pool;
    }

    public int Count => _rows.Count;

    /// <summary>Appends rows; the caller keeps the columns.</summary>
    public void Append(ReadOnlySpan<Column> keys, ReadOnlySpan<Column> columns, int rowCount)
    {
        var encoded = _encoder.Encode(keys, rowCount);
        var first = _rows.Count;
        _rows.Append(columns, rowCount);
        _ends.Ensure(_rows.Count * 8L, first * 8L);
        for (var row = 0; row < rowCount; row++)
        {
            // Eight bytes past each key may be read, as the order looks at whole words first.
            var key = encoded[row];
            _keys.Ensure(_keyBytes + key.Length + 8, _keyBytes);
            key.CopyTo(new Span<byte>(_keys.Pointer + _keyBytes, key.Length));
            _keyBytes += key.Length;
            ((long*)_ends.Pointer)[first + row] = _keyBytes;
        }
    }

    /// <summary>Keeps only the first rows of the order.</summary>
    public void Truncate(int count)
    {
        var keys = _keys.Pointer;
        var ends = (long*)_ends.Pointer;
        var order = Order();
        using var kept = new SortedRows(_rows.Finish(), order[..Math.Min(count, order.Length)]);
        using var part = kept.Read(0, kept.RowCount, _pool);
        _rows.Append([.. part.Columns], part.RowCount);

        // The kept keys move into new buffers, in order.
        using var oldKeys = _keys.Take().AsDisposable();
        using var oldEnds = _ends.Take().AsDisposable();
        _keyBytes = 0;
        foreach (var row in kept.Order)
        {
            var start = row == 0 ? 0 : ends[row - 1];
            var length = (int)(ends[row] - start);
            _keys.Ensure(_keyBytes + length + 8, _keyBytes);
            new Span<byte>(keys + start, length).CopyTo(new Span<byte>(_keys.Pointer + _keyBytes, length));
            _keyBytes += length;
        }

        RebuildEnds(kept.Order, ends);
    }

    /// <summary>All rows in order; the buffer is empty again.</summary>
    public SortedRows Finish()
    {
        var order = Order();
        _keys.Dispose();
        _ends.Dispose();
        _keyBytes = 0;
        return new SortedRows(_rows.Finish(), order);
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _rows.Dispose();
        _keys.Dispose();
        _ends.Dispose();
    }

    private void RebuildEnds(int[] order, long* oldEnds)
    {
        long end = 0;
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[i];
            end += oldEnds[row] - (row == 0 ? 0 : oldEnds[row - 1]);
            _ends.Ensure((i + 1) * 8L, i * 8L);
            ((long*)_ends.Pointer)[i] = end;
        }
    }

    private int[] Order()
    {
        var entries = new Entry[Count];
        var ends = (long*)_ends.Pointer;
        for (var row = 0; row < entries.Length; row++)
        {
            var start = row == 0 ? 0 : ends[row - 1];
            var prefix = KeyHash.Tail(_keys.Pointer + start, (int)Math.Min(8, ends[row] - start));
            entries[row] = new Entry(BinaryPrimitives.ReverseEndianness(prefix), row);
        }

        entries.AsSpan().Sort(new ByKey((nint)_keys.Pointer, (nint)ends));
        var order = new int[entries.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = entries[i].Row;
        }

        return order;
    }

    /// <summary>A row with the first eight bytes of its key, which mostly decide.</summary>
    private readonly record struct Entry(ulong Prefix, int Row);

    private readonly struct ByKey(nint keys, nint ends) : IComparer<Entry>
    {
        public int Compare(Entry x, Entry y)
        {
            if (x.Prefix != y.Prefix)
            {
                return x.Prefix < y.Prefix ? -1 : 1;
            }

            var sign = KeyOf(x.Row).SequenceCompareTo(KeyOf(y.Row));
            return sign != 0 ? sign : x.Row.CompareTo(y.Row);
        }

        private ReadOnlySpan<byte> KeyOf(int row)
        {
            var allEnds = (long*)ends;
            var start = row == 0 ? 0 : allEnds[row - 1];
            return new ReadOnlySpan<byte>((byte*)keys + start, (int)(allEnds[row] - start));
        }
    }
}

/// <summary>Rows and the order to read them in.</summary>
internal sealed class SortedRows(ImmutableArray<Column> columns, int[] order) : IDisposable
{
    public int RowCount => order.Length;

    public int[] Order => order;

    public Batch Read(int start, int length, MemoryPool pool)
    {
        var result = ImmutableArray.CreateBuilder<Column>(columns.Length);
        foreach (var column in columns)
        {
            result.Add(column.Take(order.AsSpan(start, length), pool));
        }

        return new Batch(result.MoveToImmutable(), length);
    }

    public void Dispose()
    {
        foreach (var column in columns)
        {
            column.Dispose();
        }
    }
}
