using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Expressions;

namespace Engine.Exec.Expressions;

/// <summary>A part of an expression that is evaluated only for the rows that reach it: a branch of CASE, a guarded term of AND.</summary>
internal sealed class PartialEvaluator : IDisposable
{
    private readonly Evaluator _evaluator;
    private readonly ImmutableArray<int> _columns;

    public PartialEvaluator(Expression expression, ExpressionCompiler compiler)
    {
        _evaluator = compiler.Compile(expression);
        _columns = [.. expression.ReferencedColumns()];
        CanFail = expression.CanFail();
    }

    public bool CanFail { get; }

    /// <summary>The values of all rows.</summary>
    public Column Evaluate(EvaluationContext context, Batch batch) => _evaluator.Evaluate(context, batch);

    /// <summary>The values of the given ascending rows, one after another.</summary>
    public Column EvaluateRows(EvaluationContext context, Batch batch, ReadOnlySpan<int> rows)
    {
        if (rows.Length == batch.RowCount)
        {
            return _evaluator.Evaluate(context, batch);
        }

        using var part = TakeRows(context, batch, rows);
        return _evaluator.Evaluate(context, part);
    }

    /// <summary>A column of the batch's length with the values of the given ascending rows in their places and NULL in all others.</summary>
    public Column EvaluateInPlace(EvaluationContext context, Batch batch, ReadOnlySpan<int> rows)
    {
        using var places = RowIndexes.Repeat(-1, batch.RowCount, context.Pool);
        for (var i = 0; i < rows.Length; i++)
        {
            places.Span[rows[i]] = i;
        }

        using var values = EvaluateRows(context, batch, rows);
        return values.Take(places.Span, context.Pool);
    }

    public void Dispose() => _evaluator.Dispose();

    /// <summary>The rows of the columns that are read; the others only keep the places and stay as long as they are.</summary>
    private Batch TakeRows(EvaluationContext context, Batch batch, ReadOnlySpan<int> rows)
    {
        var columns = ImmutableArray.CreateBuilder<Column>(batch.Columns.Length);
        for (var i = 0; i < batch.Columns.Length; i++)
        {
            columns.Add(_columns.Contains(i) ? batch[i].Take(rows, context.Pool) : batch[i].Retain());
        }

        return new Batch(columns.MoveToImmutable(), rows.Length);
    }
}
