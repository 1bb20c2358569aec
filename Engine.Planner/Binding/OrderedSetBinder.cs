using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>
/// Aggregates with WITHIN GROUP (ORDER BY ...). Where the values that are ordered are what is asked for, they become the first arguments:
/// <c>percentile_cont(0.5) WITHIN GROUP (ORDER BY x)</c> is <c>percentile_cont(x, 0.5)</c>. listagg takes the order as string_agg does.
/// </summary>
internal sealed class OrderedSetBinder(ExpressionBinder arguments, AggregateBinder aggregates)
{
    /// <summary>The name under which the aggregate is found: rank and its relatives are window functions without WITHIN GROUP.</summary>
    public static string NameOf(string name) => name is "rank" or "dense_rank" or "percent_rank" or "cume_dist" ? $"hypothetical_{name}" : name;

    public AggregateCall Bind(AggregateFunction function, Ast.FunctionCall call)
    {
        if (call.Distinct)
        {
            throw new QueryException(ErrorCodes.SyntaxError, "cannot use DISTINCT with WITHIN GROUP", call.Span);
        }

        var given = call.Arguments.Select(argument => arguments.Bind(argument.Value)).ToList();
        var order = call.WithinGroup.Select(item => SortBinder.BindKey(item, arguments.Coercion.Settle(arguments.Bind(item.Value)), arguments.Context.Mode)).ToImmutableArray();
        var filter = call.Filter is null ? null : arguments.BindCondition(call.Filter, "FILTER");
        var name = call.Name.Last.Value;
        return function.Info.Name switch
        {
            "string_agg" => aggregates.Aggregate(function, given, call.Span, isDistinct: false, filter, order),
            "mode" => aggregates.Aggregate(function, [One(order, call).Value], call.Span, isDistinct: false, filter, []),
            "percentile_cont" => aggregates.Aggregate(
                function, [One(order, call).Value, One(order, call).IsDescending ? FromEnd(Fraction(given, call)) : Fraction(given, call)], call.Span, isDistinct: false, filter, []),
            "percentile_disc" => aggregates.Aggregate(
                One(order, call).IsDescending ? arguments.Context.Functions.FindAggregate("percentile_disc_desc")! : function,
                [order[0].Value, Fraction(given, call)],
                call.Span,
                isDistinct: false,
                filter,
                []),
            _ when name != NameOf(name) => Hypothetical(function, given, order, filter, call),
            _ => throw new QueryException(ErrorCodes.WrongObjectType, $"{name} is not an ordered-set aggregate, so it cannot have WITHIN GROUP", call.Span),
        };
    }

    private static SortKey One(ImmutableArray<SortKey> order, Ast.FunctionCall call) => order is [var key]
        ? key
        : throw new QueryException(ErrorCodes.UndefinedFunction, $"{call.Name.Last.Value} orders by one value, not {order.Length}", call.Span);

    private static Expression Fraction(List<Expression> given, Ast.FunctionCall call) => given is [var fraction]
        ? fraction
        : throw new QueryException(ErrorCodes.UndefinedFunction, $"{call.Name.Last.Value} takes one fraction, not {given.Count} arguments", call.Span);

    /// <summary>As far from the end as the fraction, or each of an array of them, is from the start.</summary>
    private Expression FromEnd(Expression fraction)
    {
        if (fraction.Type is not ArrayType)
        {
            return arguments.Call("-", [new Literal(1.0, DataType.Double), arguments.Coercion.To(fraction, DataType.Double)], fraction.Span);
        }

        var item = new LambdaVariable(arguments.LambdaVariables.Length, "fraction", DataType.Double);
        var flipped = arguments.Call("-", [new Literal(1.0, DataType.Double), item], fraction.Span);
        return arguments.Call("transform", [arguments.Coercion.To(fraction, DataType.Array(DataType.Double)), new Lambda([item], flipped)], fraction.Span);
    }

    /// <summary>Where a row would stand: the rows' keys and the row itself as rows, with a text of a letter a key for the directions.</summary>
    private AggregateCall Hypothetical(
        AggregateFunction function, List<Expression> given, ImmutableArray<SortKey> order, Expression? filter, Ast.FunctionCall call)
    {
        if (given.Count != order.Length)
        {
            throw new QueryException(ErrorCodes.UndefinedFunction, $"{call.Name.Last.Value} takes as many values as WITHIN GROUP orders by: {order.Length}, not {given.Count}", call.Span);
        }

        var pairs = given.Zip(order).Select(pair => arguments.Coercion.Unify([pair.First, pair.Second.Value], "WITHIN GROUP")).ToList();
        var directions = string.Concat(order.Select(key => (key.IsDescending, key.NullsFirst) switch
        {
            (false, false) => 'a',
            (false, true) => 'A',
            (true, false) => 'd',
            _ => 'D',
        }));
        return aggregates.Aggregate(
            function,
            [
                arguments.Call("row", [.. pairs.Select(pair => pair[1])], call.Span),
                arguments.Call("row", [.. pairs.Select(pair => pair[0])], call.Span),
                new Literal(directions, DataType.Varchar),
            ],
            call.Span,
            isDistinct: false,
            filter,
            []);
    }
}
