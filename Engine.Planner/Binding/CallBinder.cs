using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds operators and calls of scalar functions, and hands on calls of other kinds.</summary>
internal sealed class CallBinder(ExpressionBinder expressions)
{
    private readonly OverloadResolver _overloads = new(expressions.Coercion);

    private BindingContext Context => expressions.Context;

    public Expression BindUnary(Ast.UnaryExpression unary)
    {
        var operand = expressions.Bind(unary.Operand);
        switch (unary.Operator)
        {
            case Ast.UnaryOperator.Plus:
                return operand;
            case Ast.UnaryOperator.Minus when operand is Literal literal && Negate(literal, unary.Operand is Ast.NumberLiteral) is { } negative:
                return negative with { Span = unary.Span };
            default:
                var name = unary.Operator switch
                {
                    Ast.UnaryOperator.Minus => "-",
                    Ast.UnaryOperator.BitwiseNot => "~",
                    Ast.UnaryOperator.Absolute => "abs",
                    Ast.UnaryOperator.SquareRoot => "sqrt",
                    _ => "cbrt",
                };
                return Call(name, [operand], unary.Span);
        }
    }

    public Expression BindBinary(Ast.BinaryExpression binary)
    {
        var left = expressions.Bind(binary.Left);
        var right = expressions.Bind(binary.Right);
        var name = OperatorNames.FunctionOf(binary.Operator);
        return binary.Operator switch
        {
            Ast.BinaryOperator.RegexNotMatch or Ast.BinaryOperator.RegexNotMatchInsensitive => Call("not", [Call(name, [left, right], binary.Span)], binary.Span),
            Ast.BinaryOperator.Concatenate => BindConcatenation(left, right, binary.Span),
            _ => Call(name, [left, right], binary.Span),
        };
    }

    public Expression BindFunction(Ast.FunctionCall call)
    {
        var name = call.Name is { IsSimple: false, Parts: [.., { Value: "presto" }, _] } ? $"presto.{call.Name.Last.Value}" : call.Name.Last.Value;
        if (call.Over is not null)
        {
            return new WindowBinder(expressions, this).Bind(call);
        }

        if (name == Grouping.Function)
        {
            return new AggregateBinder(expressions, this).BindGrouping(call);
        }

        if (Context.Functions.FindAggregate(call.WithinGroup.IsEmpty ? name : OrderedSetBinder.NameOf(name)) is { } aggregate)
        {
            return new AggregateBinder(expressions, this).Bind(aggregate, call);
        }

        if (name == "unnest" || SeriesFunctions.ArrayFunctionOf(name) is not null)
        {
            return BindSeries(name, call);
        }

        if (Context.Functions.FindWindow(name) is not null)
        {
            throw new QueryException(ErrorCodes.WrongObjectType, $"window function {name} requires an OVER clause", call.Span);
        }

        if (call.Distinct || !call.OrderBy.IsEmpty || !call.WithinGroup.IsEmpty || call.Filter is not null)
        {
            throw new QueryException(ErrorCodes.WrongObjectType, $"DISTINCT, ORDER BY and FILTER belong to aggregates; {name} is none", call.Span);
        }

        if (name == "struct_pack")
        {
            return NamedRow([.. call.Arguments.Select(argument => (NameOf(argument), expressions.Bind(argument.Value)))], call.Span);
        }

        if (call.Arguments.FirstOrDefault(argument => argument.Name is not null) is { } named)
        {
            if (NamedArguments.TryOrder(call, expressions.Bind) is { } ordered)
            {
                return Call(name, ordered, call.Span);
            }

            throw new QueryException(ErrorCodes.SyntaxError, $"{name} takes no named argument \"{named.Name!.Value}\"", named.Span);
        }

        if (call.Arguments.Any(argument => argument.Value is Ast.LambdaExpression) && Context.Functions.FindScalar(name) is { } function)
        {
            return Call(name, new LambdaBinder(expressions).BindArguments(function, call), call.Span);
        }

        var arguments = call.Arguments.Select(argument => BindArgument(argument.Value)).ToList();
        return SpecialForms.TryBind(name, arguments, call.Span, expressions, (function, values) => Call(function, values, call.Span))
            ?? TryCast(name, arguments, call.Span)
            ?? Call(name, arguments, call.Span);
    }

    /// <summary>A value, or with <c>t.*</c> a whole row of a table.</summary>
    private Expression BindArgument(Ast.Expression argument) => argument is Ast.StarExpression { Qualifier: { } table, Exclude.IsEmpty: true, Replace.IsEmpty: true, Rename.IsEmpty: true }
        ? expressions.BindRow(table.Last) ?? throw new QueryException(ErrorCodes.UndefinedTable, $"missing FROM-clause entry for table \"{table.Last.Value}\"", table.Span)
        : expressions.Bind(argument);

    /// <summary>A type's name as a function of one value casts it, as <c>float8(x)</c>, where there is no function of the name that takes the value.</summary>
    private Expression? TryCast(string name, IReadOnlyList<Expression> arguments, SourceSpan span) =>
        arguments is [var value] && TypeName.TryResolve(name, []) is { } type && (Context.Functions.FindScalar(name) is not { } function || _overloads.Resolve(function, arguments) is null)
            ? expressions.Coercion.Explicit(value, type, isTry: false, span)
            : null;

    /// <summary>A call of a scalar function or operator by name.</summary>
    public Expression Call(string name, IReadOnlyList<Expression> arguments, SourceSpan? span)
    {
        var isOperator = !char.IsAsciiLetter(name[0]);
        arguments = OperatorNames.IsOfNumbers(name) ? DecimalLiteral.Among(arguments) : arguments;
        if (Context.Functions.FindScalar(name) is not { } function)
        {
            var hint = isOperator ? null : NearNames.Hint(name, Context.Functions.All.Select(info => info.Name).Where(known => char.IsAsciiLetter(known[0])));
            throw isOperator
                ? QueryException.NotSupportedYet($"operator {name}", span)
                : new QueryException(ErrorCodes.UndefinedFunction, $"function {name}({string.Join(", ", arguments.Select(argument => argument.Type))}) does not exist", span, hint);
        }

        if (Context.Mode == SqlMode.Presto && Context.Functions.FindScalar($"presto.{name}") is { } other && _overloads.Resolve(other, arguments) is not null)
        {
            function = other;
        }

        if (_overloads.Resolve(function, arguments) is not { } chosen)
        {
            throw OverloadResolver.NoMatch(name, isOperator, arguments, span);
        }

        return new Call(function.Info.Name, chosen.Arguments, ResultOf(chosen.Overload, chosen.Arguments, span))
        {
            Span = span,
            CanFail = chosen.Overload.CanFail,
            IsVolatile = function.Info.Volatility == Volatility.Volatile,
        };
    }

    private static DataType ResultOf(ScalarOverload overload, ImmutableArray<Expression> arguments, SourceSpan? span)
    {
        if (overload.ResultOfConstants is null)
        {
            return overload.Result([.. arguments.Select(argument => argument.Type)]);
        }

        var constants = arguments.Index().Where(pair => pair.Item is Literal).ToImmutableDictionary(pair => pair.Index, pair => ((Literal)pair.Item).Value);
        try
        {
            return overload.ResultOfConstants(constants);
        }
        catch (QueryException error)
        {
            throw error.At(span);
        }
    }

    /// <summary>A row whose fields have names.</summary>
    public Expression NamedRow(IReadOnlyList<(Ast.Identifier Name, Expression Value)> fields, SourceSpan span)
    {
        if (fields.GroupBy(field => field.Name.Value, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new QueryException(ErrorCodes.DuplicateColumn, $"field \"{twice.Key}\" stands twice in a row", twice.Last().Name.Span);
        }

        var row = Call("row", [.. fields.Select(field => expressions.Coercion.Settle(field.Value))], span);
        var type = new RowType([.. ((RowType)row.Type).Fields.Zip(fields, (field, named) => field with { Name = named.Name.Value })]);
        return expressions.Coercion.Explicit(row, type, isTry: false, span);
    }

    /// <summary>The name given with :=, or that of the column that is the value.</summary>
    private static Ast.Identifier NameOf(Ast.FunctionArgument argument) => argument.Name
        ?? (argument.Value as Ast.ColumnReference)?.Name.Last
        ?? throw new QueryException(ErrorCodes.SyntaxError, "struct_pack wants a name for each value", argument.Span, "Write struct_pack(name := value).");

    /// <summary>
    /// The negative of a constant number; null for what is none, or has no negative. The smallest integers are written as the negative of one that does
    /// not fit.
    /// </summary>
    private static Literal? Negate(Literal literal, bool isWritten) => literal.Value switch
    {
        int.MinValue or long.MinValue => null,
        int value => literal with { Value = -value },
        2147483648L when isWritten => new Literal(int.MinValue, DataType.Integer),
        long value => literal with { Value = -value },
        double value => literal with { Value = -value },
        Int128 value when isWritten && value == -(Int128)long.MinValue && literal.Type is DecimalType { Scale: 0 } => new Literal(long.MinValue, DataType.BigInt),
        Int128 value => literal with { Value = -value },
        _ => null,
    };

    /// <summary>Text concatenation takes any value on one side: <c>'a' || 1</c> works.</summary>
    private Expression BindConcatenation(Expression left, Expression right, SourceSpan span)
    {
        // An untyped literal beside a document or bytes is one too.
        if ((left.Type.Kind, right.Type.Kind) is (TypeKind.Json, TypeKind.Json) or (TypeKind.Json or TypeKind.Varbinary, TypeKind.Unknown) or (TypeKind.Unknown, TypeKind.Json or TypeKind.Varbinary))
        {
            return Call("||", [left, right], span);
        }

        if (left.Type.Kind is TypeKind.Varchar or TypeKind.Unknown && right.Type.Kind is not (TypeKind.Varchar or TypeKind.Unknown or TypeKind.Array))
        {
            right = expressions.Coercion.Explicit(right, DataType.Varchar, isTry: false, span);
        }
        else if (right.Type.Kind is TypeKind.Varchar or TypeKind.Unknown && left.Type.Kind is not (TypeKind.Varchar or TypeKind.Unknown or TypeKind.Array))
        {
            left = expressions.Coercion.Explicit(left, DataType.Varchar, isTry: false, span);
        }

        return Call("||", [left, right], span);
    }

    /// <summary>A call that gives several rows for each.</summary>
    private Expression BindSeries(string name, Ast.FunctionCall call)
    {
        if (expressions.Series is not { } collector)
        {
            throw new QueryException(ErrorCodes.FeatureNotSupported, $"set-returning functions are not allowed in {expressions.Clause}: {name}", call.Span);
        }

        var arguments = call.Arguments.Select(argument => expressions.Bind(argument.Value)).ToList();
        var items = name == "unnest" && arguments is [var array] ? array : Items(name, arguments, call.Span);

        // Unnesting spreads the fields of rows; in a select list a row stays whole, as the only field of another.
        return collector.Add(items.Type is ArrayType { Element: RowType } ? Call("zip", [items], call.Span) : items, name, call.Span);
    }

    /// <summary>What a function gives as rows, as an array.</summary>
    public Expression Items(string name, IReadOnlyList<Expression> arguments, SourceSpan span) => new SeriesItems(expressions, this).Of(name, arguments, span);
}
