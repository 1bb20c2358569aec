using Engine.Core.Memory;

namespace Engine.Core.Columns.Builders;

/// <summary>Collects which rows are NULL; costs nothing until the first one is.</summary>
internal sealed unsafe class ValidityBuilder(MemoryPool pool) : IDisposable
{
    private readonly GrowingBuffer _bits = new(pool, "validity");
    private int _written;

    public bool HasNulls { get; private set; }

    /// <summary>Marks row <paramref name="row"/>, the next one of the builder, as NULL.</summary>
    public void AppendNull(int row)
    {
        FillTo(row);
        Bitmap.Clear(_bits.Pointer, row);
        HasNulls = true;
    }

    public BufferSlice Take(int rowCount)
    {
        if (!HasNulls)
        {
            return default;
        }

        FillTo(rowCount - 1);
        HasNulls = false;
        _written = 0;
        return _bits.Take();
    }

    public void Dispose() => _bits.Dispose();

    /// <summary>Makes every row up to <paramref name="row"/> that nobody marked a value.</summary>
    private void FillTo(int row)
    {
        var words = Bitmap.WordCount(row + 1);
        if (words > _written)
        {
            _bits.Ensure(words * 8L, _written * 8L);
            new Span<ulong>(_bits.Pointer + (_written * 8L), words - _written).Fill(ulong.MaxValue);
            _written = words;
        }
    }
}
