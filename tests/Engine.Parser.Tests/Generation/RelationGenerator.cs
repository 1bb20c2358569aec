using Engine.Core.Errors;
using Engine.Parser.Ast;

namespace Engine.Parser.Tests.Generation;

/// <summary>Random relations.</summary>
internal sealed class RelationGenerator(Choice choice, SyntaxGenerator generator)
{
    private static SourceSpan Span => Choice.Span;

    private ExpressionGenerator Expressions => generator.Expressions;

    public Relation Relation() => choice.IsExhausted ? Primary() : choice.Branch<Relation>(
        Primary,
        Primary,
        Aliased,
        Join,
        () => new SampledRelation(Relation(), choice.Name(), Expressions.Expression(), choice.Maybe(Expressions.Expression), Span),
        () => new PivotRelation(
            Relation(),
            choice.List(1, 2, generator.Queries.ValueItem),
            choice.List(1, 2, () => new PivotColumn(Expressions.Expression(), choice.List(1, 2, generator.Queries.ValueItem), Span)),
            choice.List(0, 2, Expressions.Expression),
            Span),
        () => new UnpivotRelation(Relation(), choice.Flip(), choice.Names(1), choice.Name(), choice.List(1, 3, Group), Span));

    /// <summary>A relation that stands alone.</summary>
    public Relation Primary() => choice.Below(6) switch
    {
        0 => new FileReference(choice.Text(), Span),
        1 => new SubqueryRelation(generator.Queries.Query(), choice.Rarely(), Span),
        2 => new FunctionRelation(
            generator.Calls.TableFunction(),
            choice.Rarely(),
            choice.Rarely(),
            choice.Rarely() ? choice.List(1, 2, () => new RelationColumn(choice.Name(), generator.Types.Type(), Span)) : [],
            Span),
        3 => new UnnestRelation(choice.List(1, 2, Expressions.Expression), choice.Rarely(), Span),
        _ => Table(),
    };

    public TableReference Table() => new(choice.Qualified(), Span);

    // The alias of a function with a column definition list has no list of names.
    private AliasedRelation Aliased()
    {
        var source = Relation();
        return new AliasedRelation(source, choice.Name(), source is FunctionRelation { Columns.IsEmpty: false } ? [] : choice.Names(0), Span);
    }

    private JoinRelation Join()
    {
        var kind = choice.Any<JoinKind>();
        if (kind == JoinKind.Cross)
        {
            return new JoinRelation(kind, Asof: false, Relation(), Relation(), Criteria: null, Span);
        }

        JoinCriteria criteria = choice.Below(3) switch
        {
            0 => new JoinNatural(Span),
            1 => new JoinUsing(choice.Names(1), Span),
            _ => new JoinOn(Expressions.Expression(), Span),
        };
        return new JoinRelation(kind, criteria is not JoinNatural && choice.Rarely(), Relation(), Relation(), criteria, Span);
    }

    private UnpivotGroup Group()
    {
        var columns = choice.List(1, 2, Expressions.Expression);
        return new UnpivotGroup(
            columns is [RowConstructor] ? [Expressions.Leaf()] : columns, choice.Maybe<Expression>(() => new StringLiteral(choice.Text(), Span)), Span);
    }
}
