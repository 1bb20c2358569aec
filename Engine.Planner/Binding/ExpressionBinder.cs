using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds expressions of one clause: what names mean, which overloads are called, where conversions happen.</summary>
internal sealed class ExpressionBinder
{
    private readonly LiteralBinder _literals;
    private readonly CallBinder _calls;
    private readonly PredicateBinder _predicates;

    public ExpressionBinder(BindingContext context, Scope scope, string clause)
    {
        Context = context;
        Scope = scope;
        Clause = clause;
        Coercion = new Coercion(context.Constants);
        _literals = new LiteralBinder(Coercion, Context.Tables);
        _calls = new CallBinder(this);
        _predicates = new PredicateBinder(this);
    }

    public BindingContext Context { get; }

    public Scope Scope { get; }

    /// <summary>WHERE, GROUP BY ... for messages.</summary>
    public string Clause { get; }

    public Coercion Coercion { get; }

    /// <summary>Where aggregate calls go; null where the clause allows none.</summary>
    public AggregateCollector? Aggregates { get; init; }

    /// <summary>How subqueries become part of the plan; null where none may stand.</summary>
    public SubqueryBinder? Subqueries { get; init; }

    /// <summary>How subqueries inside the arguments of an aggregate become part of the plan, below the grouping.</summary>
    public SubqueryBinder? SubqueriesOfArguments { get; init; }

    /// <summary>Where window calls go; null where the clause allows none.</summary>
    public WindowCollector? Windows { get; init; }

    /// <summary>Where calls go that give several rows; null where the clause allows none.</summary>
    public SeriesCollector? Series { get; init; }

    /// <summary>What COLUMNS(...) stands for just now; null outside of a select list.</summary>
    public Expression? CurrentColumn { get; set; }

    /// <summary>The WINDOW clause.</summary>
    public IReadOnlyList<Ast.NamedWindow> NamedWindows { get; init; } = [];

    /// <summary>Whether the binder is inside a window call.</summary>
    public bool IsInWindow { get; init; }

    /// <summary>Whether the binder is inside the arguments of an aggregate.</summary>
    public bool IsInAggregate { get; init; }

    /// <summary>The parameters of the lambdas around the expression, from the outermost in.</summary>
    public ImmutableArray<LambdaVariable> LambdaVariables { get; init; } = [];

    /// <summary>Names of the select list that GROUP BY, HAVING and ORDER BY may use; input columns may go first.</summary>
    public Func<Ast.QualifiedName, Expression?>? Aliases { get; init; }

    /// <summary>Whether a name of the select list hides an input column of that name, as in ORDER BY.</summary>
    public bool AliasesFirst { get; init; }

    public Expression Bind(Ast.Expression expression) => expression switch
    {
        Ast.TypedLiteral typed => TypeModifiers.Apply(_literals.Bind(typed), typed.Type, this, typed.Span),
        Ast.Literal literal => _literals.Bind(literal),
        Ast.ColumnReference column => BindColumn(column),
        Ast.UnaryExpression unary => _calls.BindUnary(unary),
        Ast.BinaryExpression binary => RowComparison.TryBind(binary, this) ?? _calls.BindBinary(binary),
        Ast.LogicalExpression logical => new Junction(
            logical.Operator == Ast.LogicalOperator.And,
            [.. logical.Operands.Select(operand => BindCondition(operand, logical.Operator == Ast.LogicalOperator.And ? "AND" : "OR"))]) { Span = logical.Span },
        Ast.NotExpression not => _calls.Call("not", [BindCondition(not.Operand, "NOT")], not.Span),
        Ast.FunctionCall call => _calls.BindFunction(call),
        Ast.CastExpression cast => BindCast(cast),
        Ast.CollateExpression collate => Bind(collate.Operand),
        Ast.CaseExpression choice => BindCase(choice),
        Ast.PositionalParameter parameter => BindParameter(parameter),
        Ast.NamedParameter parameter => Context.NamedParameters.TryGetValue(parameter.Name, out var value)
            ? value with { Span = parameter.Span }
            : throw new QueryException(ErrorCodes.UndefinedParameter, $"there is no value for parameter :{parameter.Name}", parameter.Span, $"Give one with --param {parameter.Name}=value."),
        Ast.SubqueryExpression subquery => RequireSubqueries(subquery.Span).BindScalar(subquery),
        Ast.ExistsExpression exists => RequireSubqueries(exists.Span).BindExists(exists),
        Ast.InSubqueryExpression membership => RequireSubqueries(membership.Span).BindIn(membership, this),
        Ast.QuantifiedComparison { Right: Ast.SubqueryExpression } quantified => RequireSubqueries(quantified.Span).BindQuantified(quantified, this),
        Ast.ArraySubquery array => RequireSubqueries(array.Span).BindArray(array),
        Ast.SubscriptExpression subscript => BindSubscript(subscript),
        Ast.FieldAccess access => BindField(Bind(access.Operand), access.Field),
        Ast.ArrayConstructor array => BindArray([.. array.Items.Select(Bind)], array.Span),
        Ast.MapConstructor map => _calls.Call(
            "map",
            [_calls.Call("array", [.. map.Entries.Select(entry => Bind(entry.Key))], map.Span), _calls.Call("array", [.. map.Entries.Select(entry => Bind(entry.Value))], map.Span)],
            map.Span),
        Ast.StructConstructor row => _calls.NamedRow([.. row.Fields.Select(field => (field.Name, Bind(field.Value)))], row.Span),
        Ast.SliceExpression slice => BindSlice(slice),
        Ast.RowConstructor row => _calls.Call("row", [.. row.Items.Select(item => Coercion.Settle(Bind(item)))], row.Span),
        Ast.ColumnsExpression columns => CurrentColumn ?? throw new QueryException(ErrorCodes.SyntaxError, "COLUMNS is allowed in a select list only", columns.Span),
        Ast.StarExpression star => throw new QueryException(ErrorCodes.SyntaxError, "* is allowed in a select list and in count(*) only", star.Span),
        Ast.DefaultExpression => throw new QueryException(ErrorCodes.SyntaxError, "DEFAULT is not allowed in this context", expression.Span),
        _ when _predicates.TryBind(expression) is { } predicate => predicate,
        _ => throw QueryException.NotSupportedYet(Describe(expression), expression.Span),
    };

    /// <summary>A call of a scalar function or operator by name.</summary>
    public Expression Call(string name, IReadOnlyList<Expression> arguments, SourceSpan? span) => _calls.Call(name, arguments, span);

    /// <summary>As <see cref="CallBinder.Items"/>.</summary>
    public Expression Items(string name, IReadOnlyList<Expression> arguments, SourceSpan span) => _calls.Items(name, arguments, span);

    /// <summary>A boolean, as WHERE, ON, HAVING and the logic operators want it.</summary>
    public Expression BindCondition(Ast.Expression expression, string clause) => Coercion.Require(Bind(expression), DataType.Boolean, clause);

    public SubqueryBinder RequireSubqueries(SourceSpan span) => Subqueries ?? throw QueryException.NotSupportedYet($"a subquery in {Clause}", span);

    /// <summary>A binder for the arguments of an aggregate, which see the input's columns and no further aggregate.</summary>
    public ExpressionBinder ForAggregateArguments() => new(Context, Scope, Clause) { IsInAggregate = true, Subqueries = SubqueriesOfArguments, CurrentColumn = CurrentColumn };

    /// <summary>A binder for what stands inside of a window call: aggregates may, other window calls may not.</summary>
    public ExpressionBinder ForWindow() => new(Context, Scope, Clause)
    {
        Aggregates = Aggregates,
        Subqueries = Subqueries,
        SubqueriesOfArguments = SubqueriesOfArguments,
        IsInWindow = true,
        CurrentColumn = CurrentColumn,
    };

    /// <summary>A binder for the body of a lambda, which is no place for aggregates and subqueries.</summary>
    public ExpressionBinder ForLambda(ImmutableArray<LambdaVariable> parameters) => new(Context, Scope, "a lambda")
    {
        IsInAggregate = IsInAggregate,
        LambdaVariables = [.. LambdaVariables, .. parameters],
        Aliases = Aliases,
        AliasesFirst = AliasesFirst,
    };

    /// <summary>An array; one of nothing but NULLs takes the type that its context wants.</summary>
    private Expression BindArray(ImmutableArray<Expression> items, SourceSpan span) => items.All(item => item is Literal { Value: null or ImmutableArray<object?> } && Coercion.IsOpen(item.Type))
        ? new Literal(items.Select(item => ((Literal)item).Value).ToImmutableArray(), new ArrayType(items.IsEmpty ? DataType.Unknown : items[0].Type)) { Span = span }
        : _calls.Call("array", items, span);

    private static string Describe(Ast.Expression expression) => expression switch
    {
        Ast.LambdaExpression => "a lambda in this place",
        Ast.RowStarExpression => "(row).* other than in a select list",
        _ => expression.GetType().Name,
    };

    private Expression BindColumn(Ast.ColumnReference reference)
    {
        if (LambdaVariables.LastOrDefault(variable => Scope.Matches(reference.Name.Parts[0], variable.Name)) is { } parameter)
        {
            return reference.Name.Parts.Skip(1).Aggregate((Expression)(parameter with { Span = reference.Span }), BindField);
        }

        if (Aliases is not null && AliasesFirst && Aliases(reference.Name) is { } first)
        {
            return first with { Span = reference.Span };
        }

        if (Aliases is not null && Scope.Find(reference.Name) is null && Aliases(reference.Name) is { } alias)
        {
            return alias with { Span = reference.Span };
        }

        if (reference.Name.IsSimple && Scope.Find(reference.Name) is null && BindRow(reference.Name.Last) is { } row)
        {
            return row;
        }

        var (column, parts) = Scope.Resolve(reference.Name);
        Expression result = column.Reference(reference.Span);
        foreach (var field in reference.Name.Parts.Skip(parts))
        {
            result = BindField(result, field);
        }

        return result;
    }

    /// <summary>A whole row of the table of that name; null when there is none.</summary>
    public Expression? BindRow(Ast.Identifier table) => Scope.RowOf(table) is { Count: > 0 } columns
        ? _calls.NamedRow([.. columns.Select(part => (new Ast.Identifier(part.Name, Quoted: true, table.Span), (Expression)part.Reference(table.Span)))], table.Span)
        : null;

    private Expression BindField(Expression operand, Ast.Identifier field)
    {
        if (operand.Type is not RowType row)
        {
            throw new QueryException(ErrorCodes.WrongObjectType, $"field \"{field.Value}\" asked of type {operand.Type}, which is no row", field.Span);
        }

        for (var i = 0; i < row.Fields.Length; i++)
        {
            if (Scope.Matches(field, row.Fields[i].Name))
            {
                return new Call("row_field", [operand, new Literal(i, DataType.Integer)], row.Fields[i].Type) { Span = field.Span };
            }
        }

        throw new QueryException(
            ErrorCodes.UndefinedColumn, $"field \"{field.Value}\" does not exist in {row}", field.Span, NearNames.Hint(field.Value, row.Fields.Select(known => known.Name)));
    }

    private Expression BindCast(Ast.CastExpression cast)
    {
        var operand = Bind(cast.Operand);
        return TypeNameBinder.IsPlainDecimal(cast.Type) && DecimalLiteral.AsIs(operand) is { } number
            ? number
            : TypeModifiers.Apply(Coercion.Explicit(operand, TypeNameBinder.Bind(cast.Type, Context.Tables), cast.IsTry, cast.Span), cast.Type, this, cast.Span);
    }

    private Case BindCase(Ast.CaseExpression choice)
    {
        var conditions = choice.Whens.Select(when => choice.Operand is null
            ? BindCondition(when.Condition, "CASE WHEN")
            : _calls.Call("=", [Bind(choice.Operand), Bind(when.Condition)], when.Condition.Span)).ToImmutableArray();
        var otherwise = choice.Else is null ? new Literal(null, DataType.Unknown) : Bind(choice.Else);
        var results = Coercion.Unify([.. choice.Whens.Select(when => Bind(when.Result)), otherwise], "CASE");
        return new Case(conditions, [.. results[..^1]], results[^1]) { Span = choice.Span };
    }

    private Literal BindParameter(Ast.PositionalParameter parameter) => (Context.Parameter(parameter.Index)
        ?? throw new QueryException(ErrorCodes.UndefinedParameter, $"there is no value for parameter ${parameter.Index}", parameter.Span)) with { Span = parameter.Span };

    /// <summary>A bound that is left out is the array's own.</summary>
    private Expression BindSlice(Ast.SliceExpression slice) => _calls.Call(
        "array_slice",
        [
            Bind(slice.Operand),
            slice.Lower is null ? new Literal(1L, DataType.BigInt) : Bind(slice.Lower),
            slice.Upper is null ? new Literal(long.MaxValue, DataType.BigInt) : Bind(slice.Upper),
        ],
        slice.Span);

    private Expression BindSubscript(Ast.SubscriptExpression subscript)
    {
        var operand = Bind(subscript.Operand);
        var index = Bind(subscript.Index);
        if (operand.Type is ArrayType { IsVector: true })
        {
            // A vector is counted from 0.
            index = _calls.Call("+", [index, new Literal(1, DataType.Integer)], subscript.Span);
        }

        return _calls.Call("subscript", [operand, index], subscript.Span);
    }
}
