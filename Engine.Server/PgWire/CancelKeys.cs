using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Engine.Server.PgWire;

/// <summary>The sessions that can be asked to end their statement, by numbers that clients take for process ids, and the secrets that prove the asking.</summary>
internal sealed class CancelKeys
{
    private const int SecretLength = 4;

    private readonly ConcurrentDictionary<int, (byte[] Secret, StatementClock Clock)> _sessions = new();
    private int _lastId;

    public int Count => _sessions.Count;

    public (int ProcessId, byte[] Secret) Add(StatementClock clock)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        var id = Interlocked.Increment(ref _lastId);
        _sessions[id] = (secret, clock);
        return (id, secret);
    }

    public void Remove(int processId) => _sessions.TryRemove(processId, out _);

    /// <summary>Ends the statement of a session; nothing when the secret is wrong.</summary>
    public void Cancel(int processId, ReadOnlySpan<byte> secret)
    {
        if (_sessions.TryGetValue(processId, out var session) && CryptographicOperations.FixedTimeEquals(session.Secret, secret))
        {
            session.Clock.Cancel();
        }
    }
}
