using Engine.Core.Errors;
using Engine.Parser.Ast;

namespace Engine.Parser.Tests.Generation;

/// <summary>Random function calls and windows.</summary>
internal sealed class CallGenerator(Choice choice, SyntaxGenerator generator)
{
    private static SourceSpan Span => Choice.Span;

    private ExpressionGenerator Expressions => generator.Expressions;

    public FunctionCall Call() => choice.Below(6) switch
    {
        0 => Lambda(),
        1 => Special(),
        _ => new FunctionCall(
            Function(),
            choice.List(0, 3, Argument),
            choice.Rarely(),
            choice.Rarely() ? choice.List(1, 2, generator.Queries.SortItem) : [],
            choice.Rarely() ? choice.List(1, 2, generator.Queries.SortItem) : [],
            choice.Maybe(Expressions.Expression),
            choice.Rarely() ? choice.Any<NullTreatment>() : null,
            choice.Maybe(Over),
            Span) is var call && call.Arguments.IsEmpty ? call with { Distinct = false, OrderBy = [] } : call,
    };

    /// <summary>A call as a relation.</summary>
    public FunctionCall TableFunction() => new(
        choice.Rarely() ? choice.Qualified() with { Parts = [Choice.Plain("s"), choice.Name()] } : Named(choice.Of("generate_series", "read_csv", "f")),
        choice.List(0, 3, Argument),
        Span);

    public FunctionArgument Argument() => choice.Below(8) switch
    {
        0 => new FunctionArgument(choice.Name(), Expressions.Expression(), Span),
        1 => new FunctionArgument(Name: null, Expressions.Star(qualified: choice.Flip()), Span),
        _ => new FunctionArgument(Name: null, Expressions.Expression(), Span),
    };

    public WindowSpecification Window() => new(
        choice.Maybe(choice.Name),
        choice.Flip() ? choice.List(1, 2, Expressions.Expression) : [],
        choice.Flip() ? choice.List(1, 2, generator.Queries.SortItem) : [],
        choice.Maybe(Frame),
        Span);

    private static QualifiedName Named(string word) => new([Choice.Plain(word)], Span);

    private QualifiedName Function() => choice.Rarely()
        ? new QualifiedName([choice.PlainName(), choice.Name()], Span)
        : Named(choice.Of("sum", "count", "coalesce", "f", "left", "right", "date", "year", "filter_by", "if", "try", "row_number", "greatest", "replace"));

    private FunctionCall Lambda() => new(
        Named(choice.Of("transform", "filter", "reduce", "any_match")),
        [Argument(), new FunctionArgument(Name: null, new LambdaExpression(choice.Names(1), Expressions.Expression(), Span), Span)],
        Span);

    private FunctionCall Special() => choice.Below(6) switch
    {
        0 => new FunctionCall(Named(choice.Of("current_date", "current_user", "localtime", "current_schema", "user")), [], Span),
        1 => new FunctionCall(Named("extract"), [Value(new StringLiteral("year", Span)), Value(Expressions.Expression())], Span),
        2 => new FunctionCall(Named("position"), [Value(Tight()), Value(Expressions.Expression())], Span),
        3 => new FunctionCall(Named("substring"), [Value(Expressions.Expression()), Value(Expressions.Expression())], Span),
        4 => new FunctionCall(Named("overlaps"), [Value(Expressions.Expression()), Value(Expressions.Expression()), Argument(), Argument()], Span),
        _ => new FunctionCall(Named("timezone"), [Value(Expressions.Expression()), Value(Expressions.Expression())], Span),
    };

    // POSITION(a IN b) takes nothing looser than an operator in front of IN.
    private Expression Tight() => Expressions.Leaf();

    private static FunctionArgument Value(Expression value) => new(Name: null, value, Span);

    private WindowReference Over() => choice.Flip() ? new NamedWindowReference(choice.Name(), Span) : Window();

    private WindowFrame Frame()
    {
        var start = (FrameBoundKind)choice.Below(4);
        var end = (FrameBoundKind)Math.Max((int)start, choice.Below(4) + 1);
        return new WindowFrame(choice.Any<FrameUnit>(), Bound(start), Bound(end), choice.Any<FrameExclusion>(), Span);
    }

    private FrameBound Bound(FrameBoundKind kind) =>
        new(kind, kind is FrameBoundKind.Preceding or FrameBoundKind.Following ? Expressions.Expression() : null, Span);
}
