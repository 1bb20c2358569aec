using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;

namespace Engine.Exec.Keys;

/// <summary>
/// Turns the key columns of a batch into one byte string a row, such that comparing the bytes compares the keys: for sorting, grouping, joining,
/// DISTINCT and the set operations alike. Each value is a NULL byte and then, big-endian with the sign flipped, its bits; strings are escaped and
/// ended; descending columns are inverted. NULLs are equal, NaNs are equal, and -0 is 0. (The idea of normalised keys: Graefe, "Implementing
/// Sorting in Database Systems", 2006.)
/// </summary>
public sealed unsafe class KeyEncoder : IDisposable
{
    private readonly ImmutableArray<KeyColumn> _columns;
    private readonly MemoryPool _pool;
    private readonly GrowingBuffer _bytes;
    private readonly GrowingBuffer _offsets;

    public KeyEncoder(ImmutableArray<KeyColumn> columns, MemoryPool pool)
    {
        _columns = columns;
        _pool = pool;
        _bytes = new GrowingBuffer(pool, "keys");
        _offsets = new GrowingBuffer(pool, "key offsets");
        FixedWidth = columns.All(column => KeyWidth.Of(column.Type) > 0) ? columns.Sum(column => KeyWidth.Of(column.Type) + 1) : 0;
    }

    /// <summary>Bytes of every key, or 0 when keys differ in length.</summary>
    public int FixedWidth { get; }

    /// <summary>The keys of the rows. They are valid until the next call.</summary>
    /// <param name="columns">Of the types and in the order given at construction, of any encoding.</param>
    /// <param name="rowCount">Rows of each.</param>
    public EncodedKeys Encode(ReadOnlySpan<Column> columns, int rowCount)
    {
        var flat = new Column[columns.Length];
        try
        {
            for (var i = 0; i < flat.Length; i++)
            {
                flat[i] = columns[i].Flatten(_pool);
            }

            return FixedWidth > 0 ? EncodeFixed(flat, rowCount) : EncodeVariable(flat, rowCount);
        }
        finally
        {
            foreach (var column in flat)
            {
                column?.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _offsets.Dispose();
    }

    private EncodedKeys EncodeFixed(Column[] columns, int rowCount)
    {
        _bytes.Ensure((long)FixedWidth * rowCount, 0);
        var target = _bytes.Pointer;
        for (var i = 0; i < columns.Length; i++)
        {
            KeyBytes.WriteFixed(columns[i], _columns[i], target, FixedWidth);
            target += KeyWidth.Of(_columns[i].Type) + 1;
        }

        return new EncodedKeys(_bytes.Pointer, null, FixedWidth, rowCount);
    }

    private EncodedKeys EncodeVariable(Column[] columns, int rowCount)
    {
        _offsets.Ensure((rowCount + 1L) * sizeof(long), 0);
        var offsets = (long*)_offsets.Pointer;
        new Span<long>(offsets, rowCount + 1).Clear();
        for (var i = 0; i < columns.Length; i++)
        {
            KeyBytes.AddLengths(columns[i], offsets + 1, rowCount);
        }

        for (var row = 0; row < rowCount; row++)
        {
            offsets[row + 1] += offsets[row];
        }

        _bytes.Ensure(offsets[rowCount], 0);
        WriteRows(columns, rowCount, offsets);
        return new EncodedKeys(_bytes.Pointer, offsets, 0, rowCount);
    }

    [SkipLocalsInit]
    private void WriteRows(Column[] columns, int rowCount, long* offsets)
    {
        for (var row = 0; row < rowCount; row++)
        {
            var target = _bytes.Pointer + offsets[row];
            for (var i = 0; i < columns.Length; i++)
            {
                target = KeyBytes.Write(columns[i], row, _columns[i], target);
            }
        }
    }
}

/// <summary>The keys of a batch.</summary>
public readonly unsafe struct EncodedKeys(byte* bytes, long* offsets, int width, int count)
{
    public int Width { get; } = width;

    public int Count { get; } = count;

    /// <summary>Bytes of all keys.</summary>
    public long ByteCount => offsets == null ? (long)Count * Width : offsets[Count];

    public byte* Pointer(int row) => bytes + (offsets == null ? (long)row * Width : offsets[row]);

    public int Length(int row) => offsets == null ? Width : checked((int)(offsets[row + 1] - offsets[row]));

    public ReadOnlySpan<byte> this[int row] => new(Pointer(row), Length(row));
}
