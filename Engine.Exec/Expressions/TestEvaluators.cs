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
            using var values = Evaluate(context, part);
            using var rows = RowIndexes.Sequence(offset, length, context.Pool);
            result.Add(values, rows.Span);
        }

        return result.Build();
    }
}
