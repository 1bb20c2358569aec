using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Values;

/// <summary>Rows that stand in the plan.</summary>
internal sealed class ValuesSource(ValuesNode node, QueryContext execution) : IBatchSource
{
    private int _next;

    public Batch? Next(CancellationToken cancellationToken)
    {
        var count = Math.Min(execution.Options.BatchRowCount, node.Rows.Length - _next);
        if (count <= 0)
        {
            return null;
        }

        using var oneRow = new Batch([], 1);
        var builders = node.Output.Select(field => ColumnBuilder.Create(field.Type, execution.Pool)).ToList();
        try
        {
            for (var i = 0; i < count; i++)
            {
                for (var column = 0; column < builders.Count; column++)
                {
                    using var evaluator = execution.Compiler.Compile(node.Rows[_next + i][column]);
                    using var value = evaluator.Evaluate(execution.Evaluation, oneRow);
                    builders[column].Append(value, [0]);
                }
            }

            _next += count;
            return new Batch([.. builders.Select(builder => builder.Finish())], count);
        }
        finally
        {
            builders.ForEach(builder => builder.Dispose());
        }
    }

    public void Dispose()
    {
    }
}
