using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Exec.Expressions;

/// <summary>Evaluation for some rows of a batch only, as guards demand.</summary>
internal static class PartialEvaluation
{
    /// <summary>A column of the batch's length with the term's value in the given ascending rows and NULL in all others.</summary>
    public static Column Evaluate(EvaluationContext context, Batch batch, Evaluator term, ReadOnlySpan<int> rows)
    {
        using var places = RowIndexes.Repeat(-1, batch.RowCount, context.Pool);
        for (var i = 0; i < rows.Length; i++)
        {
            places.Span[rows[i]] = i;
        }

        using var values = EvaluateRows(context, batch, term, rows);
        return values.Take(places.Span, context.Pool);
    }

    /// <summary>The term's values for the given rows, one after another.</summary>
    public static Column EvaluateRows(EvaluationContext context, Batch batch, Evaluator term, ReadOnlySpan<int> rows)
    {
        using var part = TakeRows(batch, rows, context.Pool);
        return term.Evaluate(context, part);
    }

    private static Batch TakeRows(Batch batch, ReadOnlySpan<int> rows, MemoryPool pool)
    {
        var columns = ImmutableArray.CreateBuilder<Column>(batch.Columns.Length);
        foreach (var column in batch.Columns)
        {
            columns.Add(column.Take(rows, pool));
        }

        return new Batch(columns.MoveToImmutable(), rows.Length);
    }
}
