using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Exec.Expressions;
using Engine.Exec.Keys;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Join;

/// <summary>Matches the rows of the left input with the build side, or puts them beside it on disk.</summary>
internal sealed class HashJoinOperator : Operator
{
    private readonly BuildSide _build;
    private readonly QueryContext _execution;
    private readonly ImmutableArray<Evaluator> _keys;
    private readonly JoinProbe? _probe;
    private readonly KeyEncoder _encoder;

    public HashJoinOperator(HashJoinNode node, BuildSide build, QueryContext execution, IBatchSink next)
        : base(next)
    {
        _build = build;
        _execution = execution;
        _keys = [.. node.LeftKeys.Select(execution.Compiler.Compile)];
        _probe = build.Table is null ? null : new JoinProbe(node, build.Table, execution, next);
        _encoder = new KeyEncoder([.. node.LeftKeys.Select(key => new KeyColumn(key.Type))], execution.Pool);
    }

    public override bool Push(Batch batch)
    {
        using var rows = batch.Compact(_execution.Pool);
        using var keys = new Batch([.. _keys.Select(key => key.Evaluate(_execution.Evaluation, rows))], rows.RowCount);
        if (_probe is not null)
        {
            return _probe.Push(rows, keys);
        }

        _build.Spilled!.WriteProbe(rows, keys, _encoder);
        return true;
    }

    public override void Dispose()
    {
        foreach (var key in _keys)
        {
            key.Dispose();
        }

        _probe?.Dispose();
        _encoder.Dispose();
        base.Dispose();
    }
}
