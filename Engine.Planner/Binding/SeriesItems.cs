using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;

namespace Engine.Planner.Binding;

/// <summary>What functions that give several rows give, as arrays.</summary>
internal sealed class SeriesItems(ExpressionBinder expressions, CallBinder calls)
{
    /// <summary>The rows of a call as the items of an array.</summary>
    public Expression Of(string name, IReadOnlyList<Expression> arguments, SourceSpan span) => (name, arguments) switch
    {
        ("generate_series", _) => Series(arguments, span),
        ("generate_subscripts", [var array, var dimension]) => Series([calls.Call("array_lower", [array, dimension], span), calls.Call("array_upper", [array, dimension], span)], span),
        ("_pg_expandarray", [var array]) => Numbered(array, span),
        _ => calls.Call(SeriesFunctions.ArrayFunctionOf(name) ?? name, arguments, span),
    };

    /// <summary>The items of <c>generate_series</c> as an array, which is empty where the last lies before the first; integers stay integers.</summary>
    private Expression Series(IReadOnlyList<Expression> arguments, SourceSpan span)
    {
        var sequence = calls.Call("sequence", AmongDecimals(arguments), span);

        // A literal step has the type here that the bounds ask for.
        var (first, last, step) = sequence is Call { Arguments: [var from, var to, .. var more] } ? (from, to, more.FirstOrDefault()) : (arguments[0], arguments[1], null);
        var backwards = step is null ? Literal.False : calls.Call("<", [step, Zero(step.Type)], span);
        var isEmpty = new Case([backwards], [calls.Call("<", [first, last], span)], calls.Call(">", [first, last], span));
        Expression items = new Case([isEmpty], [new Literal(ImmutableArray<object?>.Empty, sequence.Type)], sequence) { Span = span };
        return arguments.All(argument => argument.Type.Kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer) ? expressions.Coercion.Explicit(items, DataType.Array(DataType.Integer), isTry: false, span) : items;
    }

    /// <summary>Untyped bounds beside decimals are decimals too: of the digits that they are written with, or of any.</summary>
    private IReadOnlyList<Expression> AmongDecimals(IReadOnlyList<Expression> bounds) => bounds.FirstOrDefault(bound => bound.Type is DecimalType) is { Type: var type }
        ? [.. DecimalLiteral.Among(bounds).Select(bound => bound switch
        {
            Literal { Type.Kind: TypeKind.Unknown, Value: null } => Literal.Null(type),
            { Type.Kind: TypeKind.Unknown } => expressions.Coercion.Require(bound, new DecimalType(DecimalType.MaxPrecision, 10), "generate_series"),
            _ => bound,
        })]
        : bounds;

    /// <summary>The items beside their numbers from 1 on, as the rows (x, n) of information_schema's function.</summary>
    private Expression Numbered(Expression array, SourceSpan span)
    {
        if (array.Type is not ArrayType { Element: var element })
        {
            throw new QueryException(ErrorCodes.DatatypeMismatch, $"_pg_expandarray takes arrays, not type {array.Type}", span);
        }

        var numbers = Series([new Literal(1, DataType.Integer), calls.Call("cardinality", [array], span)], span);
        var rows = DataType.Array(new RowType([new Field("x", element), new Field("n", DataType.Integer)]));
        return expressions.Coercion.Explicit(calls.Call("zip", [array, numbers], span), rows, isTry: false, span);
    }

    private static Literal Zero(DataType type) => type.Kind == TypeKind.Interval ? new Literal(default(Interval), type) : new Literal(0, DataType.Integer);
}
