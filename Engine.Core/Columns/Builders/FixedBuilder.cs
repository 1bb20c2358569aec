using System.Runtime.CompilerServices;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns.Builders;

/// <summary>Builds a column of fixed-width values. <typeparamref name="T"/> is the stored form: <see cref="long"/> for bigint, timestamps and compact decimals.</summary>
public sealed unsafe class FixedBuilder<T> : ColumnBuilder
    where T : unmanaged
{
    private readonly GrowingBuffer _values;

    public FixedBuilder(DataType type, MemoryPool pool)
        : base(type, pool)
    {
        if (sizeof(T) != type.ByteWidth)
        {
            throw new ArgumentException($"{type} is not stored as {typeof(T).Name}", nameof(type));
        }

        _values = new GrowingBuffer(pool, "values");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(T value)
    {
        _values.Ensure((Count + 1L) * sizeof(T), (long)Count * sizeof(T));
        ((T*)_values.Pointer)[Count++] = value;
    }

    public override void AppendFlat(Column source, ReadOnlySpan<int> rows)
    {
        _values.Ensure((Count + (long)rows.Length) * sizeof(T), (long)Count * sizeof(T));
        var from = ((FixedColumn)source).Pointer<T>();
        var to = (T*)_values.Pointer;
        var mayHaveNulls = source.MayHaveNulls;
        foreach (var row in rows)
        {
            if (row < 0 || (mayHaveNulls && source.IsNull(row)))
            {
                AppendNull();
            }
            else
            {
                to[Count++] = from[row];
            }
        }
    }

    public override void Dispose()
    {
        _values.Dispose();
        base.Dispose();
    }

    private protected override void AppendDefault() => Append(default);

    private protected override void AppendNonNull(object value)
    {
        if (Type is DecimalType { IsCompact: true })
        {
            value = (long)(Int128)value;
        }

        Append((T)value);
    }

    private protected override Column Build(BufferSlice validity) => new FixedColumn(Type, Count, _values.Take(), validity);
}
