using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Planner.Binding;
using Engine.Server.Sessions;

namespace Engine.Server.Tables;

/// <summary>DROP of tables, views, sequences, indexes and schemas in memory.</summary>
internal sealed class DropCommand(Session session)
{
    public StatementResult Execute(DropStatement drop, CancellationToken cancellationToken)
    {
        foreach (var name in drop.Names)
        {
            switch (drop.Kind)
            {
                case ObjectKind.Table or ObjectKind.View:
                    DropRelation(drop, name, cancellationToken);
                    break;
                case ObjectKind.Sequence:
                    DropObject<MemorySequence>(drop, name, "sequence", ErrorCodes.UndefinedTable);
                    break;
                case ObjectKind.Type:
                    DropObject<MemoryType>(drop, name, "type", ErrorCodes.UndefinedObject);
                    break;
                case ObjectKind.Index:
                    new IndexCommand(session).Drop(drop, name, cancellationToken);
                    break;
                case ObjectKind.Schema:
                    DropSchema(drop, name);
                    break;
                default:
                    throw QueryException.NotSupportedYet($"DROP {drop.Kind.ToString().ToUpperInvariant()}", drop.Span);
            }
        }

        return StatementResult.Done($"DROP {drop.Kind.ToString().ToUpperInvariant()}");
    }

    private void DropRelation(DropStatement drop, QualifiedName name, CancellationToken cancellationToken)
    {
        var kind = drop.Kind == ObjectKind.View ? "view" : "table";
        if (session.Names.Locate(TableNames.Of(name), cancellationToken) is not { } found)
        {
            if (!drop.IfExists)
            {
                throw new QueryException(
                    ErrorCodes.UndefinedTable, $"{kind} \"{name.Plain}\" does not exist", name.Span, NearNames.Hint(name.Last.Value, session.Names.List(TableNames.Of(name).Schema).Select(entry => entry.Name)));
            }

            return;
        }

        if (found.Entry is ViewEntry != (drop.Kind == ObjectKind.View))
        {
            throw new QueryException(ErrorCodes.WrongObjectType, $"\"{found.Entry.Name}\" is not a {kind}", name.Span, $"Use DROP {(kind == "view" ? "TABLE" : "VIEW")} to remove it.");
        }

        if (found.Catalog is not MemoryCatalog memory)
        {
            throw new QueryException(
                ErrorCodes.WrongObjectType,
                $"{kind} \"{found.Entry.Name}\" is declared in the catalog {found.Catalog.Name} and cannot be dropped",
                name.Span,
                found.Catalog is CatalogFolder ? "Take it out of its catalog file." : null);
        }

        session.Names.RequireWrite(memory, found.Entry.Schema, $"{kind} {found.Entry.Name}", name.Span);
        session.Remove(memory, found.Entry.Schema, found.Entry.Name);
    }

    /// <summary>Drops what is no relation.</summary>
    private void DropObject<T>(DropStatement drop, QualifiedName name, string kind, ErrorCode missing)
        where T : MemoryObject
    {
        switch (session.Names.LocateObject(TableNames.Of(name)))
        {
            case (var catalog, var schema, T found):
                session.Names.RequireWrite(catalog, schema, $"{kind} {found.Name}", name.Span);
                session.Remove(catalog, schema, found.Name);
                break;
            case null when !drop.IfExists:
                throw new QueryException(missing, $"{kind} \"{name.Plain}\" does not exist", name.Span);
            case (_, _, var other):
                throw new QueryException(ErrorCodes.WrongObjectType, $"\"{other.Name}\" is not a {kind}", name.Span);
        }
    }

    private void DropSchema(DropStatement drop, QualifiedName name)
    {
        var schema = name.Last.Value;
        var catalog = name.IsSimple ? session.Names.Memory : NamePlace.WritableCatalog(name.Parts[0], session.Names);
        session.Names.RequireWrite(catalog, schema, $"schema {schema}", name.Span);
        if (!catalog.Schemas.Contains(schema, StringComparer.Ordinal))
        {
            if (!drop.IfExists)
            {
                throw new QueryException(ErrorCodes.UndefinedSchema, $"schema \"{schema}\" does not exist", name.Span, NearNames.Hint(schema, session.Names.SchemasOf(catalog)));
            }

            return;
        }

        var entries = catalog.Objects(schema).ToList();
        if (entries.Count > 0 && !drop.Cascade)
        {
            throw new QueryException(
                ErrorCodes.DependentObjectsStillExist, $"cannot drop schema {schema} because \"{entries[0].Name}\" is in it", name.Span, "Use DROP ... CASCADE to drop what is in it too.");
        }

        entries.ForEach(entry => session.Remove(catalog, schema, entry.Name));
        var comment = catalog.CommentOn(schema, name: null);
        catalog.RemoveSchema(schema);
        session.Transaction?.Undo(() =>
        {
            catalog.TryAddSchema(schema);
            catalog.Comment(schema, comment);
        });
    }
}
