using System.Diagnostics;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>The FROM clause.</summary>
internal sealed class RelationBuilder(SyntaxBuilder builder)
{
    private const int MaxChain = 10_000;

    private ExpressionBuilder Expressions => builder.Expressions;

    public SyntaxList<Relation> From(SqlGrammar.FromContext? context) => context is null ? [] : context.relation().Map(Build);

    public Relation Build(SqlGrammar.RelationContext context)
    {
        var (innermost, around) = context.LeftSpine();
        if (around.Count > MaxChain)
        {
            throw SyntaxErrors.TooComplex($"more than {MaxChain} joins in a row", context.Span());
        }

        var result = Factor(((SqlGrammar.SingleRelationContext)innermost).tableFactor());
        while (around.TryPop(out var outer))
        {
            result = Join(result, outer);
        }

        return result;
    }

    public Relation Factor(SqlGrammar.TableFactorContext context)
    {
        var result = Primary(context.relationPrimary());
        foreach (var child in context.children)
        {
            result = child switch
            {
                SqlGrammar.TableAliasContext alias => Aliased(result, alias),
                SqlGrammar.PivotSuffixContext pivot => builder.Pivots.Build(result, pivot),
                SqlGrammar.TableSampleContext sample => new SampledRelation(
                    result,
                    NameBuilder.Identifier(sample.identifier()),
                    Expressions.Build(sample.expression(0)),
                    Expressions.BuildOptional(sample.expression(1)),
                    SourceSpan.Covering(result.Span, sample.Span())),
                _ => result,
            };
        }

        return result;
    }

    public Relation Primary(SqlGrammar.RelationPrimaryContext context) => context switch
    {
        SqlGrammar.SubqueryRelationContext subquery => new SubqueryRelation(
            builder.Queries.Build(subquery.query()), subquery.LATERAL() is not null, context.Span()),
        SqlGrammar.ParenthesizedRelationContext parenthesized => Build(parenthesized.relation()),
        SqlGrammar.NamedRelationContext named => Named(named),
        SqlGrammar.SessionRelationContext session => new FunctionRelation(
            SpecialFormBuilder.SessionValue(session.sessionValue(), session, []), Lateral: false, WithOrdinality: false, [], context.Span()),
        SqlGrammar.FileNameContext file => new FileReference(LiteralBuilder.Text(file.stringLiteral()), context.Span()),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    private Relation Join(Relation left, SqlGrammar.RelationContext context)
    {
        var span = context.Span();
        switch (context)
        {
            case SqlGrammar.CrossJoinContext cross:
                return new JoinRelation(JoinKind.Cross, Asof: false, left, Factor(cross.right), Criteria: null, span);
            case SqlGrammar.NaturalJoinContext natural:
                var criteria = new JoinNatural(natural.NATURAL().Token().Span);
                return new JoinRelation(Kind(natural.joinType()), Asof: false, left, Factor(natural.right), criteria, span);
            case SqlGrammar.JoinContext join:
                return new JoinRelation(
                    Kind(join.joinType()), join.ASOF() is not null, left, Build(join.rightRelation), Criteria(join.joinCriteria()), span);
            default:
                throw new UnreachableException(context.GetType().Name);
        }
    }

    private static JoinKind Kind(SqlGrammar.JoinTypeContext context)
    {
        if (context.SEMI() is not null)
        {
            return JoinKind.Semi;
        }

        if (context.ANTI() is not null)
        {
            return JoinKind.Anti;
        }

        return context.LEFT() is not null ? JoinKind.Left
            : context.RIGHT() is not null ? JoinKind.Right
            : context.FULL() is not null ? JoinKind.Full
            : JoinKind.Inner;
    }

    private JoinCriteria Criteria(SqlGrammar.JoinCriteriaContext context) => context.expression() is { } condition
        ? new JoinOn(Expressions.Build(condition), context.Span())
        : new JoinUsing(context.identifier().Map(NameBuilder.Identifier), context.Span());

    private Relation Named(SqlGrammar.NamedRelationContext context)
    {
        var name = NameBuilder.Qualified(context.qualifiedName());
        if (context.RightParenthesis() is not { } end)
        {
            return new TableReference(name, context.Span());
        }

        var call = builder.Calls.BuildTableFunction(name, context.arguments(), SourceSpan.Covering(name.Span, end.Token().Span));
        var withOrdinality = context.ORDINALITY() is not null;
        if (IsUnnest(name) && call.Arguments is { IsEmpty: false } &&
            call is { Distinct: false, OrderBy.IsEmpty: true, NullTreatment: null } && call.Arguments.All(argument => argument.Name is null))
        {
            return new UnnestRelation([.. call.Arguments.Select(argument => argument.Value)], withOrdinality, context.Span());
        }

        return new FunctionRelation(call, context.LATERAL() is not null, withOrdinality, [], context.Span());
    }

    /// <summary>unnest, or pg_catalog.unnest as the tools of PostgreSQL write it.</summary>
    private static bool IsUnnest(QualifiedName name) => name.Last is { Value: "unnest", Quoted: false }
        && (name.IsSimple || name.Parts is [{ Value: "pg_catalog" }, _]);

    private static Relation Aliased(Relation source, SqlGrammar.TableAliasContext context)
    {
        var span = SourceSpan.Covering(source.Span, context.Span());
        var columns = context.aliasColumn();
        var typed = columns.Count(column => column.typeName() is not null);
        if (typed > 0)
        {
            source = source is FunctionRelation function && typed == columns.Length
                ? function with { Columns = columns.Map(Column) }
                : throw SyntaxErrors.Invalid("a column definition list is only allowed for functions, with a type for each column", context.Span());
            columns = [];
        }

        var name = (Antlr4.Runtime.ParserRuleContext?)context.identifier() ?? context.tableAliasName();
        if (name is null)
        {
            return typed > 0 ? source : throw SyntaxErrors.Invalid("an alias needs a name in front of its columns", context.Span());
        }

        return new AliasedRelation(source, NameBuilder.Identifier(name), columns.Map(column => NameBuilder.Identifier(column.identifier())), span);
    }

    private static RelationColumn Column(SqlGrammar.AliasColumnContext context) =>
        new(NameBuilder.Identifier(context.identifier()), TypeBuilder.Build(context.typeName()), context.Span());
}
