using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Exec.Expressions;

/// <summary>
/// The body of a lambda made ready to run over items: its parameters are the first columns of a batch of items, and behind them stand the columns
/// of the input that it refers to, each row's value repeated for its items.
/// </summary>
internal sealed class LambdaEvaluator : IDisposable
{
    private readonly Evaluator _body;
    private readonly ImmutableArray<int> _captured;

    public LambdaEvaluator(Lambda lambda, ExpressionCompiler compiler)
    {
        _captured = [.. lambda.ReferencedColumns()];
        var places = lambda.Parameters.Select((parameter, place) => (parameter.Index, place)).ToImmutableDictionary(pair => pair.Index, pair => pair.place);
        _body = compiler.Compile(Place(lambda.Body, places, lambda.Parameters.Length));
        Type = lambda.Type;
    }

    private DataType Type { get; }

    /// <summary>The lambda over the rows of a batch, which the caller keeps as long as it is used.</summary>
    public ILambda Over(EvaluationContext context, Batch batch) => new Bound(this, context, batch);

    public void Dispose() => _body.Dispose();

    /// <summary>The expression over the batch of items; a lambda inside hides the parameters that have the indexes of its own.</summary>
    private Expression Place(Expression expression, ImmutableDictionary<int, int> places, int parameterCount)
    {
        switch (expression)
        {
            case ColumnReference column:
                return column with { Column = parameterCount + _captured.IndexOf(column.Column) };
            case LambdaVariable variable when places.TryGetValue(variable.Index, out var place):
                return new ColumnReference(place, variable.Name, variable.Type) { Span = variable.Span };
            case Lambda inner:
                return new Lambda(inner.Parameters, Place(inner.Body, places.RemoveRange(inner.Parameters.Select(parameter => parameter.Index)), parameterCount)) { Span = inner.Span };
            default:
                var children = expression.Children;
                return children.IsEmpty ? expression : expression.WithChildren([.. children.Select(child => Place(child, places, parameterCount))]);
        }
    }

    private sealed class Bound(LambdaEvaluator lambda, EvaluationContext context, Batch batch) : ILambda
    {
        public Column Invoke(ReadOnlySpan<Column> parameters, ReadOnlySpan<int> rows)
        {
            if (rows.IsEmpty)
            {
                using var none = ColumnBuilder.Create(lambda.Type, context.Pool);
                return none.Finish();
            }

            var columns = ImmutableArray.CreateBuilder<Column>(parameters.Length + lambda._captured.Length);
            foreach (var parameter in parameters)
            {
                columns.Add(parameter.Retain());
            }

            foreach (var column in lambda._captured)
            {
                columns.Add(batch[column].Take(rows, context.Pool));
            }

            using var items = new Batch(columns.MoveToImmutable(), rows.Length);
            using var result = lambda._body.Evaluate(context, items);
            return result.Flatten(context.Pool);
        }
    }
}
