using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Exec.Expressions;
using Engine.Exec.Pipelines;
using Engine.Planner.Logical;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Join;

/// <summary>
/// Tries every build row against a whole batch of left rows: the build row's values are constants then, so that the condition runs over columns.
/// </summary>
internal sealed class NestedLoopJoinOperator(NestedLoopJoinNode node, JoinTable build, DriverContext driver, IBatchSink next) : Operator(next)
{
    private readonly Evaluator? _condition = node.Condition is null ? null : driver.Execution.Compiler.Compile(node.Condition);

    public override bool Push(Batch batch)
    {
        batch = batch.Compact(driver.Pool);
        using (batch)
        {
            var isMatched = new bool[batch.RowCount];
            for (var row = 0; row < build.RowCount; row++)
            {
                driver.Run.CancellationToken.ThrowIfCancellationRequested();
                if (!TryRow(batch, row, isMatched))
                {
                    return false;
                }
            }

            return Finish(batch, isMatched);
        }
    }

    public override void Dispose()
    {
        _condition?.Dispose();
        base.Dispose();
    }

    private bool IsFiltering => node.Type is JoinType.Semi or JoinType.Anti or JoinType.NullAwareAnti;

    private bool TryRow(Batch batch, int row, bool[] isMatched)
    {
        var pairs = Beside(batch, row);
        if (_condition is not null)
        {
            pairs = Select(pairs);
            if (pairs is null)
            {
                return true;
            }
        }

        if (pairs.Selection is { } selection)
        {
            foreach (var matched in selection.Rows)
            {
                isMatched[matched] = true;
            }
        }
        else
        {
            isMatched.AsSpan().Fill(true);
        }

        if (node.Type is JoinType.Right or JoinType.Full)
        {
            build.MarkMatched([row]);
        }

        if (IsFiltering)
        {
            pairs.Dispose();
            return true;
        }

        return Next.Push(pairs);
    }

    private Batch Beside(Batch batch, int row)
    {
        var columns = ImmutableArray.CreateBuilder<Column>(batch.Columns.Length + build.Columns.Length);
        columns.AddRange(batch.Columns.Select(column => column.Retain()));
        foreach (var column in build.Columns)
        {
            columns.Add(new ConstantColumn(column.Slice(row, 1, driver.Pool), batch.RowCount));
        }

        return new Batch(columns.MoveToImmutable(), batch.RowCount);
    }

    /// <summary>The pairs with those selected that meet the condition; null when none does.</summary>
    private Batch? Select(Batch pairs)
    {
        using var verdict = _condition!.Evaluate(driver.Execution.Evaluation, pairs);
        using var result = BooleanResult.Of(verdict, driver.Pool);
        var selection = new Selection(result.True.Retain(), pairs.RowCount, driver.Pool);
        if (selection.Count > 0)
        {
            return new Batch(pairs.Columns, pairs.RowCount, selection);
        }

        selection.Dispose();
        pairs.Dispose();
        return null;
    }

    private bool Finish(Batch batch, bool[] isMatched)
    {
        var wantsMatched = node.Type == JoinType.Semi;
        int[] rows = node.Type is JoinType.Inner or JoinType.Right
            ? []
            : [.. Enumerable.Range(0, isMatched.Length).Where(row => isMatched[row] == wantsMatched)];
        if (rows.Length == 0)
        {
            return true;
        }

        if (IsFiltering)
        {
            return Next.Push(JoinOutput.Rows(batch.Columns, rows, driver.Pool));
        }

        var missing = new int[rows.Length];
        missing.AsSpan().Fill(-1);
        return Next.Push(JoinOutput.Pair(rows, batch.Columns, missing, build.Columns, driver.Pool));
    }
}
