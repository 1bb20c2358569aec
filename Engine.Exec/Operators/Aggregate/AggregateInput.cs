using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Keys;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>One aggregate call of a driver: evaluates its arguments, applies FILTER and DISTINCT, and feeds the accumulator.</summary>
internal sealed class AggregateInput : IDisposable
{
    private readonly QueryContext _execution;
    private readonly ImmutableArray<Evaluator> _arguments;
    private readonly Evaluator? _filter;
    private readonly OrderedInput? _ordered;
    private readonly KeyEncoder? _distinctKeys;
    private readonly KeyTable? _distinct;

    public AggregateInput(AggregateSpecification specification, QueryContext execution)
    {
        _execution = execution;
        _arguments = [.. specification.Arguments.Select(execution.Compiler.Compile)];
        _filter = specification.Filter is null ? null : execution.Compiler.Compile(specification.Filter);
        Accumulator = Aggregates.Create(specification, execution);
        if (!specification.OrderBy.IsEmpty)
        {
            _ordered = new OrderedInput(specification, execution);
        }

        if (specification.IsDistinct)
        {
            _distinctKeys = new KeyEncoder([new KeyColumn(DataType.Integer), .. specification.Arguments.Select(argument => new KeyColumn(argument.Type))], execution.Pool);
            _distinct = new KeyTable(_distinctKeys.FixedWidth, execution.Pool);
        }
    }

    public GroupedAccumulator Accumulator { get; }

    /// <summary>Adds the rows of a batch without selection; row i belongs to <paramref name="groups"/>[i].</summary>
    public void Add(Batch batch, ReadOnlySpan<int> groups)
    {
        if (_filter is null)
        {
            AddRows(batch, groups);
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
        var kept = new int[rows.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = groups[rows[i]];
        }

        using var part = new Batch([.. batch.Columns.Select(column => column.Take(selection.Rows, _execution.Pool))], rows.Length);
        AddRows(part, kept);
    }

    /// <summary>All rows are in.</summary>
    public void Complete() => _ordered?.Complete(Accumulator);

    public void Dispose()
    {
        Accumulator.Dispose();
        foreach (var argument in _arguments)
        {
            argument.Dispose();
        }

        _filter?.Dispose();
        _ordered?.Dispose();
        _distinctKeys?.Dispose();
        _distinct?.Dispose();
    }

    private void AddRows(Batch batch, ReadOnlySpan<int> groups)
    {
        var arguments = new Column[_arguments.Length];
        try
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                using var value = _arguments[i].Evaluate(_execution.Evaluation, batch);
                arguments[i] = value.Flatten(_execution.Pool);
            }

            if (_distinct is null)
            {
                Feed(batch, arguments, groups);
            }
            else
            {
                FeedDistinct(batch, arguments, groups);
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

    private void Feed(Batch batch, Column[] arguments, ReadOnlySpan<int> groups)
    {
        if (_ordered is null)
        {
            Accumulator.Update(arguments, groups);
        }
        else
        {
            _ordered.Add(batch, arguments, groups);
        }
    }

    /// <summary>Only rows whose group and arguments come for the first time.</summary>
    private unsafe void FeedDistinct(Batch batch, Column[] arguments, ReadOnlySpan<int> groups)
    {
        var buffer = _execution.Pool.Allocate(groups.Length * 4L, "groups");
        groups.CopyTo(new Span<int>(buffer.Pointer, groups.Length));
        using var groupColumn = new FixedColumn(DataType.Integer, groups.Length, new BufferSlice(buffer), default);
        var newRows = new List<int>();
        var ids = new int[groups.Length];
        _distinct!.FindOrAdd(_distinctKeys!.Encode([groupColumn, .. arguments], groups.Length), ids, newRows);
        if (newRows.Count == 0)
        {
            return;
        }

        var rows = newRows.ToArray();
        var kept = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            kept[i] = groups[rows[i]];
        }

        using var part = new Batch([.. batch.Columns.Select(column => column.Take(rows, _execution.Pool))], rows.Length);
        using var taken = new Batch([.. arguments.Select(argument => argument.Take(rows, _execution.Pool))], rows.Length);
        Feed(part, [.. taken.Columns], kept);
    }
}
