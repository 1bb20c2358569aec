using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Expressions;
using Engine.Exec.Expressions;
using Engine.Exec.Pipelines;

namespace Engine.Exec.Operators.Project;

/// <summary>Computes columns, of the selected rows only.</summary>
internal sealed class ProjectOperator(ImmutableArray<Expression> values, QueryContext execution, IBatchSink next) : Operator(next)
{
    private readonly ImmutableArray<Evaluator> _values = [.. values.Select(execution.Compiler.Compile)];

    public override bool Push(Batch batch)
    {
        var columns = ImmutableArray.CreateBuilder<Column>(_values.Length);
        batch = batch.Compact(execution.Pool);
        using (batch)
        {
            try
            {
                foreach (var value in _values)
                {
                    columns.Add(value.Evaluate(execution.Evaluation, batch));
                }
            }
            catch
            {
                foreach (var column in columns)
                {
                    column.Dispose();
                }

                throw;
            }

            return Next.Push(new Batch(columns.MoveToImmutable(), batch.RowCount));
        }
    }

    public override void Dispose()
    {
        foreach (var value in _values)
        {
            value.Dispose();
        }

        base.Dispose();
    }
}
