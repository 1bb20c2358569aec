using Engine.Core.Errors;
using Engine.Parser.Ast;

namespace Engine.Parser.Tests.Generation;

/// <summary>Random queries and relations.</summary>
internal sealed class QueryGenerator(Choice choice, SyntaxGenerator generator)
{
    private static SourceSpan Span => Choice.Span;

    private ExpressionGenerator Expressions => generator.Expressions;

    public Query Query() => choice.Deeper(() =>
    {
        var query = new Query(
            choice.Maybe(With),
            Body(),
            choice.Rarely() ? choice.List(1, 2, SortItem) : [],
            choice.Maybe(() => new LimitClause(Expressions.Expression(), choice.Rarely(), Span)),
            choice.Maybe(() => new OffsetClause(Expressions.Expression(), Span)),
            Span);

        // A query that adds nothing to the one in its parentheses does not exist.
        return query is { Body: SubqueryBody } && !AddsToBody(query) ? query with { Body = Table() } : query;
    });

    public WithClause With() => new(
        choice.Rarely(),
        choice.List(1, 2, () => new CommonTable(choice.Name(), choice.Names(0), choice.Of<bool?>(null, true, false), Query(), Span)),
        Span);

    public SortItem SortItem() => new(
        choice.Rarely() ? new StarExpression(Qualifier: null, [], [], [], Span) : Expressions.Expression(),
        choice.Any<Ast.SortDirection>(),
        choice.Any<NullOrder>(),
        Span);

    public SelectItem SelectItem() => choice.Rarely()
        ? new SelectItem(Expressions.Star(qualified: choice.Flip()), Alias: null, Span)
        : ValueItem();

    public SelectItem ValueItem() => new(Expressions.Expression(), choice.Maybe(Label), Span);

    private static bool AddsToBody(Query query) => query is not { With: null, OrderBy.IsEmpty: true, Limit: null, Offset: null };

    // Behind AS even reserved words are labels.
    private Identifier Label() => choice.Rarely() ? Choice.Plain(choice.Of("select", "from", "end", "user", "table", "order")) : choice.Name();

    private QueryBody Body() => choice.IsExhausted ? Table() : choice.Branch<QueryBody>(
        Select,
        Select,
        Select,
        () => new ValuesBody(choice.List(1, 3, () => new ValuesRow(choice.List(1, 3, Expressions.ExpressionOrDefault), Span)), Span),
        Table,
        () => new SetOperationBody(choice.Any<SetOperationKind>(), choice.Flip(), choice.Rarely(), Body(), Body(), Span),
        () => Query() is var query && AddsToBody(query) ? new SubqueryBody(query, Span) : Table(),
        Pivot);

    private TableBody Table() => new(choice.Qualified(), Span);

    private SelectBody Select() => new(
        choice.Rarely() ? new DistinctClause(choice.Flip() ? [] : choice.List(1, 2, Expressions.Expression), Span) : null,
        choice.List(0, 3, SelectItem),
        choice.List(0, 2, generator.Relations.Relation),
        choice.Maybe(Expressions.Expression),
        choice.Maybe(GroupBy),
        choice.Maybe(Expressions.Expression),
        choice.Rarely() ? choice.List(1, 2, () => new NamedWindow(choice.Name(), generator.Calls.Window(), Span)) : [],
        choice.Maybe(Expressions.Expression),
        Span);

    // PIVOT t ON x, which leaves the values and the aggregates to the data.
    private SelectBody Pivot() => new(
        Distinct: null,
        [new SelectItem(new StarExpression(Qualifier: null, [], [], [], Span), Alias: null, Span)],
        [
            new PivotRelation(
                generator.Relations.Relation(),
                choice.List(0, 2, ValueItem),
                choice.List(1, 2, () => new PivotColumn(Expressions.Expression(), choice.List(0, 2, ValueItem), Span)),
                choice.List(0, 2, Expressions.Expression),
                Span),
        ],
        Where: null,
        GroupBy: null,
        Having: null,
        [],
        Qualify: null,
        Span);

    private GroupByClause GroupBy() => choice.Rarely()
        ? new GroupByClause(All: true, Distinct: false, [], Span)
        : new GroupByClause(All: false, choice.Rarely(), choice.List(1, 3, Grouping), Span);

    private GroupingElement Grouping() => choice.IsExhausted ? Set() : choice.Branch<GroupingElement>(
        Set,
        Set,
        () => new GroupingSets(choice.List(1, 3, Grouping), Span),
        () => new RollupGrouping(choice.List(1, 3, Set), Span),
        () => new CubeGrouping(choice.List(1, 3, Set), Span));

    private GroupingSet Set() => new(choice.List(0, 3, Expressions.Expression), Span);
}
