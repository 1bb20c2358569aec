using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Parser.Ast;
using Engine.Planner;
using Engine.Server.Sessions;
using TypeName = Engine.Core.Types.TypeName;

namespace Engine.Server.Tables;

/// <summary>CREATE TYPE: enums, and other names of types. Columns keep what the name meant when they were made.</summary>
internal sealed class TypeCommand(Session session)
{
    public StatementResult Execute(CreateTypeStatement create)
    {
        var place = NamePlace.OfNew(create.Name, create.Temporary, session.Names);
        var name = create.Name.Last.Value;
        var type = Binder.BindType(create.Type, session.Names) is EnumType words ? new EnumType(words.Labels, name) : Binder.BindType(create.Type, session.Names);
        var known = place.Catalog.Get(place.Schema, name);
        if (known is MemoryType && create.Mode == CreateMode.IfNotExists)
        {
            return StatementResult.Done("CREATE TYPE");
        }

        if (known is MemoryType && create.Mode == CreateMode.OrReplace)
        {
            session.Remove(place.Catalog, place.Schema, name);
        }

        if (TypeName.TryResolve(name, []) is not null || !place.Catalog.TryAdd(place.Schema, new MemoryType(name, type)))
        {
            throw new QueryException(ErrorCodes.DuplicateObject, $"type \"{name}\" already exists", create.Name.Span);
        }

        session.Transaction?.Undo(() => place.Catalog.Remove(place.Schema, name));
        return StatementResult.Done("CREATE TYPE");
    }
}
