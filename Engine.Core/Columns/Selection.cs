using System.Numerics;
using Engine.Core.Memory;

namespace Engine.Core.Columns;

/// <summary>Which rows of a batch are still in: bitmap words, and on demand the list of row numbers.</summary>
public sealed unsafe class Selection : IDisposable
{
    private readonly NativeBuffer _words;
    private readonly MemoryPool _pool;
    private RowIndexes? _rows;

    /// <summary>Takes the buffer over: a bit for each of <paramref name="rowCount"/> rows, and clear bits behind them.</summary>
    public Selection(NativeBuffer words, int rowCount, MemoryPool pool)
    {
        _words = words;
        _pool = pool;
        RowCount = rowCount;
        Count = Bitmap.CountSet(words.Pointer, rowCount);
    }

    /// <summary>All rows.</summary>
    public static Selection All(int rowCount, MemoryPool pool)
    {
        var words = pool.Allocate(Bitmap.ByteCount(rowCount), "booleans");
        Bitmap.Fill(words.Pointer, rowCount, value: true);
        return new Selection(words, rowCount, pool);
    }

    /// <summary>Rows of the batch, in or out.</summary>
    public int RowCount { get; }

    /// <summary>Rows that are in.</summary>
    public int Count { get; }

    public byte* Bits => _words.Pointer;

    /// <summary>The numbers of the rows that are in, ascending.</summary>
    public ReadOnlySpan<int> Rows => (_rows ??= ListRows()).Span;

    /// <summary>The rows that are in both, of the same batch; both are used up.</summary>
    public Selection Intersect(Selection other)
    {
        using (this)
        using (other)
        {
            Bitmap.And(Bits, other.Bits, Bits, RowCount);
            return new Selection(_words.Retain(), RowCount, _pool);
        }
    }

    public void Dispose()
    {
        _words.Release();
        _rows?.Dispose();
    }

    private RowIndexes ListRows()
    {
        var rows = new RowIndexes(Count, _pool);
        var target = rows.Pointer;
        var words = (ulong*)_words.Pointer;
        for (var i = 0; i < Bitmap.WordCount(RowCount); i++)
        {
            for (var word = words[i]; word != 0; word &= word - 1)
            {
                *target++ = (i << 6) + BitOperations.TrailingZeroCount(word);
            }
        }

        return rows;
    }
}
