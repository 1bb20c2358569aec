using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Exec.Expressions;

/// <summary>CASE: conditions in turn, each for the rows still open, and each result for the rows that chose it.</summary>
internal sealed class CaseEvaluator(
    ImmutableArray<PartialEvaluator> conditions, ImmutableArray<PartialEvaluator> results, PartialEvaluator otherwise, DataType type) : Evaluator(type)
{
    public override Column Evaluate(EvaluationContext context, Batch batch)
    {
        using var result = new ChoiceResult(Type, batch.RowCount, context.Pool);
        using var open = RowIndexes.Sequence(0, batch.RowCount, context.Pool);
        using var chosen = new RowIndexes(batch.RowCount, context.Pool);
        var openRows = open.Span;
        for (var i = 0; i < conditions.Length && !openRows.IsEmpty; i++)
        {
            using var condition = conditions[i].EvaluateRows(context, batch, openRows);
            using var verdict = BooleanResult.Of(condition, context.Pool);
            var chosenCount = Choose(ref openRows, verdict, chosen.Span);
            Add(result, results[i], context, batch, chosen.Span[..chosenCount]);
        }

        Add(result, otherwise, context, batch, openRows);
        return result.Build();
    }

    public override void Dispose()
    {
        foreach (var evaluator in conditions.Concat(results).Append(otherwise))
        {
            evaluator.Dispose();
        }

        base.Dispose();
    }

    private static void Add(ChoiceResult result, PartialEvaluator branch, EvaluationContext context, Batch batch, ReadOnlySpan<int> rows)
    {
        if (!rows.IsEmpty)
        {
            using var values = branch.EvaluateRows(context, batch, rows);
            result.Add(values, rows);
        }
    }

    /// <summary>Moves the open rows that meet the condition over.</summary>
    private static unsafe int Choose(ref Span<int> open, in BooleanResult verdict, Span<int> chosen)
    {
        var chosenCount = 0;
        var left = 0;
        for (var i = 0; i < open.Length; i++)
        {
            if (Bitmap.Get(verdict.True.Pointer, i))
            {
                chosen[chosenCount++] = open[i];
            }
            else
            {
                open[left++] = open[i];
            }
        }

        open = open[..left];
        return chosenCount;
    }
}

/// <summary>COALESCE: each argument for the rows that are still NULL.</summary>
internal sealed class CoalesceEvaluator(ImmutableArray<PartialEvaluator> arguments, DataType type) : Evaluator(type)
{
    public override Column Evaluate(EvaluationContext context, Batch batch)
    {
        using var result = new ChoiceResult(Type, batch.RowCount, context.Pool);
        using var open = RowIndexes.Sequence(0, batch.RowCount, context.Pool);
        using var present = new RowIndexes(batch.RowCount, context.Pool);
        using var presentRows = new RowIndexes(batch.RowCount, context.Pool);
        var openRows = open.Span;
        foreach (var argument in arguments)
        {
            if (openRows.IsEmpty)
            {
                break;
            }

            using var values = argument.EvaluateRows(context, batch, openRows);
            if (!values.MayHaveNulls)
            {
                result.Add(values, openRows);
                break;
            }

            var presentCount = 0;
            var left = 0;
            for (var i = 0; i < openRows.Length; i++)
            {
                if (values.IsNull(i))
                {
                    openRows[left++] = openRows[i];
                }
                else
                {
                    present.Span[presentCount] = i;
                    presentRows.Span[presentCount++] = openRows[i];
                }
            }

            openRows = openRows[..left];
            using var taken = values.Take(present.Span[..presentCount], context.Pool);
            result.Add(taken, presentRows.Span[..presentCount]);
        }

        return result.Build();
    }

    public override void Dispose()
    {
        foreach (var argument in arguments)
        {
            argument.Dispose();
        }

        base.Dispose();
    }
}
