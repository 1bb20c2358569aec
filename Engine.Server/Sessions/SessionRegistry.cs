using System.Collections.Concurrent;

namespace Engine.Server.Sessions;

/// <summary>The sessions of clients that are connected, by the numbers that clients take for process ids. Safe for concurrent use.</summary>
public sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<int, ClientSession> _sessions = new();
    private int _lastId;

    public int Count => _sessions.Count;

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<ClientSession> All => [.. _sessions.Values.OrderBy(session => session.ProcessId)];

    public ClientSession? Find(int processId) => _sessions.GetValueOrDefault(processId);

    /// <summary>How many a user has.</summary>
    public int CountOf(string user) => _sessions.Values.Count(session => session.User == user);

    internal void Add(ClientSession session) => _sessions[session.ProcessId] = session;

    internal void Remove(ClientSession session) => _sessions.TryRemove(session.ProcessId, out _);

    internal int NextId() => Interlocked.Increment(ref _lastId);
}
