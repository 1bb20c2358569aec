using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Rows;

/// <summary>A number for every row of a block, in native memory that may be written seven numbers past the last.</summary>
internal sealed unsafe class Numbers(int count, MemoryPool pool) : IDisposable
{
    private readonly NativeBuffer _buffer = pool.Allocate(count * (long)sizeof(long), "numbers");

    public int Count => count;

    public long* Pointer => (long*)_buffer.Pointer;

    public long this[int row]
    {
        get => Pointer[row];
        set => Pointer[row] = value;
    }

    /// <summary>The numbers as a column of integers, decimals without their point, or days.</summary>
    public FixedColumn ToColumn(DataType type)
    {
        if (type.ByteWidth == sizeof(long))
        {
            return new FixedColumn(type, count, new BufferSlice(_buffer.Retain()), default);
        }

        var values = pool.Allocate(count * (long)sizeof(int), "values");
        for (var row = 0; row < count; row++)
        {
            ((int*)values.Pointer)[row] = (int)Pointer[row];
        }

        return new FixedColumn(type, count, new BufferSlice(values), default);
    }

    /// <summary>The numbers as places in a list of words.</summary>
    public DictionaryColumn ToColumn(Column dictionary)
    {
        var ids = pool.Allocate(count, "dictionary ids");
        for (var row = 0; row < count; row++)
        {
            ids.Pointer[row] = (byte)Pointer[row];
        }

        return new DictionaryColumn(count, new BufferSlice(ids), idWidth: 1, dictionary.Retain(), default);
    }

    public void Dispose() => _buffer.Release();
}
