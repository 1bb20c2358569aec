using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;

namespace Engine.Planner.Binding;

/// <summary>Makes conversions explicit.</summary>
internal sealed class Coercion(IConstantEvaluator constants)
{
    /// <summary>The expression as the type, by a conversion that happens by itself.</summary>
    public Expression To(Expression expression, DataType type)
    {
        if (expression.Type.Equals(type))
        {
            return expression;
        }

        if (expression is Lambda lambda)
        {
            return new Lambda(lambda.Parameters, To(lambda.Body, type)) { Span = lambda.Span };
        }

        if (expression.Type.Kind == TypeKind.Unknown)
        {
            return FromUntyped(expression, type);
        }

        if (!CastRules.IsImplicit(expression.Type, type))
        {
            throw Mismatch(expression, type);
        }

        // An array of nothing but NULLs is one of any type.
        return expression is Literal && IsOpen(expression.Type) ? new Literal(((Literal)expression).Value, type) { Span = expression.Span } : new Cast(expression, type, IsTry: false) { Span = expression.Span };
    }

    /// <summary>As an assignment or a clause wants it: the type, or an error that says what was found instead.</summary>
    public Expression Require(Expression expression, DataType type, string clause)
    {
        if (expression.Type.Kind == TypeKind.Unknown || CastRules.IsImplicit(expression.Type, type))
        {
            return To(expression, type);
        }

        throw new QueryException(ErrorCodes.DatatypeMismatch, $"argument of {clause} must be type {type}, not type {expression.Type}", expression.Span);
    }

    /// <summary>As a value of a table's column, which takes more than other places do; an error names the column.</summary>
    public Expression Assign(Expression expression, DataType type, string column)
    {
        if (expression.Type.Kind == TypeKind.Unknown || CastRules.IsImplicit(expression.Type, type))
        {
            return To(expression, type);
        }

        return CastRules.IsAssignable(expression.Type, type)
            ? new Cast(expression, type, IsTry: false) { Span = expression.Span }
            : throw new QueryException(
                ErrorCodes.DatatypeMismatch,
                $"column \"{column}\" is of type {type} but expression is of type {expression.Type}",
                expression.Span,
                "You will need to rewrite or cast the expression.");
    }

    /// <summary>Untyped literals that nothing decided about are text.</summary>
    public Expression Settle(Expression expression) => IsOpen(expression.Type) ? To(expression, Settled(expression.Type)) : expression;

    /// <summary>Text in place of what is undecided in a type.</summary>
    public static DataType Settled(DataType type) => type switch
    {
        { Kind: TypeKind.Unknown } => DataType.Varchar,
        ArrayType array when IsOpen(type) => new ArrayType(Settled(array.Element)),
        _ => type,
    };

    /// <summary>Whether a type is undecided: that of an untyped literal, or of an array of such.</summary>
    public static bool IsOpen(DataType type) => type.Kind == TypeKind.Unknown || (type is ArrayType array && IsOpen(array.Element));

    /// <summary>All as their common type.</summary>
    /// <param name="expressions">At least one.</param>
    /// <param name="construct">CASE, UNION, VALUES ... for the message.</param>
    public Expression[] Unify(IReadOnlyList<Expression> expressions, string construct)
    {
        expressions = DecimalLiteral.Among(expressions);
        var type = expressions[0].Type;
        foreach (var expression in expressions.Skip(1))
        {
            type = CastRules.CommonType(type, expression.Type)
                ?? throw new QueryException(
                    ErrorCodes.DatatypeMismatch, $"{construct} types {type} and {expression.Type} cannot be matched", expression.Span);
        }

        type = IsReal(expressions, type) ? DataType.Real : Settled(type);
        return [.. expressions.Select(As)];

        // Where integer digits and fraction digits do not fit together, a value with too many of the former is an error when it comes.
        Expression As(Expression expression) => expression.Type.IsNumeric && type.IsNumeric && !CastRules.IsImplicit(expression.Type, type)
            ? new Cast(expression, type, IsTry: false) { Span = expression.Span }
            : To(expression, type);
    }

    /// <summary>Where PostgreSQL chooses a type for values side by side, whole numbers and decimals become real beside one; to compare them it goes to double.</summary>
    private static bool IsReal(IReadOnlyList<Expression> expressions, DataType common) =>
        common.Kind == TypeKind.Double && expressions.All(expression => expression.Type.Kind != TypeKind.Double) && expressions.Any(expression => expression.Type.Kind == TypeKind.Real);

    /// <summary>A written cast.</summary>
    public Expression Explicit(Expression operand, DataType type, bool isTry, SourceSpan span)
    {
        if (operand.Type.Equals(type))
        {
            return operand;
        }

        if (operand is Literal { Type.Kind: TypeKind.Unknown } untyped && !isTry)
        {
            return FromUntyped(untyped, type) with { Span = span };
        }

        operand = operand.Type is ArrayType && IsOpen(operand.Type) && CastRules.IsImplicit(operand.Type, type) ? To(operand, type) : Settle(operand);
        return operand.Type.Equals(type) ? operand : CastRules.IsExplicit(operand.Type, type)
            ? new Cast(operand, type, isTry) { Span = span }
            : throw new QueryException(ErrorCodes.CannotCoerce, $"cannot cast type {operand.Type} to {type}", span);
    }

    /// <summary>An untyped literal takes the type that its context wants; text that is no such value is an error at its place.</summary>
    private Expression FromUntyped(Expression expression, DataType type)
    {
        if (expression is Literal { Value: null, Slot: var slot })
        {
            slot?.Settle(type);
            return new Literal(null, type) { Span = expression.Span };
        }

        if (expression is not Literal literal)
        {
            return new Cast(expression, type, IsTry: false) { Span = expression.Span };
        }

        var text = new Literal(literal.Value, DataType.Varchar) { Span = literal.Span };
        if (type.Kind == TypeKind.Varchar)
        {
            return text;
        }

        if (!CastRules.IsExplicit(DataType.Varchar, type))
        {
            throw Mismatch(expression, type);
        }

        try
        {
            return new Literal(constants.Evaluate(MomentWords.TryBind(literal.Value as string, type) ?? new Cast(text, type, IsTry: false)), type) { Span = literal.Span };
        }
        catch (QueryException error)
        {
            throw error.At(literal.Span);
        }
    }

    private static QueryException Mismatch(Expression expression, DataType type) =>
        new(ErrorCodes.DatatypeMismatch, $"a value of type {type} is needed, not of type {expression.Type}", expression.Span);
}
