using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>Queries as statements, INSERT, UPDATE and DELETE.</summary>
internal sealed class DataStatementBuilder(SyntaxBuilder builder)
{
    public Statement Build(SqlGrammar.DataStatementContext context)
    {
        var span = context.Span();
        if (context.queryNoWith() is { } query)
        {
            return builder.Selects.TakeInto(query.queryBody()) is { } into
                ? Table(into, builder.Queries.Build(context.with(), query, span))
                : new QueryStatement(builder.Queries.Build(context.with(), query, span), span);
        }

        var with = builder.Queries.With(context.with());
        if (context.insert() is { } insert)
        {
            return new InsertStatement(
                with,
                insert.OVERWRITE() is not null,
                NameBuilder.Qualified(insert.qualifiedName()),
                Alias(insert.alias),
                NameBuilder.Columns(insert.columnNames()),
                insert.NAME() is not null,
                insert.query() is { } source ? builder.Queries.Build(source) : null,
                Returning(insert.returning()),
                span);
        }

        if (context.update() is { } update)
        {
            return new UpdateStatement(
                with,
                NameBuilder.Qualified(update.qualifiedName()),
                Alias(update.alias),
                update.assignment().Map(Assignment),
                builder.Relations.From(update.from()),
                builder.Selects.Where(update.where()),
                Returning(update.returning()),
                span);
        }

        var delete = context.delete();
        return new DeleteStatement(
            with,
            NameBuilder.Qualified(delete.qualifiedName()),
            Alias(delete.alias),
            delete.relation().Map(builder.Relations.Build),
            builder.Selects.Where(delete.where()),
            Returning(delete.returning()),
            span);
    }

    /// <summary><c>SELECT ... INTO table</c> is another spelling of <c>CREATE TABLE table AS SELECT ...</c>.</summary>
    private static CreateTableAsStatement Table(SqlGrammar.IntoClauseContext into, Query query) => new(
        CreateMode.Create,
        into.TEMP() is not null || into.TEMPORARY() is not null,
        NameBuilder.Qualified(into.qualifiedName()),
        [],
        TableStorage.None,
        query,
        WithData: true,
        query.Span);

    private static Identifier? Alias(SqlGrammar.IdentifierContext? context) => context is null ? null : NameBuilder.Identifier(context);

    private Assignment Assignment(SqlGrammar.AssignmentContext context) => context.identifier() is { } column
        ? new Assignment([NameBuilder.Identifier(column)], builder.Expressions.BuildOrDefault(context.expressionOrDefault()), context.Span())
        : new Assignment(NameBuilder.Columns(context.columnNames()), builder.Expressions.Build(context.expression()), context.Span());

    private SyntaxList<SelectItem> Returning(SqlGrammar.ReturningContext? context) => builder.Selects.Items(context?.selectItems());
}
