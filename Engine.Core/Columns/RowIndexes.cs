using Engine.Core.Memory;

namespace Engine.Core.Columns;

/// <summary>A list of row numbers in pooled native memory.</summary>
public sealed unsafe class RowIndexes : IDisposable
{
    private readonly NativeBuffer _buffer;

    public RowIndexes(int count, MemoryPool pool)
    {
        _buffer = pool.Allocate((long)count * sizeof(int), "row indexes");
        Count = count;
    }

    public int Count { get; }

    public int* Pointer => (int*)_buffer.Pointer;

    public Span<int> Span => new(Pointer, Count);

    /// <summary>The rows from <paramref name="first"/> on.</summary>
    public static RowIndexes Sequence(int first, int count, MemoryPool pool)
    {
        var rows = new RowIndexes(count, pool);
        for (var i = 0; i < count; i++)
        {
            rows.Pointer[i] = first + i;
        }

        return rows;
    }

    public static RowIndexes Repeat(int row, int count, MemoryPool pool)
    {
        var rows = new RowIndexes(count, pool);
        rows.Span.Fill(row);
        return rows;
    }

    public void Dispose() => _buffer.Release();
}
