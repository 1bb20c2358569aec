using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Planner;
using Engine.Server.Sessions;

namespace Engine.Server.Tables;

/// <summary>CREATE SEQUENCE.</summary>
internal sealed class SequenceCommand(Session session)
{
    public StatementResult Execute(CreateSequenceStatement create, CancellationToken cancellationToken)
    {
        var place = NamePlace.OfNew(create.Name, create.Temporary, session.Names);
        var name = create.Name.Last.Value;
        var range = Binder.BindSequence(create, session.Names);
        var known = place.Catalog.Get(place.Schema, name);
        if (known is not null && create.Mode == CreateMode.IfNotExists)
        {
            session.Notify($"relation \"{name}\" already exists, skipping", ErrorCodes.DuplicateTable);
            return StatementResult.Done("CREATE SEQUENCE");
        }

        if (known is MemorySequence && create.Mode == CreateMode.OrReplace)
        {
            session.Remove(place.Catalog, place.Schema, name);
        }

        if (session.Names.ReachableCatalogs.Any(catalog => catalog is not MemoryCatalog && catalog.Find(place.Schema, name, cancellationToken) is not null)
            || !place.Catalog.TryAdd(place.Schema, new MemorySequence(name, range, new SequenceNumbers(name, range))))
        {
            throw new QueryException(ErrorCodes.DuplicateTable, $"relation \"{name}\" already exists", create.Name.Span);
        }

        session.Transaction?.Undo(() => place.Catalog.Remove(place.Schema, name));
        return StatementResult.Done("CREATE SEQUENCE");
    }
}
