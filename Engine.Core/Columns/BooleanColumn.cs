using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns;

/// <summary>One bit a value.</summary>
public sealed unsafe class BooleanColumn : FlatColumn
{
    /// <summary>Takes the slices over.</summary>
    public BooleanColumn(int length, BufferSlice bits, BufferSlice validity)
        : base(DataType.Boolean, length, validity)
    {
        Bits = bits;
    }

    /// <summary>The values from bit 0 on; those of NULL rows and behind the last row are unspecified.</summary>
    public BufferSlice Bits { get; }

    public bool this[int row] => Bitmap.Get(Bits.Pointer, row);

    public override Column Slice(int offset, int length, MemoryPool pool) =>
        new BooleanColumn(length, Bitmap.Slice(Bits, offset, length, pool), Bitmap.Slice(Validity, offset, length, pool));

    public override Column Take(ReadOnlySpan<int> rows, MemoryPool pool)
    {
        var bits = pool.Allocate(Bitmap.ByteCount(rows.Length), "booleans");
        Bitmap.Fill(bits.Pointer, rows.Length, value: false);
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= 0 && this[rows[i]])
            {
                Bitmap.Set(bits.Pointer, i);
            }
        }

        return new BooleanColumn(rows.Length, new BufferSlice(bits), TakeValidity(rows, pool));
    }

    private protected override void Free()
    {
        Bits.Release();
        base.Free();
    }
}
