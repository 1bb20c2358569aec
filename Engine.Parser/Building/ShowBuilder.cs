using System.Diagnostics;
using Engine.Parser.Ast;
using Engine.Parser.Generated;
using Engine.Parser.Tokens;

namespace Engine.Parser.Building;

/// <summary>SHOW, DESCRIBE and SUMMARIZE.</summary>
internal sealed class ShowBuilder(SyntaxBuilder builder)
{
    public Statement Build(SqlGrammar.ShowStatementContext context) => context switch
    {
        SqlGrammar.ShowObjectsContext objects => new ShowStatement(
            Kind(((SqlToken)objects.GetChild(1).Payload).Type),
            objects.qualifiedName() is { } target ? NameBuilder.Qualified(target) : null,
            objects.stringLiteral() is { } pattern ? LiteralBuilder.Text(pattern) : null,
            context.Span()),
        SqlGrammar.ShowStatsContext stats => new ShowStatsStatement(
            stats.query() is { } query
                ? new SubqueryRelation(builder.Queries.Build(query), Lateral: false, query.Span())
                : new TableReference(NameBuilder.Qualified(stats.qualifiedName()), stats.qualifiedName().Span()),
            context.Span()),
        SqlGrammar.ShowCreateContext create => new ShowStatement(
            create.TABLE() is not null ? ShowKind.CreateTable : create.VIEW() is not null ? ShowKind.CreateView : ShowKind.CreateSchema,
            NameBuilder.Qualified(create.qualifiedName()),
            Like: null,
            context.Span()),
        SqlGrammar.ShowVariableContext variable => Variable(variable),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    public Statement Build(SqlGrammar.DescribeStatementContext context)
    {
        var span = context.Span();
        return context switch
        {
            SqlGrammar.DescribePreparedContext prepared => new DescribePreparedStatement(
                NameBuilder.Identifier(prepared.identifier()), prepared.INPUT() is not null, span),
            SqlGrammar.DescribeQueryContext query => new DescribeQueryStatement(builder.Queries.Build(query.query()), span),
            SqlGrammar.DescribeTableContext table => new DescribeRelationStatement(
                new TableReference(NameBuilder.Qualified(table.qualifiedName()), table.qualifiedName().Span()), span),
            SqlGrammar.DescribeRelationContext relation => new DescribeRelationStatement(
                builder.Relations.Primary(relation.relationPrimary()), span),
            SqlGrammar.SummarizeQueryContext query => new SummarizeStatement(
                new SubqueryRelation(builder.Queries.Build(query.query()), Lateral: false, query.query().Span()), span),
            SqlGrammar.SummarizeRelationContext relation => new SummarizeStatement(builder.Relations.Primary(relation.relationPrimary()), span),
            _ => throw new UnreachableException(context.GetType().Name),
        };
    }

    private static ShowVariableStatement Variable(SqlGrammar.ShowVariableContext context)
    {
        var name = context.qualifiedName() is { } qualified
            ? NameBuilder.Qualified(qualified)
            : NameBuilder.Implied(context.ZONE() is not null ? "timezone" : "transaction_isolation", context.Span());
        return new ShowVariableStatement(name, context.Span());
    }

    private static ShowKind Kind(int tokenType) => tokenType switch
    {
        SqlGrammar.TABLES => ShowKind.Tables,
        SqlGrammar.VIEWS => ShowKind.Views,
        SqlGrammar.SCHEMAS => ShowKind.Schemas,
        SqlGrammar.CATALOGS or SqlGrammar.DATABASES => ShowKind.Catalogs,
        SqlGrammar.COLUMNS => ShowKind.Columns,
        SqlGrammar.FUNCTIONS => ShowKind.Functions,
        SqlGrammar.PARTITIONS => ShowKind.Partitions,
        SqlGrammar.QUERIES => ShowKind.Queries,
        _ => ShowKind.Session,
    };
}
