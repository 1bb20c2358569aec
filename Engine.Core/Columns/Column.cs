using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns;

/// <summary>
/// Rows of one type in native memory, immutable once built, in Arrow's buffer layout. Columns are shared by counting references: the maker
/// holds the first, <see cref="Retain"/> adds one, <see cref="Dispose"/> gives one back.
/// </summary>
public abstract class Column : IDisposable
{
    private int _references = 1;

    private protected Column(DataType type, int length)
    {
        Type = type;
        Length = length;
    }

    public DataType Type { get; }

    public int Length { get; }

    public abstract ColumnEncoding Encoding { get; }

    /// <summary>False when no row is NULL for certain; true when one may be.</summary>
    public abstract bool MayHaveNulls { get; }

    public abstract bool IsNull(int row);

    /// <summary>Rows <paramref name="offset"/> to <paramref name="offset"/> + <paramref name="length"/>, sharing the buffers.</summary>
    public abstract Column Slice(int offset, int length, MemoryPool pool);

    /// <summary>The same rows as a flat column: this one with a reference more when it is flat already.</summary>
    public abstract Column Flatten(MemoryPool pool);

    /// <summary>The rows at the given places, in that order; a place of -1 gives NULL.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows, MemoryPool pool);

    public Column Retain()
    {
        if (Interlocked.Increment(ref _references) <= 1)
        {
            throw new ObjectDisposedException(GetType().Name);
        }

        return this;
    }

    public void Dispose()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left == 0)
        {
            Free();
        }
        else if (left < 0)
        {
            throw new ObjectDisposedException(GetType().Name);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the buffers and child columns back.</summary>
    private protected abstract void Free();
}
