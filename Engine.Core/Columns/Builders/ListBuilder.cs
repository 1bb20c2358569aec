using System.Collections;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns.Builders;

/// <summary>Builds arrays and maps: append the items to <see cref="Items"/>, then close the row.</summary>
public sealed unsafe class ListBuilder : ColumnBuilder
{
    private readonly GrowingBuffer _offsets;

    public ListBuilder(DataType type, MemoryPool pool)
        : base(type, pool)
    {
        _offsets = new GrowingBuffer(pool, "offsets");
        Items = Create(type is MapType map ? map.Entry : ((ArrayType)type).Element, pool);
        StartOffsets();
    }

    /// <summary>The items of all rows; for a map its entries as rows of key and value.</summary>
    public ColumnBuilder Items { get; }

    /// <summary>Ends a row that holds the items appended since the last row ended.</summary>
    public void EndRow()
    {
        Count++;
        _offsets.Ensure((Count + 1L) * 4, Count * 4L);
        ((int*)_offsets.Pointer)[Count] = Items.Count;
    }

    public override void AppendFlat(Column source, ReadOnlySpan<int> rows)
    {
        var lists = (ListColumn)source;
        foreach (var row in rows)
        {
            if (row < 0 || lists.IsNull(row))
            {
                AppendNull();
                continue;
            }

            var items = new int[lists.ItemCount(row)];
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = lists.Offsets[row] + i;
            }

            Items.Append(lists.Child, items);
            EndRow();
        }
    }

    public override void Dispose()
    {
        _offsets.Dispose();
        Items.Dispose();
        base.Dispose();
    }

    private protected override void AppendDefault() => EndRow();

    private protected override void AppendNonNull(object value)
    {
        foreach (var item in (IEnumerable)value)
        {
            Items.AppendValue(item);
        }

        EndRow();
    }

    private protected override Column Build(BufferSlice validity)
    {
        var column = new ListColumn(Type, Count, _offsets.Take(), Items.Finish(), validity);
        StartOffsets();
        return column;
    }

    private void StartOffsets()
    {
        _offsets.Ensure(sizeof(int), 0);
        *(int*)_offsets.Pointer = 0;
    }
}
