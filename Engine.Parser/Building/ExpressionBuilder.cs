using System.Diagnostics;
using System.Runtime.CompilerServices;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>Operators: the two left-recursive rules of the grammar. Chains are built in a loop, see <see cref="ContextExtensions.LeftSpine"/>.</summary>
internal sealed class ExpressionBuilder(SyntaxBuilder builder)
{
    // A chain becomes a tree of this depth, which later passes walk by recursion; only arithmetic and text are ever chained that far.
    private const int MaxChain = 10_000;
    private const int MaxWraps = 250;

    public Expression Build(SqlGrammar.ExpressionContext context)
    {
        var (innermost, around) = context.LeftSpine();
        var result = innermost switch
        {
            SqlGrammar.ValueOnlyContext value => Build(value.valueExpression()),
            SqlGrammar.NotContext not => new NotExpression(Build(not.expression()), innermost.Span()),
            _ => throw new UnreachableException(innermost.GetType().Name),
        };
        var wraps = 0;
        while (around.TryPop(out var outer))
        {
            result = outer is SqlGrammar.AndContext or SqlGrammar.OrContext
                ? Logical(result, outer, around)
                : builder.Predicates.Build(result, outer);
            CheckDepth(++wraps, MaxWraps, outer);
        }

        return result;
    }

    public Expression? BuildOptional(SqlGrammar.ExpressionContext? context) => context is null ? null : Build(context);

    public SyntaxList<Expression> BuildAll(SqlGrammar.ExpressionContext[] contexts) => contexts.Map(Build);

    public Expression BuildOrDefault(SqlGrammar.ExpressionOrDefaultContext context) =>
        context.expression() is { } expression ? Build(expression) : new DefaultExpression(context.Span());

    public Expression Build(SqlGrammar.ValueExpressionContext context)
    {
        // The parser had enough of the stack for this nesting, but the caller of the builder may stand deeper on it.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw SyntaxErrors.TooComplex("expressions are nested too deeply", context.Span());
        }

        var (innermost, around) = context.LeftSpine();
        var result = innermost switch
        {
            SqlGrammar.PrimaryOnlyContext primary => builder.Primaries.Build(primary.primary()),
            SqlGrammar.SignContext sign => new UnaryExpression(
                sign.GetChild(0).GetText() == "-" ? UnaryOperator.Minus : UnaryOperator.Plus, Build(sign.valueExpression()), innermost.Span()),
            SqlGrammar.PrefixOperatorContext prefix => Prefix(prefix),
            _ => throw new UnreachableException(innermost.GetType().Name),
        };
        var depth = 0;
        var wraps = 0;
        while (around.TryPop(out var outer))
        {
            result = Around(result, outer);
            CheckDepth(++depth, MaxChain, outer);
            CheckDepth(result is BinaryExpression ? wraps : ++wraps, MaxWraps, outer);
        }

        return result;
    }

    private Expression Around(Expression left, SqlGrammar.ValueExpressionContext context) => context switch
    {
        SqlGrammar.ArithmeticContext arithmetic => new BinaryExpression(
            Operator(arithmetic.GetChild(1).GetText(), arithmetic.Span()), left, Build(arithmetic.right), context.Span()),
        SqlGrammar.OtherOperatorContext other => Infix(left, other),
        SqlGrammar.QuantifiedOperatorContext quantified => builder.Predicates.Quantified(
            Operator(Symbol(quantified.infixOperator()), quantified.infixOperator().Span()),
            left,
            quantified.quantifier(),
            quantified.query(),
            quantified.expression(),
            context.Span()),
        SqlGrammar.TypecastContext cast => new CastExpression(left, TypeBuilder.Build(cast.typeName()), IsTry: false, context.Span()),
        SqlGrammar.SubscriptContext subscript => Subscript(left, subscript),
        SqlGrammar.CollateContext collate => new CollateExpression(left, NameBuilder.Qualified(collate.qualifiedName()), context.Span()),
        SqlGrammar.AtTimeZoneContext zone => AtTimeZone(left, zone),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    private Expression Infix(Expression left, SqlGrammar.OtherOperatorContext context)
    {
        var symbol = Operator(Symbol(context.infixOperator()), context.infixOperator().Span());
        var right = Build(context.right);
        return symbol switch
        {
            BinaryOperator.Like => Like(LikeKind.Like, negated: false),
            BinaryOperator.NotLike => Like(LikeKind.Like, negated: true),
            BinaryOperator.ILike => Like(LikeKind.ILike, negated: false),
            BinaryOperator.NotILike => Like(LikeKind.ILike, negated: true),
            _ => new BinaryExpression(symbol, left, right, context.Span()),
        };

        LikeExpression Like(LikeKind kind, bool negated) => new(kind, left, right, Escape: null, negated, context.Span());
    }

    private UnaryExpression Prefix(SqlGrammar.PrefixOperatorContext context)
    {
        var token = context.Operator().Token();
        return OperatorSymbols.TryParse(token.Text, out UnaryOperator symbol)
            ? new UnaryExpression(symbol, Build(context.valueExpression()), context.Span())
            : throw new QueryException(ErrorCodes.SyntaxError, $"{token.Text} is not a prefix operator", token.Span);
    }

    private Expression Subscript(Expression left, SqlGrammar.SubscriptContext context)
    {
        var lower = BuildOptional(context.lower);
        var span = SourceSpan.Covering(left.Span, context.RightBracket().Token().Span);
        Expression result = context.Colon() is null
            ? new SubscriptExpression(left, lower!, span)
            : new SliceExpression(left, lower, BuildOptional(context.upper), span);
        return PrimaryBuilder.WithFields(result, context.fieldPath());
    }

    private FunctionCall AtTimeZone(Expression left, SqlGrammar.AtTimeZoneContext context)
    {
        SyntaxList<FunctionArgument> arguments = context.zone is { } zone
            ? [CallBuilder.Argument(Build(zone)), CallBuilder.Argument(left)]
            : [CallBuilder.Argument(left)];
        return new FunctionCall(NameBuilder.Implied("timezone", context.AT().Token().Span), arguments, context.Span());
    }

    // a AND b AND c is one node: take all that follow on the same level.
    private LogicalExpression Logical(Expression first, SqlGrammar.ExpressionContext context, Stack<SqlGrammar.ExpressionContext> around)
    {
        var operands = new List<Expression> { first, Right(context) };
        while (around.TryPeek(out var next) && next.GetType() == context.GetType())
        {
            context = around.Pop();
            operands.Add(Right(context));
        }

        var symbol = context is SqlGrammar.AndContext ? LogicalOperator.And : LogicalOperator.Or;
        return new LogicalExpression(symbol, [.. operands], context.Span());
    }

    private Expression Right(SqlGrammar.ExpressionContext context) => Build(context is SqlGrammar.AndContext and ? and.right : ((SqlGrammar.OrContext)context).right);

    private static string Symbol(SqlGrammar.InfixOperatorContext context) =>
        context.anyOperator() is { } qualified ? qualified.Start.Text : context.Start.Text;

    private static BinaryOperator Operator(string symbol, SourceSpan span) => OperatorSymbols.TryParse(symbol, out BinaryOperator value)
        ? value
        : throw new QueryException(ErrorCodes.UndefinedFunction, $"operator does not exist: {symbol}", span);

    private static void CheckDepth(int depth, int limit, Antlr4.Runtime.ParserRuleContext context)
    {
        if (depth > limit)
        {
            throw SyntaxErrors.TooComplex($"more than {limit} operators in a row", context.Span());
        }
    }
}
