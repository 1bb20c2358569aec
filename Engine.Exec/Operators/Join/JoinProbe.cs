using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Exec.Expressions;
using Engine.Exec.Keys;
using Engine.Exec.Pipelines;
using Engine.Planner.Logical;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Join;

/// <summary>Matches rows of the left input with those of a build side, and pushes on what the kind of join makes of them.</summary>
internal sealed class JoinProbe(HashJoinNode node, JoinTable build, QueryContext execution, IBatchSink next) : IDisposable
{
    private readonly Evaluator? _residual = node.Residual is null ? null : execution.Compiler.Compile(node.Residual);
    private readonly JoinKeys _nulls = new(node.MatchesNull);
    private readonly KeyEncoder _encoder = new([.. node.LeftKeys.Select(key => new KeyColumn(key.Type))], execution.Pool);

    /// <summary>Matches rows without selection, which stay the caller's.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="keys">Their keys.</param>
    /// <returns>Whether more rows are wanted.</returns>
    public bool Push(Batch batch, Batch keys)
    {
        var candidates = FirstCandidates(keys);
        var isMatched = new bool[batch.RowCount];
        var leftRows = new List<int>(batch.RowCount);
        var rightRows = new List<int>(batch.RowCount);
        var onlyFirst = _residual is null && IsFiltering;
        for (var row = 0; row < candidates.Length; row++)
        {
            for (var match = candidates[row]; match >= 0; match = onlyFirst ? -1 : build.Next(match))
            {
                leftRows.Add(row);
                rightRows.Add(match);
                if (leftRows.Count == execution.Options.BatchRowCount && !Flush(batch, leftRows, rightRows, isMatched))
                {
                    return false;
                }
            }
        }

        return Flush(batch, leftRows, rightRows, isMatched) && Finish(batch, keys, isMatched);
    }

    public void Dispose()
    {
        _residual?.Dispose();
        _encoder.Dispose();
    }

    /// <summary>Whether the join only keeps or drops left rows.</summary>
    private bool IsFiltering => node.Type is JoinType.Semi or JoinType.Anti or JoinType.NullAwareAnti;

    /// <summary>For each row the first build row with its key, or -1.</summary>
    private int[] FirstCandidates(Batch keys)
    {
        var candidates = new int[keys.RowCount];
        if (_nulls.AllCanMatch(keys))
        {
            build.Find(_encoder.Encode([.. keys.Columns], keys.RowCount), candidates);
            return candidates;
        }

        candidates.AsSpan().Fill(-1);
        var rows = _nulls.RowsWithoutNull(keys);
        using var usable = JoinOutput.Rows(keys.Columns, rows, execution.Pool);
        var found = new int[rows.Length];
        build.Find(_encoder.Encode([.. usable.Columns], rows.Length), found);
        for (var i = 0; i < rows.Length; i++)
        {
            candidates[rows[i]] = found[i];
        }

        return candidates;
    }

    /// <summary>Applies the residual to the pairs so far, notes who matched, and passes the pairs on unless the join only filters.</summary>
    private bool Flush(Batch batch, List<int> leftRows, List<int> rightRows, bool[] isMatched)
    {
        if (leftRows.Count == 0)
        {
            return true;
        }

        int[] left = [.. leftRows];
        int[] right = [.. rightRows];
        leftRows.Clear();
        rightRows.Clear();
        if (_residual is not null)
        {
            (left, right) = ApplyResidual(batch, left, right);
        }

        foreach (var row in left)
        {
            isMatched[row] = true;
        }

        if (node.Type is JoinType.Right or JoinType.Full)
        {
            build.MarkMatched(right);
        }

        return IsFiltering || left.Length == 0 || next.Push(JoinOutput.Pair(left, batch.Columns, right, build.Columns, execution.Pool));
    }

    private (int[] Left, int[] Right) ApplyResidual(Batch batch, int[] left, int[] right)
    {
        using var pairs = JoinOutput.Pair(left, batch.Columns, right, build.Columns, execution.Pool);
        using var verdict = _residual!.Evaluate(execution.Evaluation, pairs);
        using var result = BooleanResult.Of(verdict, execution.Pool);
        using var selection = new Selection(result.True.Retain(), pairs.RowCount, execution.Pool);
        var rows = selection.Rows;
        var keptLeft = new int[rows.Length];
        var keptRight = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            keptLeft[i] = left[rows[i]];
            keptRight[i] = right[rows[i]];
        }

        return (keptLeft, keptRight);
    }

    /// <summary>Passes on what depends on whether a left row matched at all.</summary>
    private bool Finish(Batch batch, Batch keys, bool[] isMatched)
    {
        var rows = node.Type switch
        {
            JoinType.Semi => Where(isMatched, wanted: true),
            JoinType.Anti => Where(isMatched, wanted: false),
            JoinType.NullAwareAnti => NullAwareRows(keys, isMatched),
            JoinType.Left or JoinType.Full => Where(isMatched, wanted: false),
            _ => [],
        };
        if (rows.Length == 0)
        {
            return true;
        }

        if (IsFiltering)
        {
            return next.Push(JoinOutput.Rows(batch.Columns, rows, execution.Pool));
        }

        var missing = new int[rows.Length];
        missing.AsSpan().Fill(-1);
        return next.Push(JoinOutput.Pair(rows, batch.Columns, missing, build.Columns, execution.Pool));
    }

    /// <summary>NOT IN: nothing is certainly not in a list with a NULL, and a NULL is certainly not in an empty list only.</summary>
    private int[] NullAwareRows(Batch keys, bool[] isMatched)
    {
        if (build.Facts.IsEmpty)
        {
            return [.. Enumerable.Range(0, keys.RowCount)];
        }

        return build.Facts.HasNullKey ? [] : [.. _nulls.RowsWithoutNull(keys).Where(row => !isMatched[row])];
    }

    private static int[] Where(bool[] flags, bool wanted) => [.. Enumerable.Range(0, flags.Length).Where(row => flags[row] == wanted)];
}
