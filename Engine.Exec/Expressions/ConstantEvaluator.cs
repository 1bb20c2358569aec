using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Memory;

namespace Engine.Exec.Expressions;

/// <summary>Runs single expressions for the planner: over no columns, or over one row of known values.</summary>
public sealed class ConstantExpressionEvaluator(IFunctionCatalog functions, SessionContext session) : IConstantEvaluator
{
    private readonly ExpressionCompiler _compiler = new(functions);

    public object? Evaluate(Expression expression) => Evaluate(expression, ImmutableDictionary<int, object?>.Empty);

    public object? Evaluate(Expression expression, IReadOnlyDictionary<int, object?> columns)
    {
        if (expression is Literal literal)
        {
            return literal.Value;
        }

        var bound = expression.Rewrite(part => part is ColumnReference column ? new Literal(columns[column.Column], column.Type) : part);
        using var pool = MemoryPool.CreateRoot("constants");
        using var row = new Batch([], 1);
        using var evaluator = _compiler.Compile(bound);
        using var result = evaluator.Evaluate(new EvaluationContext(pool, session), row);
        return ColumnValue.Get(result, 0);
    }
}
