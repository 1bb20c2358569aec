using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds calls of aggregate functions, which go to the collector of the query that they belong to.</summary>
internal sealed class AggregateBinder(ExpressionBinder expressions, CallBinder calls)
{
    private readonly OverloadResolver _overloads = new(expressions.Coercion);

    /// <summary>GROUPING(keys), which is known when the keys are.</summary>
    public Call BindGrouping(Ast.FunctionCall call)
    {
        if (expressions.Aggregates is not { } collector || call.Arguments.IsEmpty || call.Arguments.Count > 31)
        {
            throw new QueryException(
                ErrorCodes.GroupingError,
                expressions.Aggregates is null ? $"grouping operations are not allowed in {expressions.Clause}" : "GROUPING must have 1 to 31 arguments",
                call.Span);
        }

        collector.HasGrouping = true;
        var inner = expressions.ForAggregateArguments();
        return new Call(Grouping.Function, [.. call.Arguments.Select(argument => expressions.Coercion.Settle(inner.Bind(argument.Value)))], DataType.Integer) { Span = call.Span };
    }

    /// <summary>A call as an expression: the column that the collector of its query gives it.</summary>
    public Expression Bind(AggregateFunction function, Ast.FunctionCall call)
    {
        var name = function.Info.Name;
        if (expressions.IsInAggregate)
        {
            throw new QueryException(ErrorCodes.GroupingError, $"aggregate function calls cannot be nested: {name}", call.Span);
        }

        var inner = expressions.ForAggregateArguments();
        var bound = call.WithinGroup.IsEmpty ? BindCall(function, call, inner) : new OrderedSetBinder(inner, this).Bind(function, call);
        var collector = CollectorOf(bound)
            ?? throw new QueryException(ErrorCodes.GroupingError, $"aggregate functions are not allowed in {expressions.Clause}: {name}", call.Span);
        return collector.Add(bound, name, call.Span);
    }

    /// <summary>The call of an aggregate with plain arguments.</summary>
    public AggregateCall BindCall(AggregateFunction function, Ast.FunctionCall call, ExpressionBinder inner)
    {
        var name = function.Info.Name;
        var isStar = call.Arguments is [{ Value: Ast.StarExpression }];
        var arguments = isStar ? [] : call.Arguments.Select(argument => inner.Bind(argument.Value)).ToList();
        if (isStar && name != "count")
        {
            throw new QueryException(ErrorCodes.UndefinedFunction, $"{name}(*) does not exist: only count takes *", call.Span);
        }

        if (name == "count" && call.Distinct && arguments.Count > 1)
        {
            arguments = [calls.Call("row", [.. arguments.Select(expressions.Coercion.Settle)], call.Span)];
        }

        return Aggregate(
            function,
            arguments,
            call.Span,
            call.Distinct,
            call.Filter is null ? null : inner.BindCondition(call.Filter, "FILTER"),
            [.. call.OrderBy.Select(item => SortBinder.BindKey(item, inner.Bind(item.Value), expressions.Context.Mode))]);
    }

    /// <summary>A call of an aggregate; DISTINCT and an order only where they show.</summary>
    public AggregateCall Aggregate(
        AggregateFunction function, IReadOnlyList<Expression> arguments, SourceSpan span, bool isDistinct, Expression? filter, ImmutableArray<SortKey> order)
    {
        if (_overloads.Resolve(function, arguments) is not { } chosen)
        {
            throw OverloadResolver.NoMatch(function.Info.Name, isOperator: false, arguments, span);
        }

        return new AggregateCall(
            function.Info.Name,
            chosen.Arguments,
            chosen.Overload.Result([.. chosen.Arguments.Select(argument => argument.Type)]),
            isDistinct && !function.IgnoresDistinct && chosen.Arguments.Length > 0,
            filter,
            function.DependsOnOrder ? order : []);
    }

    /// <summary>An aggregate belongs to the innermost query whose columns are among its arguments; one of no columns to the query that it stands in.</summary>
    private AggregateCollector? CollectorOf(AggregateCall call)
    {
        var columns = call.Expressions.SelectMany(expression => expression.ReferencedColumns()).ToHashSet();
        bool Owns(Scope scope) => scope.Columns.Any(column => columns.Contains(column.Column.Id));
        if (columns.Count == 0 || Owns(expressions.Scope))
        {
            return expressions.Aggregates;
        }

        for (var around = expressions.Scope.Outer; around is not null; around = around.Outer)
        {
            if (Owns(around))
            {
                return around.Aggregates;
            }
        }

        return expressions.Aggregates;
    }
}
