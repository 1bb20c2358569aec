using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Exec.Expressions;

/// <summary>A column of the input.</summary>
internal sealed class ColumnEvaluator(int column, DataType type) : Evaluator(type)
{
    public override Column Evaluate(EvaluationContext context, Batch batch) => batch[column].Retain();
}

/// <summary>A literal.</summary>
internal sealed class ConstantEvaluator(object? value, DataType type) : Evaluator(type)
{
    private Column? _value;

    public override Column Evaluate(EvaluationContext context, Batch batch)
    {
        if (_value is null)
        {
            using var constant = ColumnValue.ToConstant(Type, value, 1, context.Pool);
            _value = ((ConstantColumn)constant).Value.Retain();
        }

        return new ConstantColumn(_value.Retain(), batch.RowCount);
    }

    public override void Dispose()
    {
        _value?.Dispose();
        base.Dispose();
    }
}
