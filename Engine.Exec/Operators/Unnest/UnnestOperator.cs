using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Unnest;

/// <summary>Repeats each row for every item of its arrays.</summary>
internal sealed class UnnestOperator(UnnestNode node, QueryContext execution, IBatchSink next) : Operator(next)
{
    private readonly ImmutableArray<Evaluator> _arrays = [.. node.Arrays.Select(execution.Compiler.Compile)];

    public override bool Push(Batch batch)
    {
        batch = batch.Compact(execution.Pool);
        using (batch)
        {
            using var arrays = new Batch([.. _arrays.Select(Evaluate)], batch.RowCount);
            var lists = arrays.Columns.Cast<ListColumn>().ToArray();
            var rows = new List<int>();
            var ordinals = new List<long>();
            var items = lists.Select(_ => new List<int>()).ToArray();
            for (var row = 0; row < batch.RowCount; row++)
            {
                var count = lists.Max(list => list.IsNull(row) ? 0 : list.ItemCount(row));
                for (var ordinal = 0; ordinal < Math.Max(count, node.KeepsEmpty ? 1 : 0); ordinal++)
                {
                    rows.Add(row);
                    ordinals.Add(ordinal < count ? ordinal + 1 : 0);
                    for (var i = 0; i < lists.Length; i++)
                    {
                        items[i].Add(ItemAt(lists[i], row, ordinal));
                    }
                }

                if (rows.Count >= execution.Options.BatchRowCount && !Flush(batch, lists, rows, ordinals, items))
                {
                    return false;
                }
            }

            return Flush(batch, lists, rows, ordinals, items);
        }

        Column Evaluate(Evaluator array)
        {
            using var value = array.Evaluate(execution.Evaluation, batch);
            return value.Flatten(execution.Pool);
        }
    }

    public override void Dispose()
    {
        foreach (var array in _arrays)
        {
            array.Dispose();
        }

        base.Dispose();
    }

    private static unsafe int ItemAt(ListColumn list, int row, int ordinal) =>
        !list.IsNull(row) && ordinal < list.ItemCount(row) ? list.Offsets[row] + ordinal : -1;

    private bool Flush(Batch batch, ListColumn[] lists, List<int> rows, List<long> ordinals, List<int>[] items)
    {
        if (rows.Count == 0)
        {
            return true;
        }

        int[] taken = [.. rows];
        var columns = batch.Columns.Select(column => column.Take(taken, execution.Pool)).ToList();
        for (var i = 0; i < lists.Length; i++)
        {
            using var values = lists[i].Child.Take([.. items[i]], execution.Pool);
            if (values is StructColumn structs)
            {
                // A missing item is NULL in every field.
                columns.AddRange(structs.Children.Select(child => WithNulls(child, structs)));
            }
            else
            {
                columns.Add(values.Retain());
            }

            items[i].Clear();
        }

        if (node.WithOrdinality)
        {
            using var builder = new FixedBuilder<long>(DataType.BigInt, execution.Pool);
            foreach (var ordinal in ordinals)
            {
                builder.AppendValue(ordinal == 0 ? null : ordinal);
            }

            columns.Add(builder.Finish());
        }

        rows.Clear();
        ordinals.Clear();
        return Next.Push(new Batch([.. columns], taken.Length));
    }

    private Column WithNulls(Column child, StructColumn parent)
    {
        if (!parent.MayHaveNulls)
        {
            return child.Retain();
        }

        var rows = Enumerable.Range(0, child.Length).Select(row => parent.IsNull(row) ? -1 : row).ToArray();
        return child.Take(rows, execution.Pool);
    }
}
