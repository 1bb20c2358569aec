using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns.Builders;

/// <summary>Builds a boolean column.</summary>
public sealed unsafe class BooleanBuilder(MemoryPool pool) : ColumnBuilder(DataType.Boolean, pool)
{
    private readonly GrowingBuffer _bits = new(pool, "booleans");

    public void Append(bool value)
    {
        if ((Count & 63) == 0)
        {
            var used = Bitmap.ByteCount(Count);
            _bits.Ensure(used + 8L, used);
            *(ulong*)(_bits.Pointer + used) = 0;
        }

        if (value)
        {
            Bitmap.Set(_bits.Pointer, Count);
        }

        Count++;
    }

    public override void AppendFlat(Column source, ReadOnlySpan<int> rows)
    {
        var values = (BooleanColumn)source;
        foreach (var row in rows)
        {
            if (row < 0 || values.IsNull(row))
            {
                AppendNull();
            }
            else
            {
                Append(values[row]);
            }
        }
    }

    public override void Dispose()
    {
        _bits.Dispose();
        base.Dispose();
    }

    private protected override void AppendDefault() => Append(false);

    private protected override void AppendNonNull(object value) => Append((bool)value);

    private protected override Column Build(BufferSlice validity) => new BooleanColumn(Count, _bits.Take(), validity);
}
