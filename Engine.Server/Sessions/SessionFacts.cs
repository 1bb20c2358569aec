using System.Collections.Immutable;
using Engine.Core.Functions;
using Engine.Server.Metadata.PgCatalog;

namespace Engine.Server.Sessions;

/// <summary>What functions are told of a session.</summary>
internal sealed class SessionFacts(Session session, CancellationToken cancellationToken) : ISessionFacts
{
    public string Catalog => session.Settings["catalog"];

    public ImmutableArray<string> Schemas
    {
        get
        {
            var names = session.Names;
            var known = names.Schemas.ToHashSet(StringComparer.Ordinal);
            return [.. names.SearchPath.Where(known.Contains)];
        }
    }

    public string Version => ServerVersion.Text;

    public ISequences Sequences => session.Sequences;

    public ICatalogObjects Objects => field ??= new CatalogObjects(session, cancellationToken);

    public IClientSessions Clients => new ClientSessions(session);

    public SessionRandom Random => session.Random;

    public string? Setting(string name) => session.Settings.Find(name);

    public void Set(string name, string value, bool isLocal)
    {
        // Outside of a transaction there is nothing that a local value could hold for.
        if (!isLocal || session.Transaction is not null)
        {
            session.Settings.Set(name, value, span: null, isLocal);
        }
    }
}
