using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Exec.Expressions;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>
/// One aggregate call of a driver: evaluates its arguments, applies FILTER, and feeds the accumulator, or keeps the rows where DISTINCT or ORDER BY
/// want all of them first.
/// </summary>
internal sealed class AggregateInput : IDisposable
{
    private readonly QueryContext _execution;
    private readonly ImmutableArray<Evaluator> _arguments;
    private readonly Evaluator? _filter;
    private readonly bool _hasSingleGroup;

    /// <param name="specification">The call.</param>
    /// <param name="hasSingleGroup">Whether there are no keys, so that all rows belong to one group.</param>
    /// <param name="execution">The query.</param>
    /// <param name="pool">Holds what is kept.</param>
    public AggregateInput(AggregateSpecification specification, bool hasSingleGroup, QueryContext execution, MemoryPool pool)
    {
        _execution = execution;
        _hasSingleGroup = hasSingleGroup;
        _arguments = [.. specification.Arguments.Select(execution.Compiler.Compile)];
        _filter = specification.Filter is null ? null : execution.Compiler.Compile(specification.Filter);
        Accumulator = Aggregates.Create(specification, execution, pool, out var stateCount);
        StateCount = stateCount;
        if (specification.IsDistinct || !specification.OrderBy.IsEmpty)
        {
            Kept = new KeptRows(specification, execution, pool);
        }
    }

    public GroupedAccumulator Accumulator { get; }

    /// <summary>Columns of the accumulator's partial results.</summary>
    public int StateCount { get; }

    /// <summary>The rows so far, if they have to be kept.</summary>
    public KeptRows? Kept { get; }

    /// <summary>Adds the rows of a batch without selection; row i belongs to <paramref name="groups"/>[i]. The rows' places follow on from the first's.</summary>
    public void Add(Batch batch, ReadOnlySpan<int> groups, long firstPlace)
    {
        if (_filter is null)
        {
            AddRows(batch, groups, firstPlace);
            return;
        }

        using var verdict = _filter.Evaluate(_execution.Evaluation, batch);
        using var result = BooleanResult.Of(verdict, _execution.Pool);
        using var selection = new Selection(result.True.Retain(), batch.RowCount, _execution.Pool);
        if (selection.Count == 0)
        {
            return;
        }

        var rows = selection.Rows;
        using var keptGroups = new RowIndexes(rows.Length, _execution.Pool);
        for (var i = 0; i < rows.Length; i++)
        {
            keptGroups.Span[i] = groups[rows[i]];
        }

        using var part = new Batch([.. batch.Columns.Select(column => column.Take(selection.Rows, _execution.Pool))], rows.Length);
        AddRows(part, keptGroups.Span, firstPlace);
    }

    /// <summary>All rows are in.</summary>
    public void Complete() => Kept?.Feed(Accumulator);

    public void Dispose()
    {
        Accumulator.Dispose();
        foreach (var argument in _arguments)
        {
            argument.Dispose();
        }

        _filter?.Dispose();
        Kept?.Dispose();
    }

    private void AddRows(Batch batch, ReadOnlySpan<int> groups, long firstPlace)
    {
        var arguments = new Column[_arguments.Length];
        try
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                using var value = _arguments[i].Evaluate(_execution.Evaluation, batch);
                arguments[i] = value.Flatten(_execution.Pool);
            }

            if (Kept is not null)
            {
                Kept.Add(batch, arguments, groups, firstPlace);
            }
            else if (_hasSingleGroup)
            {
                Accumulator.UpdateFirst(arguments, groups);
            }
            else
            {
                Accumulator.Update(arguments, groups);
            }
        }
        finally
        {
            foreach (var argument in arguments)
            {
                argument?.Dispose();
            }
        }
    }
}
