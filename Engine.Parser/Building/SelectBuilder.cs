using System.Diagnostics;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>One SELECT with its clauses.</summary>
internal sealed class SelectBuilder(SyntaxBuilder builder)
{
    /// <summary>The INTO that the statement is about; any other is out of place.</summary>
    private SqlGrammar.IntoClauseContext? _into;

    private ExpressionBuilder Expressions => builder.Expressions;

    /// <summary>The INTO of a statement's first SELECT, which makes the statement another one.</summary>
    public SqlGrammar.IntoClauseContext? TakeInto(SqlGrammar.QueryBodyContext body)
    {
        while (body is SqlGrammar.SetOperationContext operation)
        {
            body = operation.left;
        }

        return _into = body is SqlGrammar.BodyPrimaryContext primary && primary.queryPrimary() is SqlGrammar.SelectContext select ? select.intoClause() : null;
    }

    public SelectBody Build(SqlGrammar.SelectContext context)
    {
        if (context.intoClause() is { } into && into != _into)
        {
            throw SyntaxErrors.Invalid("SELECT ... INTO is not allowed here", into.Span());
        }

        var tail = context.selectTail();
        var clause = context.selectClause();
        SyntaxList<SelectItem> items = clause is null ? [AllColumns(context.from().Span())] : Items(clause.selectItems());
        return new SelectBody(
            clause?.DISTINCT() is null ? null : Distinct(clause),
            items,
            context.from() is { } from ? builder.Relations.From(from) : [],
            Where(tail.where()),
            tail.groupBy() is { } groupBy ? GroupBy(groupBy) : null,
            Expressions.BuildOptional(tail.having()?.expression()),
            tail.windowClause() is { } windows ? windows.namedWindow().Map(Window) : [],
            Expressions.BuildOptional(tail.qualify()?.expression()),
            context.Span());
    }

    /// <summary><c>SELECT * FROM relation</c></summary>
    public SelectBody All(Relation relation) =>
        new(Distinct: null, [AllColumns(relation.Span)], [relation], Where: null, GroupBy: null, Having: null, [], Qualify: null, relation.Span);

    public SyntaxList<SelectItem> Items(SqlGrammar.SelectItemsContext? context) => context is null ? [] : context.selectItem().Map(Item);

    public SelectItem Item(SqlGrammar.SelectItemContext context)
    {
        if (context.star() is { } star)
        {
            return new SelectItem(Star(star, qualifier: null, star.Span()), Alias: null, context.Span());
        }

        var alias = (Antlr4.Runtime.ParserRuleContext?)context.label() ?? context.bareLabel();
        return new SelectItem(Expressions.Build(context.expression()), alias is null ? null : NameBuilder.Identifier(alias), context.Span());
    }

    public Expression? Where(SqlGrammar.WhereContext? context) => Expressions.BuildOptional(context?.expression());

    public StarExpression Star(SqlGrammar.StarContext context, QualifiedName? qualifier, SourceSpan span)
    {
        var exclude = new List<QualifiedName>();
        var replace = new List<StarReplacement>();
        var rename = new List<StarRenaming>();
        foreach (var change in context.starChange())
        {
            exclude.AddRange(change.qualifiedName().Select(NameBuilder.Qualified));
            replace.AddRange(change.starReplacement().Select(Replacement));
            rename.AddRange(change.starRenaming().Select(Renaming));
        }

        return new StarExpression(qualifier, [.. exclude], [.. replace], [.. rename], span);
    }

    private static SelectItem AllColumns(SourceSpan span) => new(new StarExpression(Qualifier: null, [], [], [], span), Alias: null, span);

    private DistinctClause Distinct(SqlGrammar.SelectClauseContext context) =>
        new(
            Expressions.BuildAll(context.expression()),
            SourceSpan.Covering(context.DISTINCT().Token().Span, (context.RightParenthesis() ?? context.DISTINCT()).Token().Span));

    private StarReplacement Replacement(SqlGrammar.StarReplacementContext context) =>
        new(Expressions.Build(context.expression()), NameBuilder.Identifier(context.identifier()), context.Span());

    private static StarRenaming Renaming(SqlGrammar.StarRenamingContext context) =>
        new(NameBuilder.Qualified(context.qualifiedName()), NameBuilder.Identifier(context.identifier()), context.Span());

    private NamedWindow Window(SqlGrammar.NamedWindowContext context) =>
        new(NameBuilder.Identifier(context.identifier()), builder.Calls.Window(context.windowSpecification()), context.Span());

    private GroupByClause GroupBy(SqlGrammar.GroupByContext context)
    {
        var elements = context.groupingElement().Map(Grouping);
        return new GroupByClause(elements.IsEmpty, context.DISTINCT() is not null, elements, context.Span());
    }

    private GroupingElement Grouping(SqlGrammar.GroupingElementContext context) => context switch
    {
        SqlGrammar.GroupingSetsContext sets => new GroupingSets(sets.groupingElement().Map(Grouping), context.Span()),
        SqlGrammar.RollupContext rollup => new RollupGrouping(rollup.groupingSet().Map(Set), context.Span()),
        SqlGrammar.CubeContext cube => new CubeGrouping(cube.groupingSet().Map(Set), context.Span()),
        SqlGrammar.SimpleGroupingContext simple => Set(simple.groupingSet()),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    private GroupingSet Set(SqlGrammar.GroupingSetContext context)
    {
        if (context.expression() is not { } expression)
        {
            return new GroupingSet([], context.Span());
        }

        return PrimaryBuilder.ParenthesizedItems(expression) is { } items
            ? new GroupingSet(Expressions.BuildAll(items), context.Span())
            : new GroupingSet([Expressions.Build(expression)], context.Span());
    }
}
