using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>Function calls with all that can stand behind them, lambdas and windows.</summary>
internal sealed class CallBuilder(SyntaxBuilder builder)
{
    private ExpressionBuilder Expressions => builder.Expressions;

    /// <summary>An argument without a name.</summary>
    public static FunctionArgument Argument(Expression value) => new(Name: null, value, value.Span);

    public Expression Build(QualifiedName name, SqlGrammar.CallContext context, SourceSpan span)
    {
        var callSpan = context.fieldPath() is { } path ? new SourceSpan(span.Start, path.Span().Start - span.Start) : span;
        var arguments = context.arguments();
        if (name is { IsSimple: true, Last: { Value: "columns", Quoted: false } } && arguments?.argument() is [{ } selector])
        {
            return PrimaryBuilder.WithFields(new ColumnsExpression(Argument(selector).Value, callSpan), context.fieldPath());
        }

        var call = new FunctionCall(
            name,
            arguments is null ? [] : arguments.argument().Map(Argument),
            arguments?.DISTINCT() is not null,
            builder.Queries.OrderBy(arguments?.orderBy()),
            builder.Queries.OrderBy(context.orderBy()),
            Expressions.BuildOptional(context.expression()),
            Treatment(context.nullTreatment() ?? arguments?.nullTreatment()),
            Over(context.over()),
            callSpan);
        return PrimaryBuilder.WithFields(call, context.fieldPath());
    }

    /// <summary>A call in FROM, which has arguments only.</summary>
    public FunctionCall BuildTableFunction(QualifiedName name, SqlGrammar.ArgumentsContext? arguments, SourceSpan span) => new(
        name,
        arguments is null ? [] : arguments.argument().Map(Argument),
        arguments?.DISTINCT() is not null,
        builder.Queries.OrderBy(arguments?.orderBy()),
        [],
        Filter: null,
        Treatment(arguments?.nullTreatment()),
        Over: null,
        span);

    public FunctionArgument Argument(SqlGrammar.ArgumentContext context)
    {
        var name = context.identifier() is { } identifier ? NameBuilder.Identifier(identifier) : null;
        Expression value;
        if (context.star() is { } star)
        {
            value = builder.Selects.Star(star, qualifier: null, star.Span());
        }
        else
        {
            value = context.lambda() is { } lambda ? Lambda(lambda) : Expressions.Build(context.expression());
        }

        return new FunctionArgument(name, value, context.Span());
    }

    public WindowSpecification Window(SqlGrammar.WindowSpecificationContext context) => new(
        context.identifier() is { } name ? NameBuilder.Identifier(name) : null,
        Expressions.BuildAll(context.expression()),
        builder.Queries.OrderBy(context.orderBy()),
        context.windowFrame() is { } frame ? Frame(frame) : null,
        context.Span());

    private LambdaExpression Lambda(SqlGrammar.LambdaContext context) =>
        new(context.identifier().Map(NameBuilder.Identifier), Expressions.Build(context.expression()), context.Span());

    private WindowReference? Over(SqlGrammar.OverContext? context)
    {
        if (context is null)
        {
            return null;
        }

        return context.identifier() is { } name
            ? new NamedWindowReference(NameBuilder.Identifier(name), name.Span())
            : Window(context.windowSpecification());
    }

    private static NullTreatment? Treatment(SqlGrammar.NullTreatmentContext? context) =>
        context is null ? null : context.IGNORE() is not null ? NullTreatment.IgnoreNulls : NullTreatment.RespectNulls;

    private WindowFrame Frame(SqlGrammar.WindowFrameContext context)
    {
        var unit = context.ROWS() is not null ? FrameUnit.Rows : context.RANGE() is not null ? FrameUnit.Range : FrameUnit.Groups;
        var bounds = context.frameBound();
        var start = Bound(bounds[0]);
        var end = bounds.Length > 1 ? Bound(bounds[1]) : new FrameBound(FrameBoundKind.CurrentRow, Offset: null, bounds[0].Span());
        if (start.Kind == FrameBoundKind.UnboundedFollowing)
        {
            throw SyntaxErrors.Invalid("frame start cannot be UNBOUNDED FOLLOWING", start.Span);
        }

        if (end.Kind == FrameBoundKind.UnboundedPreceding)
        {
            throw SyntaxErrors.Invalid("frame end cannot be UNBOUNDED PRECEDING", end.Span);
        }

        return end.Kind < start.Kind
            ? throw SyntaxErrors.Invalid("frame starts behind its end", start.Span)
            : new WindowFrame(unit, start, end, Exclusion(context), context.Span());
    }

    private FrameBound Bound(SqlGrammar.FrameBoundContext context)
    {
        var preceding = context.PRECEDING() is not null;
        if (context.UNBOUNDED() is not null)
        {
            return new FrameBound(preceding ? FrameBoundKind.UnboundedPreceding : FrameBoundKind.UnboundedFollowing, Offset: null, context.Span());
        }

        return context.valueExpression() is { } offset
            ? new FrameBound(preceding ? FrameBoundKind.Preceding : FrameBoundKind.Following, Expressions.Build(offset), context.Span())
            : new FrameBound(FrameBoundKind.CurrentRow, Offset: null, context.Span());
    }

    private static FrameExclusion Exclusion(SqlGrammar.WindowFrameContext context)
    {
        if (context.CURRENT() is not null)
        {
            return FrameExclusion.CurrentRow;
        }

        if (context.GROUP() is not null)
        {
            return FrameExclusion.Group;
        }

        return context.TIES() is not null ? FrameExclusion.Ties : FrameExclusion.NoOthers;
    }
}
