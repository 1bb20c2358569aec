using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Exec.Expressions;
using Engine.Exec.Pipelines;

namespace Engine.Exec.Operators.Scan;

/// <summary>A condition of a scan made ready to run inside of it.</summary>
internal static class ScanCondition
{
    /// <param name="condition">Its columns are indexes into the table's schema.</param>
    /// <param name="execution">The query.</param>
    public static RowCondition Of(Expression condition, QueryContext execution)
    {
        var columns = condition.ReferencedColumns().Distinct().Order().ToList();
        var bound = condition.Rewrite(part => part is ColumnReference column ? column with { Column = columns.IndexOf(column.Column) } : part);
        return new RowCondition([.. columns], () => TestOf(bound, execution));
    }

    /// <summary>A test of rows by a condition over the columns that it is handed.</summary>
    public static IRowTest TestOf(Expression condition, QueryContext execution) => new Test(execution.Compiler.Compile(condition), execution.Evaluation);

    private sealed class Test(Evaluator condition, EvaluationContext context) : IRowTest
    {
        public Selection Select(Batch columns)
        {
            using var verdict = condition.Evaluate(context, columns);
            using var result = BooleanResult.Of(verdict, context.Pool);
            return new Selection(result.True.Retain(), columns.RowCount, context.Pool);
        }

        public void Dispose() => condition.Dispose();
    }
}
