using Engine.Core.Columns;
using Engine.Exec.Keys;
using Engine.Exec.Pipelines;
using Engine.Planner.Logical;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.SetOperation;

/// <summary>INTERSECT and EXCEPT: how often each row came on the right, and how many of the left ones that allows or eats.</summary>
internal sealed class SetOperationState : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SetOperationNode _node;
    private readonly QueryContext _execution;
    private readonly KeyEncoder _encoder;
    private readonly KeyTable _rows;
    private readonly List<int> _newRows = [];

    /// <summary>By row number: occurrences on the right, less those that left rows have used up.</summary>
    private readonly List<long> _rightCounts = [];

    private readonly List<bool> _isOnRight = [];
    private readonly List<bool> _isGiven = [];

    public SetOperationState(SetOperationNode node, QueryContext execution)
    {
        _node = node;
        _execution = execution;
        _encoder = new KeyEncoder([.. node.Output.Select(field => new KeyColumn(field.Type))], execution.Pool);
        _rows = new KeyTable(_encoder.FixedWidth, execution.Pool);
    }

    public IBatchSink CreateRightSink() => new RightSink(this);

    public Operator CreateLeftOperator(IBatchSink next) => new LeftOperator(this, next);

    public void Dispose()
    {
        _encoder.Dispose();
        _rows.Dispose();
    }

    private int[] Assign(Batch batch)
    {
        var groups = new int[batch.RowCount];
        _newRows.Clear();
        _rows.FindOrAdd(_encoder.Encode([.. batch.Columns], batch.RowCount), groups, _newRows);
        for (var i = _rightCounts.Count; i < _rows.Count; i++)
        {
            _rightCounts.Add(0);
            _isOnRight.Add(false);
            _isGiven.Add(false);
        }

        return groups;
    }

    private void AddRight(Batch batch)
    {
        lock (_lock)
        {
            foreach (var group in Assign(batch))
            {
                _rightCounts[group]++;
                _isOnRight[group] = true;
            }
        }
    }

    /// <summary>The left rows that are part of the answer.</summary>
    private int[] Choose(Batch batch)
    {
        lock (_lock)
        {
            var groups = Assign(batch);
            return [.. Enumerable.Range(0, groups.Length).Where(row => IsGiven(groups[row]))];
        }
    }

    private bool IsGiven(int group)
    {
        var isIntersect = _node.Operator == SetOperator.Intersect;
        if (_node.IsAll)
        {
            return (_rightCounts[group]-- > 0) == isIntersect;
        }

        var isFirst = !_isGiven[group];
        _isGiven[group] = true;
        return isFirst && _isOnRight[group] == isIntersect;
    }

    private sealed class RightSink(SetOperationState state) : CollectingSink(state._execution.Pool)
    {
        protected override void Add(Batch rows) => state.AddRight(rows);
    }

    private sealed class LeftOperator(SetOperationState state, IBatchSink next) : Operator(next)
    {
        public override bool Push(Batch batch)
        {
            batch = batch.Compact(state._execution.Pool);
            using (batch)
            {
                var rows = state.Choose(batch);
                return rows.Length == 0
                    || Next.Push(new Batch([.. batch.Columns.Select(column => column.Take(rows, state._execution.Pool))], rows.Length));
            }
        }
    }
}
