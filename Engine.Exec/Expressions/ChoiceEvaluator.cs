using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Expressions;

/// <summary>Collects, for each row of a batch, the value of the branch that was chosen for it.</summary>
internal sealed class ChoiceResult(DataType type, int rowCount, MemoryPool pool) : IDisposable
{
    private readonly List<(Column Values, int[] Rows)> _parts = [];

    /// <summary>Takes over the values for these rows; rows that no part names are NULL.</summary>
    public void Add(Column values, ReadOnlySpan<int> rows) => _parts.Add((values, rows.ToArray()));

    public Column Build()
    {
        if (_parts.Count == 1 && _parts[0].Rows.Length == rowCount)
        {
            return _parts[0].Values.Retain();
        }

        // The parts one after another, then each row from its place there.
        using var builder = ColumnBuilder.Create(type, pool);
        using var places = RowIndexes.Repeat(-1, rowCount, pool);
        var next = 0;
        foreach (var (values, rows) in _parts)
        {
            using var flat = values.Flatten(pool);
            builder.AppendFlat(flat, Enumerable.Range(0, rows.Length).ToArray());
            foreach (var row in rows)
            {
                places.Span[row] = next++;
            }
        }

        using var all = builder.Finish();
        return all.Take(places.Span, pool);
    }

    public void Dispose()
    {
        foreach (var (values, _) in _parts)
        {
            values.Dispose();
        }
    }
}

/// <summary>CASE: conditions in turn, each for the rows still open, and each result for the rows that chose it.</summary>
internal sealed class CaseEvaluator(ImmutableArray<Evaluator> conditions, ImmutableArray<Evaluator> results, Evaluator otherwise, DataType type)
    : Evaluator(type)
{
    public override Column Evaluate(EvaluationContext context, Batch batch)
    {
        using var result = new ChoiceResult(Type, batch.RowCount, context.Pool);
        var open = Enumerable.Range(0, batch.RowCount).ToArray();
        for (var i = 0; i < conditions.Length && open.Length > 0; i++)
        {
            using var condition = PartialEvaluation.EvaluateRows(context, batch, conditions[i], open);
            using var verdict = BooleanResult.Of(condition, context.Pool);
            var (chosen, left) = Partition(open, verdict);
            if (chosen.Length > 0)
            {
                result.Add(PartialEvaluation.EvaluateRows(context, batch, results[i], chosen), chosen);
            }

            open = left;
        }

        if (open.Length > 0)
        {
            result.Add(PartialEvaluation.EvaluateRows(context, batch, otherwise, open), open);
        }

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

    private static unsafe (int[] Chosen, int[] Left) Partition(int[] rows, in BooleanResult verdict)
    {
        var chosen = new List<int>();
        var left = new List<int>();
        for (var i = 0; i < rows.Length; i++)
        {
            (Bitmap.Get(verdict.True.Pointer, i) ? chosen : left).Add(rows[i]);
        }

        return ([.. chosen], [.. left]);
    }
}

/// <summary>COALESCE: each argument for the rows that are still NULL.</summary>
internal sealed class CoalesceEvaluator(ImmutableArray<Evaluator> arguments, DataType type) : Evaluator(type)
{
    public override Column Evaluate(EvaluationContext context, Batch batch)
    {
        using var result = new ChoiceResult(Type, batch.RowCount, context.Pool);
        var open = Enumerable.Range(0, batch.RowCount).ToArray();
        foreach (var argument in arguments)
        {
            using var values = PartialEvaluation.EvaluateRows(context, batch, argument, open);
            if (!values.MayHaveNulls)
            {
                result.Add(values.Retain(), open);
                break;
            }

            var present = Enumerable.Range(0, open.Length).Where(i => !values.IsNull(i)).ToArray();
            result.Add(values.Take(present, context.Pool), [.. present.Select(i => open[i])]);
            open = [.. Enumerable.Range(0, open.Length).Where(i => values.IsNull(i)).Select(i => open[i])];
            if (open.Length == 0)
            {
                break;
            }
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
