using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Keys;

namespace Engine.Exec.Expressions;

/// <summary>IN over a list of constants, by a table of their keys; an unmatched row is NULL when the list has a NULL.</summary>
internal sealed unsafe class InSetEvaluator(Evaluator operand, ImmutableArray<object?> items) : Evaluator(DataType.Boolean)
{
    private readonly bool _hasNull = items.Contains(null);
    private KeyEncoder? _encoder;
    private KeyTable? _table;

    public override Column Evaluate(EvaluationContext context, Batch batch)
    {
        using var values = operand.Evaluate(context, batch);
        if (values is DictionaryColumn rows && rows.Dictionary.Length <= batch.RowCount)
        {
            var entries = Test(context, rows.Dictionary);
            return new DictionaryColumn(batch.RowCount, rows.Ids.Retain(), rows.IdWidth, entries, rows.Validity.Retain());
        }

        if (values is ConstantColumn constant)
        {
            return new ConstantColumn(Test(context, constant.Value), batch.RowCount);
        }

        return Test(context, values);
    }

    public override void Dispose()
    {
        operand.Dispose();
        _encoder?.Dispose();
        _table?.Dispose();
        base.Dispose();
    }

    private BooleanColumn Test(EvaluationContext context, Column values)
    {
        var table = _table ?? BuildTable(context.Pool);
        using var keys = new RowIndexes(values.Length, context.Pool);
        table.Find(_encoder!.Encode([values], values.Length), keys.Span);
        var bits = context.Pool.AllocateCleared(Bitmap.ByteCount(values.Length), "booleans");
        var validity = context.Pool.Allocate(Bitmap.ByteCount(values.Length), "validity");
        Bitmap.Fill(validity.Pointer, values.Length, value: true);
        var mayHaveNulls = values.MayHaveNulls;
        for (var row = 0; row < values.Length; row++)
        {
            var isNull = mayHaveNulls && values.IsNull(row);
            if (keys.Span[row] >= 0 && !isNull)
            {
                Bitmap.Set(bits.Pointer, row);
            }
            else if (_hasNull || isNull)
            {
                Bitmap.Clear(validity.Pointer, row);
            }
        }

        return new BooleanColumn(values.Length, new BufferSlice(bits), new BufferSlice(validity));
    }

    private KeyTable BuildTable(MemoryPool pool)
    {
        _encoder = new KeyEncoder([new KeyColumn(operand.Type)], pool);
        _table = new KeyTable(_encoder.FixedWidth, pool);
        using var builder = ColumnBuilder.Create(operand.Type, pool);
        foreach (var item in items)
        {
            if (item is not null)
            {
                builder.AppendValue(item);
            }
        }

        using var column = builder.Finish();
        using var ids = new RowIndexes(column.Length, pool);
        _table.FindOrAdd(_encoder.Encode([column], column.Length), ids.Span, []);
        return _table;
    }
}
