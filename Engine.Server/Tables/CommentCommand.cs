using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Planner.Binding;
using Engine.Server.Sessions;

namespace Engine.Server.Tables;

/// <summary>COMMENT ON a table, view, column or schema in memory.</summary>
internal sealed class CommentCommand(Session session)
{
    public StatementResult Execute(CommentStatement comment, CancellationToken cancellationToken)
    {
        switch (comment.Kind)
        {
            case ObjectKind.Table or ObjectKind.View:
                var (catalog, entry) = Find(comment.Name, cancellationToken);
                if (entry is ViewEntry != (comment.Kind == ObjectKind.View))
                {
                    throw new QueryException(ErrorCodes.WrongObjectType, $"\"{entry.Name}\" is not a {(comment.Kind == ObjectKind.View ? "view" : "table")}", comment.Name.Span);
                }

                Change(catalog, entry, before => before with { Comment = comment.Text });
                break;
            case ObjectKind.Column when !comment.Name.IsSimple:
                var (owner, table) = Find(new QualifiedName([.. comment.Name.Parts.Take(comment.Name.Parts.Count - 1)], comment.Name.Span), cancellationToken);
                if (table is not TableEntry { Definition: { } definition })
                {
                    throw new QueryException(ErrorCodes.WrongObjectType, $"\"{table.Name}\" is not a table", comment.Name.Span, "Columns of a view have no comments.");
                }

                var place = definition.PlaceOf(comment.Name.Last.Value);
                if (place < 0)
                {
                    throw new QueryException(
                        ErrorCodes.UndefinedColumn,
                        $"column \"{comment.Name.Last.Value}\" of relation \"{table.Name}\" does not exist",
                        comment.Name.Last.Span,
                        NearNames.Hint(comment.Name.Last.Value, definition.Columns.Select(column => column.Name)));
                }

                Change(owner, table, _ => definition with { Columns = definition.Columns.SetItem(place, definition.Columns[place] with { Comment = comment.Text }) });
                break;
            case ObjectKind.Schema:
                CommentOnSchema(comment);
                break;
            default:
                throw QueryException.NotSupportedYet($"COMMENT ON {comment.Kind.ToString().ToUpperInvariant()}", comment.Span);
        }

        return StatementResult.Done("COMMENT");
    }

    private void CommentOnSchema(CommentStatement comment)
    {
        var schema = comment.Name.Last.Value;
        var catalog = comment.Name.IsSimple ? session.Names.Memory : NamePlace.WritableCatalog(comment.Name.Parts[0], session.Names);
        session.Names.RequireWrite(catalog, schema, $"schema {schema}", comment.Name.Span);
        if (!catalog.Schemas.Contains(schema, StringComparer.Ordinal))
        {
            throw new QueryException(ErrorCodes.UndefinedSchema, $"schema \"{schema}\" does not exist", comment.Name.Span, NearNames.Hint(schema, session.Names.SchemasOf(catalog)));
        }

        var before = catalog.CommentOn(schema, name: null);
        catalog.Comment(schema, comment.Text);
        session.Transaction?.Undo(() => catalog.Comment(schema, before));
    }

    /// <summary>The relation of that name, which the user may change.</summary>
    private (MemoryCatalog Catalog, CatalogEntry Entry) Find(QualifiedName name, CancellationToken cancellationToken)
    {
        var (catalog, entry) = Locate(name, cancellationToken);
        session.Names.RequireWrite(catalog, entry.Schema, $"table {entry.Name}", name.Span);
        return (catalog, entry);
    }

    private (MemoryCatalog Catalog, CatalogEntry Entry) Locate(QualifiedName name, CancellationToken cancellationToken) =>
        session.Names.Locate(TableNames.Of(name), cancellationToken) switch
        {
            (MemoryCatalog memory, var entry) => (memory, entry),
            (var catalog, var entry) => throw new QueryException(
                ErrorCodes.WrongObjectType, $"\"{entry.Name}\" is declared in the catalog {catalog.Name} and cannot be commented on", name.Span, "Comments are kept for tables in memory."),
            null => throw new QueryException(
                ErrorCodes.UndefinedTable, $"relation \"{name.Plain}\" does not exist", name.Span, NearNames.Hint(name.Last.Value, session.Names.List(TableNames.Of(name).Schema).Select(entry => entry.Name))),
        };

    private void Change(MemoryCatalog catalog, CatalogEntry entry, Func<MemoryObject, MemoryObject> change)
    {
        var before = catalog.Get(entry.Schema, entry.Name)!;
        catalog.Replace(entry.Schema, entry.Name, change(before));
        session.Transaction?.Undo(() => catalog.Replace(entry.Schema, entry.Name, before));
    }
}
