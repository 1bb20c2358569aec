using Engine.Core.Memory;

namespace Engine.Core.Columns;

/// <summary>One value for every row.</summary>
public sealed class ConstantColumn : Column
{
    /// <summary>Takes one reference of <paramref name="value"/>, a flat column of one row, over.</summary>
    public ConstantColumn(Column value, int length)
        : base(value.Type, length)
    {
        Value = value;
    }

    public Column Value { get; }

    public override ColumnEncoding Encoding => ColumnEncoding.Constant;

    public override bool MayHaveNulls => Value.IsNull(0);

    public override bool IsNull(int row) => Value.IsNull(0);

    public override Column Slice(int offset, int length, MemoryPool pool) => new ConstantColumn(Value.Retain(), length);

    public override Column Flatten(MemoryPool pool)
    {
        using var rows = RowIndexes.Repeat(0, Length, pool);
        return Value.Take(rows.Span, pool);
    }

    public override Column Take(ReadOnlySpan<int> rows, MemoryPool pool) =>
        rows.ContainsAnyInRange(int.MinValue, -1) ? TakeWithMissing(rows, pool) : new ConstantColumn(Value.Retain(), rows.Length);

    private protected override void Free() => Value.Dispose();

    private Column TakeWithMissing(ReadOnlySpan<int> rows, MemoryPool pool)
    {
        using var places = RowIndexes.Repeat(0, rows.Length, pool);
        for (var i = 0; i < rows.Length; i++)
        {
            places.Span[i] = Math.Min(rows[i], 0);
        }

        return Value.Take(places.Span, pool);
    }
}
