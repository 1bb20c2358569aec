using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns;

/// <summary>A column with a value in place for every row, and a validity bitmap when any may be NULL.</summary>
public abstract unsafe class FlatColumn : Column
{
    private protected FlatColumn(DataType type, int length, BufferSlice validity)
        : base(type, length)
    {
        Validity = validity;
    }

    /// <summary>A set bit is a value, a clear one NULL; none when every row has a value. Starts at bit 0.</summary>
    public BufferSlice Validity { get; }

    public override ColumnEncoding Encoding => ColumnEncoding.Flat;

    public override bool MayHaveNulls => !Validity.IsNone;

    public int CountNulls() => Validity.IsNone ? 0 : Length - Bitmap.CountSet(Validity.Pointer, Length);

    public override bool IsNull(int row) => !Validity.IsNone && !Bitmap.Get(Validity.Pointer, row);

    public override Column Flatten(MemoryPool pool) => Retain();

    /// <summary>The validity of the rows taken; none when all of them have values.</summary>
    private protected BufferSlice TakeValidity(ReadOnlySpan<int> rows, MemoryPool pool)
    {
        var hasMissing = rows.ContainsAnyInRange(int.MinValue, -1);
        if (Validity.IsNone && !hasMissing)
        {
            return default;
        }

        var bits = pool.Allocate(Bitmap.ByteCount(rows.Length), "validity");
        Bitmap.Fill(bits.Pointer, rows.Length, value: true);
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] < 0 || IsNull(rows[i]))
            {
                Bitmap.Clear(bits.Pointer, i);
            }
        }

        return new BufferSlice(bits);
    }

    private protected override void Free() => Validity.Release();
}
