using Engine.Core.Errors;

namespace Engine.Core.Functions;

/// <summary>The sessions of a server's clients, by the numbers that PostgreSQL's clients take for process ids, as one of them may deal with them.</summary>
public interface IClientSessions
{
    /// <summary>The number of the session that asks; 0 inside of a program.</summary>
    int Own { get; }

    /// <summary>Asks the statement that a session runs to end; false when there is no such session.</summary>
    /// <exception cref="QueryException">42501: the session is somebody else's.</exception>
    bool Cancel(int processId);

    /// <summary>Ends a session; false when there is no such one.</summary>
    /// <exception cref="QueryException">42501: the session is somebody else's.</exception>
    bool Terminate(int processId);
}

/// <summary>Where there is no server.</summary>
internal sealed class NoClientSessions : IClientSessions
{
    public static readonly NoClientSessions Instance = new();

    public int Own => 0;

    public bool Cancel(int processId) => false;

    public bool Terminate(int processId) => false;
}
