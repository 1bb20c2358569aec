using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns;

/// <summary>Arrays, and maps as arrays of key-value rows: row i holds the child's rows from offset i to offset i + 1.</summary>
public sealed unsafe class ListColumn : FlatColumn
{
    /// <summary>Takes the slices and one reference of the child over. There is one offset more than rows; the child is flat.</summary>
    public ListColumn(DataType type, int length, BufferSlice offsets, Column child, BufferSlice validity)
        : base(type, length, validity)
    {
        if (child is not FlatColumn)
        {
            throw new ArgumentException("items lie flat inside lists", nameof(child));
        }

        OffsetData = offsets;
        Child = child;
    }

    public BufferSlice OffsetData { get; }

    public Column Child { get; }

    public int* Offsets => (int*)OffsetData.Pointer;

    public int ItemCount(int row) => Offsets[row + 1] - Offsets[row];

    public override Column Slice(int offset, int length, MemoryPool pool) =>
        new ListColumn(Type, length, OffsetData.RetainFrom((long)offset * 4), Child.Retain(), Bitmap.Slice(Validity, offset, length, pool));

    public override Column Take(ReadOnlySpan<int> rows, MemoryPool pool)
    {
        var offsets = pool.Allocate((rows.Length + 1L) * 4, "offsets");
        var target = (int*)offsets.Pointer;
        long total = 0;
        target[0] = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            total += rows[i] < 0 || IsNull(rows[i]) ? 0 : ItemCount(rows[i]);
            target[i + 1] = checked((int)total);
        }

        var items = new int[total];
        var next = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var count = target[i + 1] - target[i];
            for (var k = 0; k < count; k++)
            {
                items[next++] = Offsets[rows[i]] + k;
            }
        }

        return new ListColumn(Type, rows.Length, new BufferSlice(offsets), Child.Take(items, pool), TakeValidity(rows, pool));
    }

    private protected override void Free()
    {
        OffsetData.Release();
        Child.Dispose();
        base.Free();
    }
}
