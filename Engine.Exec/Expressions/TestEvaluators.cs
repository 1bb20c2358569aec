using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Exec.Expressions;

/// <summary>IS NULL and IS NOT NULL.</summary>
internal sealed unsafe class IsNullEvaluator(Evaluator operand, bool isNegated) : Evaluator(DataType.Boolean)
{
    public override Column Evaluate(EvaluationContext context, Batch batch)
    {
        using var values = operand.Evaluate(context, batch);
        if (!values.MayHaveNulls || values is ConstantColumn)
        {
            var isNull = values.MayHaveNulls && values.Length > 0 && values.IsNull(0);
            return ColumnValue.ToConstant(DataType.Boolean, isNull != isNegated, batch.RowCount, context.Pool);
        }

        var bits = context.Pool.AllocateCleared(Bitmap.ByteCount(batch.RowCount), "booleans");
        for (var row = 0; row < batch.RowCount; row++)
        {
            if (values.IsNull(row) != isNegated)
            {
                Bitmap.Set(bits.Pointer, row);
            }
        }

        return new BooleanColumn(batch.RowCount, new BufferSlice(bits), default);
    }

    public override void Dispose()
    {
        operand.Dispose();
        base.Dispose();
    }
}

/// <summary>TRY: rows that raise a data error become NULL. The batch runs whole; only when that fails row by row.</summary>
internal sealed class TryEvaluator(Evaluator operand) : Evaluator(operand.Type)
{
    private static readonly ImmutableArray<ErrorCode> Caught =
    [
        ErrorCodes.DivisionByZero, ErrorCodes.NumericValueOutOfRange, ErrorCodes.InvalidTextRepresentation, ErrorCodes.InvalidDatetimeFormat,
        ErrorCodes.DatetimeFieldOverflow, ErrorCodes.InvalidParameterValue, ErrorCodes.StringDataRightTruncation, ErrorCodes.ArraySubscriptError,
        ErrorCodes.InvalidRegularExpression, ErrorCodes.InvalidEncoding, ErrorCodes.InvalidEscapeSequence,
    ];

    public override Column Evaluate(EvaluationContext context, Batch batch)
    {
        try
        {
            return operand.Evaluate(context, batch);
        }
        catch (QueryException error) when (Caught.Contains(error.Code))
        {
            return EvaluateByHalves(context, batch);
        }
    }

    public override void Dispose()
    {
        operand.Dispose();
        base.Dispose();
    }

    /// <summary>Splits until the failing rows are alone: cheap when few rows fail.</summary>
    private Column EvaluateByHalves(EvaluationContext context, Batch batch)
    {
        if (batch.RowCount == 1)
        {
            return ColumnValue.ToConstant(Type, null, 1, context.Pool);
        }

        using var result = new ChoiceResult(Type, batch.RowCount, context.Pool);
        var half = batch.RowCount / 2;
        foreach (var (offset, length) in ((int, int)[])[(0, half), (half, batch.RowCount - half)])
        {
            using var part = batch.Slice(offset, length, context.Pool);
            result.Add(Evaluate(context, part), Enumerable.Range(offset, length).ToArray());
        }

        return result.Build();
    }
}

/// <summary>IN over a list of constants, by a set; an unmatched row is NULL when the list has a NULL.</summary>
internal sealed unsafe class InSetEvaluator(Evaluator operand, ImmutableArray<object?> items) : Evaluator(DataType.Boolean)
{
    private readonly HashSet<ConstantKey> _items = [.. items.OfType<object>().Select(item => new ConstantKey(item))];
    private readonly bool _hasNull = items.Contains(null);

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

        using var flat = values.Flatten(context.Pool);
        return Test(context, flat);
    }

    public override void Dispose()
    {
        operand.Dispose();
        base.Dispose();
    }

    private BooleanColumn Test(EvaluationContext context, Column values)
    {
        var bits = context.Pool.AllocateCleared(Bitmap.ByteCount(values.Length), "booleans");
        var validity = context.Pool.Allocate(Bitmap.ByteCount(values.Length), "validity");
        Bitmap.Fill(validity.Pointer, values.Length, value: true);
        for (var row = 0; row < values.Length; row++)
        {
            if (!values.IsNull(row) && _items.Contains(new ConstantKey(ColumnValue.Get(values, row)!)))
            {
                Bitmap.Set(bits.Pointer, row);
            }
            else if (_hasNull || values.IsNull(row))
            {
                Bitmap.Clear(validity.Pointer, row);
            }
        }

        return new BooleanColumn(values.Length, new BufferSlice(bits), new BufferSlice(validity));
    }

    /// <summary>A managed value with SQL's equality.</summary>
    private readonly struct ConstantKey(object value) : IEquatable<ConstantKey>
    {
        private readonly object _value = value is double and 0.0 ? 0.0 : value;

        public bool Equals(ConstantKey other) => Core.Expressions.LiteralValue.AreEqual(_value, other._value);

        public override bool Equals(object? obj) => obj is ConstantKey other && Equals(other);

        public override int GetHashCode() => _value is byte[] bytes ? bytes.Length : _value.GetHashCode();
    }
}
