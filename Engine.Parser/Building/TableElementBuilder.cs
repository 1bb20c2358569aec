using System.Diagnostics;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>What stands in a table's definition: columns, constraints, storage.</summary>
internal sealed class TableElementBuilder(SyntaxBuilder builder)
{
    public ColumnDefinition Column(SqlGrammar.TableElementContext context)
    {
        if (context.tableConstraint() is not null)
        {
            throw SyntaxErrors.Invalid("a column definition is expected here, not a constraint", context.Span());
        }

        var name = NameBuilder.Identifier(context.identifier());
        return context.typeName() is { } type
            ? new ColumnDefinition(name, TypeBuilder.Build(type), [.. context.columnConstraint().Where(constraint => !IsCollation(constraint)).Select(Constraint)], context.Span())
            : throw SyntaxErrors.Invalid($"column \"{name.Value}\" needs a type", name.Span);
    }

    /// <summary>Text is in the order of its bytes, and may say so.</summary>
    private static bool IsCollation(SqlGrammar.ColumnConstraintContext context) => context is SqlGrammar.ColumnCollationContext collation
        && (NameBuilder.Qualified(collation.qualifiedName()).Last is { Value: "default" or "C" or "POSIX" or "ucs_basic" } ? true
            : throw new QueryException(
                ErrorCodes.FeatureNotSupported, $"collation \"{NameBuilder.Qualified(collation.qualifiedName()).Last.Value}\" is not supported yet", context.Span(), "Text is in the order of its bytes, \"C\"."));

    /// <summary>The name of a column in CREATE TABLE (a, b) AS, where the query gives the types.</summary>
    public static Identifier ColumnName(SqlGrammar.TableElementContext context) =>
        context.identifier() is { } name && context.typeName() is null && context.columnConstraint().Length == 0 && context.tableConstraint() is null
            ? NameBuilder.Identifier(name)
            : throw SyntaxErrors.Invalid("CREATE TABLE AS takes names of columns only", context.Span(), "The query gives the types; use CAST there.");

    public TableConstraint Constraint(SqlGrammar.TableElementContext context)
    {
        var name = context.identifier() is { } identifier ? NameBuilder.Identifier(identifier) : null;
        var span = context.Span();
        return context.tableConstraint() switch
        {
            SqlGrammar.TableKeyContext key => new TableKeyConstraint(name, key.PRIMARY() is not null, NameBuilder.Columns(key.columnNames()), span),
            SqlGrammar.TableCheckContext check => new TableCheckConstraint(name, builder.Expressions.Build(check.expression()), span),
            SqlGrammar.TableForeignKeyContext foreign => new ForeignKeyConstraint(
                name,
                NameBuilder.Columns(foreign.columnNames(0)),
                NameBuilder.Qualified(foreign.qualifiedName()),
                NameBuilder.Columns(foreign.columnNames(1)),
                span),
            _ => throw new UnreachableException(context.GetType().Name),
        };
    }

    public TableStorage Storage(SqlGrammar.StorageClauseContext[] contexts)
    {
        if (contexts.Length == 0)
        {
            return TableStorage.None;
        }

        var storage = TableStorage.None with { Span = SourceSpan.Covering(contexts[0].Span(), contexts[^1].Span()) };
        foreach (var context in contexts)
        {
            storage = Add(storage, context);
        }

        return storage;
    }

    private TableStorage Add(TableStorage storage, SqlGrammar.StorageClauseContext context) => context switch
    {
        SqlGrammar.StorageLocationContext location => storage.Location is null
            ? storage with { Location = LiteralBuilder.Text(location.stringLiteral()) }
            : throw Twice("LOCATION", context),
        SqlGrammar.StorageFormatContext format => storage.Format is null
            ? storage with { Format = Format(format) }
            : throw Twice("FORMAT", context),
        SqlGrammar.StoragePartitionsContext partitions => storage.PartitionedBy.IsEmpty
            ? storage with { PartitionedBy = partitions.partitionColumn().Map(Partition) }
            : throw Twice("PARTITIONED BY", context),
        SqlGrammar.StorageOrderContext order => storage.SortedBy.IsEmpty
            ? storage with { SortedBy = order.sortItem().Map(builder.Queries.SortItem) }
            : throw Twice("SORTED BY", context),
        SqlGrammar.StorageOptionsContext options => storage with { Options = [.. storage.Options, .. options.optionItem().Select(OptionBuilder.Build)] },
        SqlGrammar.StorageCommentContext comment => storage with
        {
            Options = [.. storage.Options, new OptionItem("comment", LiteralBuilder.String(comment.stringLiteral()), context.Span())],
        },

        // A session's tables live as long as the session: ON COMMIT PRESERVE ROWS, which Tableau writes, is what they do anyway.
        SqlGrammar.StorageOnCommitContext => storage,
        _ => throw new UnreachableException(context.GetType().Name),
    };

    private static string Format(SqlGrammar.StorageFormatContext context) => context.identifier() is { } word
        ? NameBuilder.Identifier(word).Value
        : LiteralBuilder.Text(context.stringLiteral()).ToLowerInvariant();

    private PartitionColumn Partition(SqlGrammar.PartitionColumnContext context) => new(
        builder.Expressions.Build(context.expression()), context.typeName() is { } type ? TypeBuilder.Build(type) : null, context.Span());

    private ColumnConstraint Constraint(SqlGrammar.ColumnConstraintContext context)
    {
        var span = context.Span();
        return context switch
        {
            SqlGrammar.NullabilityContext nullability => new NullabilityConstraint(nullability.NOT() is null, span),
            SqlGrammar.ColumnDefaultContext value => new DefaultConstraint(builder.Expressions.Build(value.expression()), span),
            SqlGrammar.ColumnKeyContext key => new ColumnKeyConstraint(key.PRIMARY() is not null, span),
            SqlGrammar.ColumnCheckContext check => new ColumnCheckConstraint(builder.Expressions.Build(check.expression()), span),
            SqlGrammar.ColumnReferencesContext references => new ColumnReferenceConstraint(
                NameBuilder.Qualified(references.qualifiedName()), NameBuilder.Columns(references.columnNames()), span),
            SqlGrammar.ColumnCommentContext comment => new ColumnCommentConstraint(LiteralBuilder.Text(comment.stringLiteral()), span),
            _ => throw new UnreachableException(context.GetType().Name),
        };
    }

    private static QueryException Twice(string clause, SqlGrammar.StorageClauseContext context) =>
        SyntaxErrors.Invalid($"{clause} is given twice", context.Span());
}
