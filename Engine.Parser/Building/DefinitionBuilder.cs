using System.Diagnostics;
using Antlr4.Runtime.Tree;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>CREATE, DROP, ALTER and COMMENT ON.</summary>
internal sealed class DefinitionBuilder(SyntaxBuilder builder)
{
    private TableElementBuilder Tables => builder.Tables;

    public Statement Build(SqlGrammar.CreateStatementContext context) => context switch
    {
        SqlGrammar.CreateTableContext table => Table(table),
        SqlGrammar.CreateViewContext view => View(view),
        SqlGrammar.CreateSchemaContext schema => new CreateSchemaStatement(
            Mode(schema.REPLACE(), schema.ifNotExists()),
            NameBuilder.Qualified(schema.qualifiedName()),
            schema.optionItem().Map(OptionBuilder.Build),
            context.Span()),
        SqlGrammar.CreateMacroContext macro => new CreateMacroStatement(
            Mode(macro.REPLACE(), macro.ifNotExists()),
            NameBuilder.Qualified(macro.qualifiedName()),
            macro.macroParameter().Map(Parameter),
            builder.Expressions.BuildOptional(macro.expression()),
            macro.query() is { } query ? builder.Queries.Build(query) : null,
            context.Span()),
        SqlGrammar.CreateSequenceContext sequence => new CreateSequenceStatement(
            Mode(sequence.REPLACE(), sequence.ifNotExists()),
            sequence.TEMP() is not null || sequence.TEMPORARY() is not null,
            NameBuilder.Qualified(sequence.qualifiedName()),
            sequence.sequenceOption().Map(SequenceOptionBuilder.Build),
            context.Span()),
        SqlGrammar.CreateTypeContext type => new CreateTypeStatement(
            Mode(type.REPLACE(), type.ifNotExists()),
            type.TEMP() is not null || type.TEMPORARY() is not null,
            NameBuilder.Qualified(type.qualifiedName()),
            TypeBuilder.Build(type.typeName()),
            context.Span()),
        SqlGrammar.CreateIndexContext index => Index(index),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    public static DropStatement Build(SqlGrammar.DropStatementContext context) => new(
        Kind(context.objectKind()),
        context.ifExists() is not null,
        context.qualifiedName().Map(NameBuilder.Qualified),
        context.CASCADE() is not null,
        context.Span());

    public AlterStatement Build(SqlGrammar.AlterStatementContext context) => new(
        Kind(context.objectKind()),
        context.ifExists() is not null,
        NameBuilder.Qualified(context.qualifiedName()),
        context.alterAction().Map(Action),
        context.Span());

    public static CommentStatement Build(SqlGrammar.CommentStatementContext context) => new(
        context.COLUMN() is not null ? ObjectKind.Column : Kind(context.objectKind()),
        NameBuilder.Qualified(context.qualifiedName()),
        context.stringLiteral() is { } text ? LiteralBuilder.Text(text) : null,
        context.Span());

    private static CreateMode Mode(ITerminalNode? replace, SqlGrammar.IfNotExistsContext? ifNotExists) => (replace, ifNotExists) switch
    {
        (null, null) => CreateMode.Create,
        (null, _) => CreateMode.IfNotExists,
        (_, null) => CreateMode.OrReplace,
        _ => throw SyntaxErrors.Invalid("OR REPLACE and IF NOT EXISTS exclude each other", ifNotExists.Span()),
    };

    private Statement Table(SqlGrammar.CreateTableContext context)
    {
        var mode = Mode(context.REPLACE(), context.ifNotExists());
        var temporary = context.TEMP() is not null || context.TEMPORARY() is not null;
        var name = NameBuilder.Qualified(context.qualifiedName());
        var storage = Tables.Storage(context.storageClause());
        var span = context.Span();
        var elements = context.tableElement();
        if (context.EXTERNAL() is { } external)
        {
            if (temporary || context.query() is not null)
            {
                throw SyntaxErrors.Invalid("an external table is neither temporary nor made by a query", external.Token().Span);
            }

            return new CreateExternalTableStatement(mode, name, elements.Map(Tables.Column), storage, span);
        }

        if (context.query() is { } query)
        {
            return new CreateTableAsStatement(
                mode, temporary, name, elements.Map(TableElementBuilder.ColumnName), storage, builder.Queries.Build(query), WithData(context.withData()), span);
        }

        if (elements.Length == 0)
        {
            throw SyntaxErrors.Invalid("CREATE TABLE needs a column list or AS with a query", span, "Columns are inferred for external tables only.");
        }

        var constraints = elements.Where(element => element.tableConstraint() is not null).Select(Tables.Constraint);
        var columns = elements.Where(element => element.tableConstraint() is null).Select(Tables.Column);
        return new CreateTableStatement(mode, temporary, name, [.. columns], [.. constraints], storage, span);
    }

    private CreateViewStatement View(SqlGrammar.CreateViewContext context) => context.withData() is { } withData && !WithData(withData)
        ? throw SyntaxErrors.Invalid("a view cannot be created WITH NO DATA", withData.Span())
        : new CreateViewStatement(
            Mode(context.REPLACE(), context.ifNotExists()),
            context.TEMP() is not null || context.TEMPORARY() is not null,
            context.MATERIALIZED() is not null,
            NameBuilder.Qualified(context.qualifiedName()),
            NameBuilder.Columns(context.columnNames()),
            Tables.Storage(context.storageClause()),
            builder.Queries.Build(context.query()),
            context.Span());

    private CreateIndexStatement Index(SqlGrammar.CreateIndexContext context)
    {
        var method = context.USING() is not null;
        var names = context.identifier();
        return new CreateIndexStatement(
            Mode(replace: null, context.ifNotExists()),
            context.UNIQUE() is not null,
            names.Length > (method ? 1 : 0) ? NameBuilder.Identifier(names[0]) : null,
            NameBuilder.Qualified(context.qualifiedName()),
            method ? NameBuilder.Identifier(names[^1]) : null,
            context.sortItem().Map(builder.Queries.SortItem),
            context.Span());
    }

    private MacroParameter Parameter(SqlGrammar.MacroParameterContext context) =>
        new(NameBuilder.Identifier(context.identifier()), builder.Expressions.BuildOptional(context.expression()), context.Span());

    private static bool WithData(SqlGrammar.WithDataContext? context) => context?.NO() is null;

    private static ObjectKind Kind(SqlGrammar.ObjectKindContext context)
    {
        if (context.MATERIALIZED() is not null)
        {
            return ObjectKind.MaterializedView;
        }

        return context.Stop.Type switch
        {
            SqlGrammar.TABLE => ObjectKind.Table,
            SqlGrammar.VIEW => ObjectKind.View,
            SqlGrammar.SCHEMA => ObjectKind.Schema,
            SqlGrammar.DATABASE => ObjectKind.Database,
            SqlGrammar.SEQUENCE => ObjectKind.Sequence,
            SqlGrammar.INDEX => ObjectKind.Index,
            SqlGrammar.TYPE => ObjectKind.Type,
            _ => ObjectKind.Function,
        };
    }

    private AlterAction Action(SqlGrammar.AlterActionContext context)
    {
        var span = context.Span();
        return context switch
        {
            SqlGrammar.AddColumnContext add when add.tableElement().tableConstraint() is not null && add.COLUMN() is null && add.ifNotExists() is null =>
                new AddConstraintAction(Tables.Constraint(add.tableElement()), span),
            SqlGrammar.AddColumnContext add => new AddColumnAction(add.ifNotExists() is not null, Tables.Column(add.tableElement()), span),
            SqlGrammar.DropConstraintContext drop => new DropConstraintAction(
                drop.ifExists() is not null, NameBuilder.Identifier(drop.identifier()), drop.CASCADE() is not null, span),
            SqlGrammar.DropColumnContext drop => new DropColumnAction(
                drop.ifExists() is not null, NameBuilder.Identifier(drop.identifier()), drop.CASCADE() is not null, span),
            SqlGrammar.RenameContext rename => new RenameAction(NameBuilder.Identifier(rename.identifier()), span),
            SqlGrammar.RenameColumnContext rename => new RenameColumnAction(
                NameBuilder.Identifier(rename.identifier(0)), NameBuilder.Identifier(rename.identifier(1)), span),
            SqlGrammar.SetSchemaContext schema => new SetSchemaAction(NameBuilder.Identifier(schema.identifier()), span),
            SqlGrammar.SetLocationContext location => new SetLocationAction(LiteralBuilder.Text(location.stringLiteral()), span),
            SqlGrammar.SetOptionsContext options => new SetOptionsAction(options.optionItem().Map(OptionBuilder.Build), span),
            SqlGrammar.AlterColumnTypeContext type => new AlterColumnTypeAction(
                NameBuilder.Identifier(type.identifier()),
                TypeBuilder.Build(type.typeName()),
                builder.Expressions.BuildOptional(type.expression()),
                span),
            SqlGrammar.AlterColumnDefaultContext value => new AlterColumnDefaultAction(
                NameBuilder.Identifier(value.identifier()), builder.Expressions.BuildOptional(value.expression()), span),
            SqlGrammar.AlterColumnNullabilityContext nullability => new AlterColumnNullabilityAction(
                NameBuilder.Identifier(nullability.identifier()), nullability.DROP() is not null, span),
            _ => throw new UnreachableException(context.GetType().Name),
        };
    }
}
