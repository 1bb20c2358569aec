using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Storage.Parquet.Writing;

/// <summary>
/// What a node of the schema holds for some rows: an entry for each of its values, and one for each NULL or empty list on the way to it. An entry has
/// the row of the node's column that it stands for, or -1 where the way ended before, and the levels that it has got so far.
/// </summary>
internal sealed unsafe class LevelFrame : IDisposable
{
    private const int BytesPerEntry = sizeof(int) + 2;

    private readonly NativeBuffer _buffer;

    /// <param name="count">Entries, not yet filled.</param>
    /// <param name="pool">Holds them.</param>
    public LevelFrame(int count, MemoryPool pool)
    {
        _buffer = pool.Allocate((long)count * BytesPerEntry, "parquet levels");
        Count = count;
        Rows = (int*)_buffer.Pointer;
        Definitions = _buffer.Pointer + (count * (long)sizeof(int));
        Repetitions = Definitions + count;
    }

    public int Count { get; }

    public int* Rows { get; }

    public byte* Definitions { get; }

    public byte* Repetitions { get; }

    /// <summary>The rows of a top-level column.</summary>
    public static LevelFrame OfRows(int first, int count, MemoryPool pool)
    {
        var frame = new LevelFrame(count, pool);
        for (var i = 0; i < count; i++)
        {
            frame.Rows[i] = first + i;
        }

        new Span<byte>(frame.Definitions, count * 2).Clear();
        return frame;
    }

    /// <summary>One level more where the column has a value; where it is NULL, the way ends.</summary>
    public void PassNulls(FlatColumn column)
    {
        if (column.Validity.IsNone)
        {
            for (var i = 0; i < Count; i++)
            {
                Definitions[i] += (byte)(Rows[i] >= 0 ? 1 : 0);
            }

            return;
        }

        for (var i = 0; i < Count; i++)
        {
            if (Rows[i] >= 0 && Bitmap.Get(column.Validity.Pointer, Rows[i]))
            {
                Definitions[i]++;
            }
            else
            {
                Rows[i] = -1;
            }
        }
    }

    /// <summary>The entries of the items; an empty list keeps an entry of its own, whose way ends.</summary>
    /// <param name="lists">Their column.</param>
    /// <param name="repetition">The level of every item but a list's first.</param>
    /// <param name="pool">Holds the entries.</param>
    public LevelFrame Items(ListColumn lists, int repetition, MemoryPool pool)
    {
        var count = 0L;
        for (var i = 0; i < Count; i++)
        {
            count += Rows[i] < 0 ? 1 : Math.Max(1, lists.ItemCount(Rows[i]));
        }

        var items = new LevelFrame(checked((int)count), pool);
        var next = 0;
        for (var i = 0; i < Count; i++)
        {
            var itemCount = Rows[i] < 0 ? 0 : lists.ItemCount(Rows[i]);
            items.Rows[next] = itemCount == 0 ? -1 : lists.Offsets[Rows[i]];
            items.Definitions[next] = (byte)(Definitions[i] + (itemCount == 0 ? 0 : 1));
            items.Repetitions[next++] = Repetitions[i];
            for (var k = 1; k < itemCount; k++)
            {
                items.Rows[next] = lists.Offsets[Rows[i]] + k;
                items.Definitions[next] = (byte)(Definitions[i] + 1);
                items.Repetitions[next++] = (byte)repetition;
            }
        }

        return items;
    }

    public LevelFrame Copy(MemoryPool pool)
    {
        var copy = new LevelFrame(Count, pool);
        Buffer.MemoryCopy(_buffer.Pointer, copy._buffer.Pointer, (long)Count * BytesPerEntry, (long)Count * BytesPerEntry);
        return copy;
    }

    /// <summary>Moves the rows that have values together; their number.</summary>
    public ReadOnlySpan<int> CompactRows()
    {
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            var row = Rows[i];
            Rows[count] = row;
            count += row >= 0 ? 1 : 0;
        }

        return new ReadOnlySpan<int>(Rows, count);
    }

    public void Dispose() => _buffer.Release();
}
