using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds calls with lambdas: the other arguments first, for the lambdas' parameters have their types from them.</summary>
internal sealed class LambdaBinder(ExpressionBinder expressions)
{
    /// <summary>A result may widen a parameter, and that the result again, as decimals grow when they are added up.</summary>
    private const int MaxRounds = 4;

    /// <summary>The arguments of a call, lambdas among them.</summary>
    /// <exception cref="QueryException">No overload takes such lambdas.</exception>
    public IReadOnlyList<Expression> BindArguments(ScalarFunction function, Ast.FunctionCall call)
    {
        var written = call.Arguments.Select(argument => argument.Value).ToList();
        var bound = written.Select(argument => argument is Ast.LambdaExpression ? null : expressions.Bind(argument)).ToArray();
        foreach (var overload in function.Overloads)
        {
            if (Fits(overload, written) && TryBind(overload.Parameters, written, bound))
            {
                return bound!;
            }
        }

        var types = written.Zip(bound, (argument, value) => argument is Ast.LambdaExpression lambda
            ? $"{(lambda.Parameters.Count == 1 ? lambda.Parameters[0].Value : $"({string.Join(", ", lambda.Parameters.Select(parameter => parameter.Value))})")} -> ..."
            : value!.Type.ToString());
        var signatures = function.Overloads.Select(overload => $"{function.Info.Name}({string.Join(", ", overload.Parameters)})");
        throw new QueryException(
            ErrorCodes.UndefinedFunction, $"function {function.Info.Name}({string.Join(", ", types)}) does not exist", call.Span, $"There is {string.Join(" and ", signatures)}.");
    }

    private static bool Fits(ScalarOverload overload, List<Ast.Expression> written) =>
        overload.Parameters.Length == written.Count
        && overload.Parameters.Zip(written).All(pair => pair.First is LambdaParameter parameter
            ? pair.Second is Ast.LambdaExpression lambda && lambda.Parameters.Count == parameter.Parameters.Length
            : pair.Second is not Ast.LambdaExpression);

    /// <summary>Binds the lambdas in turn, and anew when the result of one widens the types that they were bound with.</summary>
    private bool TryBind(ImmutableArray<ParameterType> parameters, List<Ast.Expression> written, Expression?[] bound)
    {
        var types = bound.Select(value => value?.Type).ToArray();
        var lambdas = Enumerable.Range(0, written.Count).Where(place => written[place] is Ast.LambdaExpression).ToList();
        for (var round = 0; round < MaxRounds; round++)
        {
            var isStable = true;
            foreach (var place in lambdas)
            {
                if (OverloadMatch.LambdaTypes(place, parameters, types) is not { } wanted)
                {
                    return false;
                }

                if (bound[place] is Lambda known && known.Parameters.Select(parameter => parameter.Type).SequenceEqual(wanted))
                {
                    continue;
                }

                isStable = false;
                bound[place] = Bind((Ast.LambdaExpression)written[place], wanted);
                types[place] = round > 0 && bound[place]!.Type is DecimalType growing ? new DecimalType(DecimalType.MaxPrecision, growing.Scale) : bound[place]!.Type;
            }

            if (isStable)
            {
                return true;
            }
        }

        return true;
    }

    private Lambda Bind(Ast.LambdaExpression lambda, ImmutableArray<DataType> types)
    {
        var first = expressions.LambdaVariables.Length;
        var parameters = lambda.Parameters.Select((parameter, i) => new LambdaVariable(first + i, parameter.Value, types[i]) { Span = parameter.Span }).ToImmutableArray();
        return new Lambda(parameters, expressions.ForLambda(parameters).Bind(lambda.Body)) { Span = lambda.Span };
    }
}
