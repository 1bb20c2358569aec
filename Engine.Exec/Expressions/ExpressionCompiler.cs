using System.Collections.Immutable;
using System.Diagnostics;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Functions.Conversion;

namespace Engine.Exec.Expressions;

/// <summary>Makes evaluators of bound expressions whose column references are positions in the input.</summary>
public sealed class ExpressionCompiler(IFunctionCatalog functions)
{
    public Evaluator Compile(Expression expression) => expression switch
    {
        ColumnReference column => new ColumnEvaluator(column.Column, column.Type),
        Literal literal => new ConstantEvaluator(literal.Value, literal.Type),
        Call call => CompileCall(call),
        Cast cast => CompileCast(cast),
        Junction junction => new JunctionEvaluator(junction.IsAnd, Partial(junction.Terms)),
        IsNull test => new IsNullEvaluator(Compile(test.Operand), test.IsNegated),
        Case choice => new CaseEvaluator(Partial(choice.Conditions), Partial(choice.Results), new PartialEvaluator(choice.Else, this), choice.Type),
        Coalesce coalesce => new CoalesceEvaluator(Partial(coalesce.Arguments), coalesce.Type),
        InList list => CompileInList(list),
        TryExpression attempt => new TryEvaluator(Compile(attempt.Operand)),
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    private ImmutableArray<Evaluator> CompileAll(ImmutableArray<Expression> expressions) => [.. expressions.Select(Compile)];

    private ImmutableArray<PartialEvaluator> Partial(ImmutableArray<Expression> expressions) => [.. expressions.Select(part => new PartialEvaluator(part, this))];

    private Evaluator CompileCall(Call call)
    {
        ImmutableArray<DataType> types = [.. call.Arguments.Select(argument => argument.Type)];
        var function = functions.FindScalar(call.Function) ?? throw new UnreachableException($"function {call.Function}");
        var overload = OverloadMatch.Exact(function.Overloads, call.Arguments) ?? throw new UnreachableException($"{call.Function}({string.Join(", ", types)})");
        var constants = call.Arguments
            .Select((argument, place) => (argument, place))
            .Where(pair => pair.argument is Literal)
            .ToImmutableDictionary(pair => pair.place, pair => ((Literal)pair.argument).Value);
        var kernel = overload.Bind(new ScalarBinding(types, call.Type, constants, call.Span));
        if (call.Arguments.Any(argument => argument is Lambda))
        {
            return CompileLambdaCall(call, kernel);
        }

        return new CallEvaluator(CompileAll(call.Arguments), kernel, new CallTraits(overload.CanFail, overload.SeesNulls, call.IsVolatile), call.Type, call.Span);
    }

    private LambdaCallEvaluator CompileLambdaCall(Call call, ScalarKernel kernel)
    {
        var lambdas = call.Arguments.OfType<Lambda>().ToImmutableArray();
        return new LambdaCallEvaluator(
            CompileAll([.. call.Arguments.Where(argument => argument is not Lambda)]),
            [.. lambdas.Select(lambda => new LambdaEvaluator(lambda, this))],
            lambdas.All(lambda => lambda.IsClosed && !lambda.IsVolatile()),
            kernel,
            call.Type,
            call.Span);
    }

    private CallEvaluator CompileCast(Cast cast)
    {
        var kernel = Casts.Bind(cast.Operand.Type, cast.Type, cast.IsTry);
        var canFail = !cast.IsTry && CastRules.CanFail(cast.Operand.Type, cast.Type);
        return new CallEvaluator([Compile(cast.Operand)], kernel, new CallTraits(canFail, SeesNulls: false, IsVolatile: false), cast.Type, cast.Span);
    }

    private Evaluator CompileInList(InList list)
    {
        if (list.Items.All(item => item is Literal))
        {
            return new InSetEvaluator(Compile(list.Operand), [.. list.Items.Select(item => ((Literal)item).Value)]);
        }

        // Items that are computed: an OR of equalities says the same.
        var terms = list.Items.Select(item => (Expression)new Call("=", [list.Operand, item], DataType.Boolean) { Span = list.Span });
        return list.Items.Length == 1 ? Compile(terms.First()) : Compile(new Junction(IsAnd: false, [.. terms]));
    }
}
