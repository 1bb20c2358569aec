using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds the conditions that have a syntax of their own.</summary>
internal sealed class PredicateBinder(ExpressionBinder expressions)
{
    private readonly CallBinder _calls = new(expressions);

    /// <summary>Null when the expression is none of them.</summary>
    public Expression? TryBind(Ast.Expression expression) => expression switch
    {
        Ast.BetweenExpression between => BindBetween(between),
        Ast.InListExpression list => BindInList(list),
        Ast.LikeExpression like => BindLike(like),
        Ast.IsNullExpression test => new IsNull(expressions.Coercion.Settle(expressions.Bind(test.Operand)), test.Negated) { Span = test.Span },
        Ast.IsTruthExpression test => BindTruth(test),
        Ast.IsDistinctFromExpression distinct => Negate(
            _calls.Call("is_distinct_from", [expressions.Bind(distinct.Left), expressions.Bind(distinct.Right)], distinct.Span), distinct.Negated),
        Ast.QuantifiedComparison { Right: not Ast.SubqueryExpression } quantified => BindQuantified(quantified),
        _ => null,
    };

    private Expression Negate(Expression condition, bool isNegated) => isNegated ? _calls.Call("not", [condition], condition.Span) : condition;

    private Expression BindBetween(Ast.BetweenExpression between)
    {
        var operand = expressions.Bind(between.Operand);
        var low = expressions.Bind(between.Low);
        var high = expressions.Bind(between.High);
        Junction Within(Expression from, Expression to) => new(
            IsAnd: true, [_calls.Call(">=", [operand, from], between.Span), _calls.Call("<=", [operand, to], between.Span)]) { Span = between.Span };
        var condition = between.Symmetric ? new Junction(IsAnd: false, [Within(low, high), Within(high, low)]) { Span = between.Span } : Within(low, high);
        return Negate(condition, between.Negated);
    }

    private Expression BindInList(Ast.InListExpression list)
    {
        var operand = expressions.Bind(list.Operand);
        var items = list.Items.Select(expressions.Bind).ToList();
        Expression[] unified;
        try
        {
            unified = expressions.Coercion.Unify([operand, .. items], "IN");
        }
        catch (QueryException error) when (error.Code == ErrorCodes.DatatypeMismatch)
        {
            var misfit = items.Find(item => CastRules.CommonType(operand.Type, item.Type) is null) ?? items[0];
            throw OverloadResolver.NoMatch("=", isOperator: true, [operand, misfit], misfit.Span);
        }

        return Negate(new InList(unified[0], [.. unified[1..]]) { Span = list.Span }, list.Negated);
    }

    private Expression BindLike(Ast.LikeExpression like)
    {
        var name = like.Kind switch
        {
            Ast.LikeKind.Like => "like",
            Ast.LikeKind.ILike => "ilike",
            _ => "similar_to",
        };
        var arguments = new List<Expression> { expressions.Bind(like.Operand), expressions.Bind(like.Pattern) };
        if (like.Escape is not null)
        {
            arguments.Add(expressions.Bind(like.Escape));
        }

        return Negate(_calls.Call(name, arguments, like.Span), like.Negated);
    }

    /// <summary>IS TRUE is "true, and not NULL"; IS UNKNOWN is IS NULL.</summary>
    private Expression BindTruth(Ast.IsTruthExpression test)
    {
        var operand = expressions.BindCondition(test.Operand, "IS");
        if (test.Value == Ast.TruthValue.Unknown)
        {
            return new IsNull(operand, test.Negated) { Span = test.Span };
        }

        var wanted = test.Value == Ast.TruthValue.True ? operand : _calls.Call("not", [operand], test.Span);
        return Negate(new Coalesce([wanted, Literal.False], DataType.Boolean) { Span = test.Span }, test.Negated);
    }

    /// <summary>A comparison with every item of an array: of one that is written out with each in turn, else by any_match and all_match.</summary>
    private Expression BindQuantified(Ast.QuantifiedComparison quantified)
    {
        var left = expressions.Bind(quantified.Left);
        var isAny = quantified.Quantifier == Ast.Quantifier.Any;
        if (quantified.Right is not Ast.ArrayConstructor array)
        {
            return BindQuantified(quantified, left, expressions.Bind(quantified.Right));
        }

        // The items of an array have one type: beside a real, whole numbers lose digits before they are compared.
        IReadOnlyList<Expression> items = [.. array.Items.Select(expressions.Bind)];
        items = items.Any(item => item.Type.IsFloating) ? expressions.Coercion.Unify(items, "ARRAY") : items;
        var terms = items.Select(item => Compare(quantified, left, item, expressions)).ToImmutableArray();
        return terms.Length switch
        {
            0 => isAny ? Literal.False : Literal.True,
            1 => terms[0],
            _ => new Junction(!isAny, terms) { Span = quantified.Span },
        };
    }

    private Expression BindQuantified(Ast.QuantifiedComparison quantified, Expression left, Expression array)
    {
        array = array.Type.Kind == TypeKind.Unknown ? expressions.Coercion.To(array, DataType.Array(expressions.Coercion.Settle(left).Type)) : array;
        if (array.Type is not ArrayType type)
        {
            throw new QueryException(ErrorCodes.WrongObjectType, $"op ANY/ALL (array) requires array on right side, not {array.Type}", quantified.Right.Span);
        }

        var item = new LambdaVariable(expressions.LambdaVariables.Length, "item", type.Element);
        var condition = Compare(quantified, left, item, expressions);
        return _calls.Call(quantified.Quantifier == Ast.Quantifier.Any ? "any_match" : "all_match", [array, new Lambda([item], condition)], quantified.Span);
    }

    /// <summary>The comparison of a quantified one for one pair of values.</summary>
    public static Expression Compare(Ast.QuantifiedComparison quantified, Expression left, Expression right, ExpressionBinder expressions)
    {
        var (name, isNegated) = quantified.Operator switch
        {
            Ast.BinaryOperator.Like => ("like", false),
            Ast.BinaryOperator.NotLike => ("like", true),
            Ast.BinaryOperator.ILike => ("ilike", false),
            Ast.BinaryOperator.NotILike => ("ilike", true),
            Ast.BinaryOperator.RegexNotMatch or Ast.BinaryOperator.RegexNotMatchInsensitive => (OperatorNames.FunctionOf(quantified.Operator), true),
            _ => (OperatorNames.FunctionOf(quantified.Operator), false),
        };
        var comparison = expressions.Call(name, [left, right], quantified.Span);
        return isNegated ? expressions.Call("not", [comparison], quantified.Span) : comparison;
    }
}
