using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns.Builders;

/// <summary>Grows a flat column row by row or by rows of other columns. Strings are copied in, so that the builder keeps no source alive.</summary>
public abstract class ColumnBuilder : IDisposable
{
    private protected ColumnBuilder(DataType type, MemoryPool pool)
    {
        Type = type;
        Pool = pool;
        Validity = new ValidityBuilder(pool);
    }

    public DataType Type { get; }

    /// <summary>Rows so far.</summary>
    public int Count { get; private protected set; }

    private protected MemoryPool Pool { get; }

    private protected ValidityBuilder Validity { get; }

    public static ColumnBuilder Create(DataType type, MemoryPool pool) => type.Layout switch
    {
        ColumnLayout.Bits => new BooleanBuilder(pool),
        ColumnLayout.Views => new TextBuilder(type, pool),
        ColumnLayout.List => new ListBuilder(type, pool),
        ColumnLayout.Struct => new StructBuilder((RowType)type, pool),
        _ => type.ByteWidth switch
        {
            1 => new FixedBuilder<sbyte>(type, pool),
            2 => new FixedBuilder<short>(type, pool),
            4 when type.Kind == TypeKind.Real => new FixedBuilder<float>(type, pool),
            4 => new FixedBuilder<int>(type, pool),
            8 when type.Kind == TypeKind.Double => new FixedBuilder<double>(type, pool),
            8 => new FixedBuilder<long>(type, pool),
            _ when type.Kind == TypeKind.Interval => new FixedBuilder<Interval>(type, pool),
            _ when type.Kind == TypeKind.Uuid => new FixedBuilder<UInt128>(type, pool),
            _ => new FixedBuilder<Int128>(type, pool),
        },
    };

    public void AppendNull()
    {
        Validity.AppendNull(Count);
        AppendDefault();
    }

    /// <summary>Appends rows of a column of the same type and of any encoding; a row of -1 is NULL.</summary>
    public void Append(Column source, ReadOnlySpan<int> rows)
    {
        if (source is FlatColumn)
        {
            AppendFlat(source, rows);
            return;
        }

        using var flat = source.Take(rows, Pool);
        using var values = flat.Flatten(Pool);
        using var all = RowIndexes.Sequence(0, rows.Length, Pool);
        AppendFlat(values, all.Span);
    }

    public abstract void AppendFlat(Column source, ReadOnlySpan<int> rows);

    /// <summary>Appends a value in its managed form (see <see cref="ColumnValue"/>); null is NULL.</summary>
    public void AppendValue(object? value)
    {
        if (value is null)
        {
            AppendNull();
        }
        else
        {
            AppendNonNull(value);
        }
    }

    /// <summary>The column of all rows so far; the builder is empty again.</summary>
    public Column Finish()
    {
        var column = Build(Validity.Take(Count));
        Count = 0;
        return column;
    }

    public virtual void Dispose()
    {
        Validity.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the last row, whose value was just appended, NULL.</summary>
    public void MakeLastNull() => Validity.AppendNull(Count - 1);

    private protected abstract void AppendDefault();

    private protected abstract void AppendNonNull(object value);

    private protected abstract Column Build(BufferSlice validity);
}
