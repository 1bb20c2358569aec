using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Types;
using Engine.Exec.Pipelines;
using Engine.Planner.Logical;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Join;

/// <summary>Joins partition by partition what both sides have put on disk. The pieces of its pipeline are the partitions of the left side.</summary>
internal sealed class SpilledJoinOperator(HashJoinNode node, BuildSide build, DriverContext driver, IBatchSink next) : Operator(next)
{
    private JoinTable? _table;
    private JoinProbe? _probe;

    private int ColumnCount => node.Left.Output.Count;

    public override void BeginMorsel(int morsel)
    {
        base.BeginMorsel(morsel);
        _table = build.LoadPartition(morsel - driver.Run.FirstMorsel, driver.Run.CancellationToken);
        _probe = new JoinProbe(node, _table, driver.Execution, Next);
    }

    public override bool Push(Batch batch)
    {
        using (batch)
        {
            using var rows = new Batch([.. batch.Columns.Take(ColumnCount).Select(column => column.Retain())], batch.RowCount);
            using var keys = new Batch([.. batch.Columns.Skip(ColumnCount).Select(column => column.Retain())], batch.RowCount);
            return _probe!.Push(rows, keys);
        }
    }

    public override void EndMorsel()
    {
        if (node.Type is JoinType.Right or JoinType.Full)
        {
            ImmutableArray<DataType> leftTypes = [.. node.Left.Output.Select(field => field.Type)];
            using var unmatched = new UnmatchedSource(_table!, leftTypes, driver.Execution);
            while (unmatched.Next(driver.Run.CancellationToken) is { } batch && Next.Push(batch))
            {
            }
        }

        Release();
        base.EndMorsel();
    }

    public override void Dispose()
    {
        Release();
        base.Dispose();
    }

    private void Release()
    {
        _probe?.Dispose();
        _table?.Dispose();
        _probe = null;
        _table = null;
    }
}
