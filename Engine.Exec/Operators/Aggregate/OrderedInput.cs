using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Keys;
using Engine.Exec.Operators.Sort;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>Keeps the rows of an aggregate with ORDER BY until all are there, and feeds them in that order.</summary>
internal sealed class OrderedInput : IDisposable
{
    private readonly QueryContext _execution;
    private readonly ImmutableArray<Evaluator> _keys;
    private readonly int _argumentCount;
    private readonly SortBuffer _rows;

    public OrderedInput(AggregateSpecification specification, QueryContext execution)
    {
        _execution = execution;
        _keys = [.. specification.OrderBy.Select(key => execution.Compiler.Compile(key.Value))];
        _argumentCount = specification.Arguments.Length;
        ImmutableArray<KeyColumn> order =
            [.. specification.OrderBy.Select(key => new KeyColumn(key.Value.Type, key.IsDescending, key.NullsFirst))];
        _rows = new SortBuffer(order, [.. specification.Arguments.Select(argument => argument.Type), DataType.Integer], bound: null, execution.Pool);
    }

    public unsafe void Add(Batch batch, Column[] arguments, ReadOnlySpan<int> groups)
    {
        var buffer = _execution.Pool.Allocate(groups.Length * 4L, "groups");
        groups.CopyTo(new Span<int>(buffer.Pointer, groups.Length));
        using var groupColumn = new FixedColumn(DataType.Integer, groups.Length, new BufferSlice(buffer), default);
        using var keys = new Batch([.. _keys.Select(key => key.Evaluate(_execution.Evaluation, batch))], batch.RowCount);
        _rows.Append([.. keys.Columns], [.. arguments, groupColumn], batch.RowCount);
    }

    /// <summary>Feeds all rows, in order, to the accumulator.</summary>
    public void Complete(GroupedAccumulator accumulator)
    {
        using var sorted = _rows.Finish();
        for (var start = 0; start < sorted.RowCount; start += Batch.DefaultRowCount)
        {
            using var part = sorted.Read(start, Math.Min(Batch.DefaultRowCount, sorted.RowCount - start), _execution.Pool);
            var groups = ((FixedColumn)part[_argumentCount]).Values<int>();
            accumulator.Update([.. part.Columns.Take(_argumentCount)], groups);
        }
    }

    public void Dispose()
    {
        foreach (var key in _keys)
        {
            key.Dispose();
        }

        _rows.Dispose();
    }
}
