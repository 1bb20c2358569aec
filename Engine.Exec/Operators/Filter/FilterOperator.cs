using Engine.Core.Columns;
using Engine.Core.Expressions;
using Engine.Exec.Expressions;
using Engine.Exec.Pipelines;

namespace Engine.Exec.Operators.Filter;

/// <summary>Selects the rows for which the predicate is true; rows are not moved.</summary>
internal sealed class FilterOperator(Expression predicate, QueryContext execution, IBatchSink next) : Operator(next)
{
    private readonly Evaluator _predicate = execution.Compiler.Compile(predicate);

    public override bool Push(Batch batch)
    {
        // Rows that are out already must neither raise errors nor come back.
        batch = batch.Compact(execution.Pool);
        Selection selection;
        try
        {
            using var verdict = _predicate.Evaluate(execution.Evaluation, batch);
            using var result = BooleanResult.Of(verdict, execution.Pool);
            selection = new Selection(result.True.Retain(), batch.RowCount, execution.Pool);
        }
        catch
        {
            batch.Dispose();
            throw;
        }

        if (selection.Count == 0)
        {
            selection.Dispose();
            batch.Dispose();
            return true;
        }

        if (selection.Count == batch.RowCount)
        {
            selection.Dispose();
            return Next.Push(batch);
        }

        return Next.Push(new Batch(batch.Columns, batch.RowCount, selection));
    }

    public override void Dispose()
    {
        _predicate.Dispose();
        base.Dispose();
    }
}
