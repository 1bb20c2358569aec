using System.Diagnostics;

namespace Engine.Server.Sessions;

/// <summary>What a client's session does.</summary>
public enum ClientState : byte
{
    /// <summary>Waits for the client, outside of a transaction.</summary>
    Idle,

    /// <summary>Runs a statement, or sends its rows.</summary>
    Active,

    /// <summary>Has a statement that waits for its turn.</summary>
    Queued,

    IdleInTransaction,

    IdleInFailedTransaction,
}

/// <summary>Names of states, as <c>pg_stat_activity</c> has them.</summary>
public static class ClientStateNames
{
    public static string NameOf(ClientState state) => state switch
    {
        ClientState.Idle => "idle",
        ClientState.Active => "active",
        ClientState.Queued => "queued",
        ClientState.IdleInTransaction => "idle in transaction",
        ClientState.IdleInFailedTransaction => "idle in transaction (aborted)",
        _ => throw new UnreachableException(),
    };
}
