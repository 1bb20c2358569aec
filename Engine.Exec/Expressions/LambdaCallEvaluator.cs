using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Exec.Expressions;

/// <summary>Calls a kernel that takes lambdas. Its other arguments are handed over flat; when nothing depends on the row it runs once.</summary>
/// <param name="arguments">Those that are no lambdas.</param>
/// <param name="lambdas">Those that are.</param>
/// <param name="isClosed">Whether the lambdas depend on their arguments alone.</param>
/// <param name="kernel">Of the overload.</param>
/// <param name="type">Of the result.</param>
/// <param name="span">The call's place in the statement.</param>
internal sealed class LambdaCallEvaluator(
    ImmutableArray<Evaluator> arguments, ImmutableArray<LambdaEvaluator> lambdas, bool isClosed, ScalarKernel kernel, DataType type, SourceSpan? span) : Evaluator(type)
{
    public override Column Evaluate(EvaluationContext context, Batch batch)
    {
        var values = new Column[arguments.Length];
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = arguments[i].Evaluate(context, batch);
            }

            var isConstant = isClosed && batch.RowCount > 0 && values.All(value => value is ConstantColumn);
            for (var i = 0; i < values.Length; i++)
            {
                using var encoded = values[i];
                values[i] = isConstant ? ((ConstantColumn)encoded).Value.Retain() : encoded.Flatten(context.Pool);
            }

            var kernelContext = new KernelContext(context.Pool, context.Session, span) { Lambdas = [.. lambdas.Select(lambda => lambda.Over(context, batch))] };
            var result = kernel(kernelContext, values, isConstant ? 1 : batch.RowCount);
            return isConstant ? new ConstantColumn(result, batch.RowCount) : result;
        }
        finally
        {
            foreach (var value in values)
            {
                value?.Dispose();
            }
        }
    }

    public override void Dispose()
    {
        foreach (var argument in arguments)
        {
            argument.Dispose();
        }

        foreach (var lambda in lambdas)
        {
            lambda.Dispose();
        }

        base.Dispose();
    }
}
