using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>PIVOT and UNPIVOT, behind a relation and as a statement.</summary>
internal sealed class PivotBuilder(SyntaxBuilder builder)
{
    private ExpressionBuilder Expressions => builder.Expressions;

    public Relation Build(Relation source, SqlGrammar.PivotSuffixContext context)
    {
        var span = SourceSpan.Covering(source.Span, context.Span());
        if (context.PIVOT() is not null)
        {
            return new PivotRelation(
                source,
                context.selectItem().Map(builder.Selects.Item),
                context.pivotFor().Map(Column),
                Expressions.BuildAll(context.expression()),
                span);
        }

        var values = context.unpivotValues();
        var columns = values.columnNames() is { } names ? NameBuilder.Columns(names) : [NameBuilder.Identifier(values.identifier())];
        return new UnpivotRelation(
            source,
            context.INCLUDE() is not null,
            columns,
            NameBuilder.Identifier(context.identifier()),
            context.unpivotGroup().Map(Group),
            span);
    }

    public PivotRelation Build(SqlGrammar.PivotQueryContext context) => new(
        builder.Relations.Factor(context.tableFactor()),
        context.selectItem().Map(builder.Selects.Item),
        context.pivotOn().Map(Column),
        Expressions.BuildAll(context.expression()),
        context.Span());

    /// <summary>Without INTO the columns are called name and value, as DuckDB calls them.</summary>
    public UnpivotRelation Build(SqlGrammar.UnpivotQueryContext context)
    {
        var span = context.Span();
        var names = context.identifier();
        var nameColumn = names.Length > 0 ? NameBuilder.Identifier(names[0]) : new Identifier("name", Quoted: false, span);
        SyntaxList<Identifier> values = names.Length > 0
            ? names.AsSpan(1).ToArray().Map(NameBuilder.Identifier)
            : [new Identifier("value", Quoted: false, span)];
        return new UnpivotRelation(
            builder.Relations.Factor(context.tableFactor()), IncludeNulls: false, values, nameColumn, context.unpivotGroup().Map(Group), span);
    }

    private PivotColumn Column(SqlGrammar.PivotForContext context) =>
        new(Expressions.Build(context.valueExpression()), context.selectItem().Map(builder.Selects.Item), context.Span());

    private PivotColumn Column(SqlGrammar.PivotOnContext context) =>
        new(Expressions.Build(context.valueExpression()), context.selectItem().Map(builder.Selects.Item), context.Span());

    private UnpivotGroup Group(SqlGrammar.UnpivotGroupContext context)
    {
        var value = Expressions.Build(context.valueExpression());
        Expression? label = null;
        if (context.label() is { } name)
        {
            label = new StringLiteral(NameBuilder.Identifier(name).Value, name.Span());
        }
        else if (context.stringLiteral() is { } text)
        {
            label = LiteralBuilder.String(text);
        }

        return new UnpivotGroup(value is RowConstructor row ? row.Items : [value], label, context.Span());
    }
}
