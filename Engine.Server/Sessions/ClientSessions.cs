using Engine.Core.Errors;
using Engine.Core.Functions;

namespace Engine.Server.Sessions;

/// <summary>The sessions of other clients, as far as a session may deal with them.</summary>
internal sealed class ClientSessions(Session session) : IClientSessions
{
    public int Own => session.Client?.ProcessId ?? 0;

    public bool Cancel(int processId)
    {
        var found = Find(processId);
        found?.Cancel();
        return found is not null;
    }

    public bool Terminate(int processId)
    {
        var found = Find(processId);
        found?.Terminate();
        return found is not null;
    }

    private ClientSession? Find(int processId) => session.Engine.Sessions.Find(processId) is not { } found ? null
        : session.Account.Sees(found.User) ? found
        : throw new QueryException(ErrorCodes.InsufficientPrivilege, $"session {processId} is another user's: permission denied to end what it does");
}
