using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Expand;

/// <summary>Gives every batch once for each grouping set. The columns are shared; what a set leaves out is a constant.</summary>
internal sealed class ExpandOperator(ExpandNode node, QueryContext execution, IBatchSink next) : Operator(next)
{
    private readonly ImmutableArray<Evaluator> _keys = [.. node.Keys.Select(execution.Compiler.Compile)];

    public override bool Push(Batch batch)
    {
        using var rows = batch.Compact(execution.Pool);
        using var keys = new Batch([.. _keys.Select(key => key.Evaluate(execution.Evaluation, rows))], rows.RowCount);
        for (var set = 0; set < node.Sets.Length; set++)
        {
            if (!Next.Push(new Batch([.. rows.Columns.Select(column => column.Retain()), .. KeysOf(set, keys)], rows.RowCount)))
            {
                return false;
            }
        }

        return true;
    }

    public override void Dispose()
    {
        foreach (var key in _keys)
        {
            key.Dispose();
        }

        base.Dispose();
    }

    private IEnumerable<Column> KeysOf(int set, Batch keys)
    {
        for (var key = 0; key < node.Keys.Length; key++)
        {
            yield return node.Sets[set].Contains(key) ? keys[key].Retain() : ColumnValue.ToConstant(node.Keys[key].Type, null, keys.RowCount, execution.Pool);
        }

        yield return ColumnValue.ToConstant(DataType.Integer, set, keys.RowCount, execution.Pool);
    }
}
