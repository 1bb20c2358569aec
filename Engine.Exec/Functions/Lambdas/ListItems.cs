using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Exec.Functions.Lambdas;

/// <summary>
/// The items of the arrays, or the entries of the maps, of a batch one behind the other, each with the row it belongs to. Items of NULL rows and items
/// outside of the batch's rows, which columns that were cut may hold, are not among them: no lambda may see those.
/// </summary>
internal sealed unsafe class ListItems : IDisposable
{
    private readonly RowIndexes _rows;
    private readonly NativeBuffer _offsets;
    private readonly MemoryPool _pool;

    public ListItems(Column column, MemoryPool pool)
    {
        _pool = pool;
        Lists = (ListColumn)column;
        _offsets = pool.Allocate((Lists.Length + 1L) * sizeof(int), "offsets");
        var total = 0;
        for (var row = 0; row < Lists.Length; row++)
        {
            Offsets[row] = total;
            total += Lists.IsNull(row) ? 0 : Lists.ItemCount(row);
        }

        Offsets[Lists.Length] = total;
        _rows = new RowIndexes(total, pool);
        for (var row = 0; row < Lists.Length; row++)
        {
            _rows.Span[Offsets[row]..Offsets[row + 1]].Fill(row);
        }

        Values = TakeValues(pool);
    }

    /// <summary>The arrays.</summary>
    public ListColumn Lists { get; }

    /// <summary>The items, flat; of maps rows of key and value.</summary>
    public Column Values { get; }

    public int Count => _rows.Count;

    /// <summary>The row of each item.</summary>
    public Span<int> Rows => _rows.Span;

    /// <summary>Where each row's items begin and, at the end, how many there are.</summary>
    public int* Offsets => (int*)_offsets.Pointer;

    public int CountOf(int row) => Offsets[row + 1] - Offsets[row];

    /// <summary>Arrays with other items in the places of these. Takes one reference of the items over.</summary>
    public ListColumn WithValues(Core.Types.DataType type, Column values) =>
        new(type, Lists.Length, new BufferSlice(_offsets.Retain()), values, Bitmap.Slice(Lists.Validity, 0, Lists.Length, _pool));

    public void Dispose()
    {
        Values.Dispose();
        _rows.Dispose();
        _offsets.Release();
    }

    private Column TakeValues(MemoryPool pool)
    {
        var first = Lists.Length == 0 ? 0 : Lists.Offsets[0];
        if (Lists.Length == 0 || Lists.Offsets[Lists.Length] - first == Count)
        {
            return first == 0 && Count == Lists.Child.Length ? Lists.Child.Retain() : Lists.Child.Slice(first, Count, pool);
        }

        using var places = new RowIndexes(Count, pool);
        for (var row = 0; row < Lists.Length; row++)
        {
            for (var i = 0; i < CountOf(row); i++)
            {
                places.Span[Offsets[row] + i] = Lists.Offsets[row] + i;
            }
        }

        return Lists.Child.Take(places.Span, pool);
    }
}
