using System.Net;
using System.Security.Cryptography;
using Engine.Core.Errors;
using Engine.Server.PgWire;

namespace Engine.Server.Sessions;

/// <summary>
/// A session as others see it: who is connected from where, what it does since when, and how to end that. Its own connection writes it, anybody may read it.
/// </summary>
public sealed class ClientSession
{
    private const int SecretLength = 4;

    private readonly StatementClock _clock;
    private readonly ConnectionLifetime _lifetime;
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(SecretLength);
    private volatile Activity _activity;

    internal ClientSession(int processId, Session session, EndPoint? client, string? tlsVersion, string database, StatementClock clock, ConnectionLifetime lifetime)
    {
        ProcessId = processId;
        Session = session;
        Client = client;
        TlsVersion = tlsVersion;
        Database = database;
        _clock = clock;
        _lifetime = lifetime;
        _activity = new Activity(ClientState.Idle, string.Empty, ConnectedAt, StatementStartedAt: null, TransactionStartedAt: null);
    }

    /// <summary>What requests to cancel name it by, and <c>pg_backend_pid()</c> gives.</summary>
    public int ProcessId { get; }

    public string User => Session.User;

    /// <summary>The name that the client connected to.</summary>
    public string Database { get; }

    public string ApplicationName => Session.Settings["application_name"];

    /// <summary>Where the client is.</summary>
    public EndPoint? Client { get; }

    /// <summary>The version of TLS, such as TLSv1.3; null for a connection in the clear.</summary>
    public string? TlsVersion { get; }

    /// <summary>In UTC.</summary>
    public DateTime ConnectedAt { get; } = DateTime.UtcNow;

    public ClientState State => _activity.State == ClientState.Active && Session.LastStatement?.State == StatementState.Queued ? ClientState.Queued : _activity.State;

    /// <summary>Since when, in UTC.</summary>
    public DateTime StateSince => _activity.Since;

    /// <summary>The text that runs, or ran last, as the client sent it.</summary>
    public string Query => _activity.Query;

    /// <summary>The id of the statement that runs, or ran last, see <see cref="StatementLog"/>; null before the first.</summary>
    public string? QueryId => Session.LastStatement?.Id;

    /// <summary>When that text began to run, in UTC.</summary>
    public DateTime? QueryStartedAt => _activity.StatementStartedAt;

    /// <summary>When the transaction began, in UTC; null outside of one.</summary>
    public DateTime? TransactionStartedAt => _activity.TransactionStartedAt;

    internal Session Session { get; }

    /// <summary>What proves that a request to cancel is the client's.</summary>
    internal ReadOnlySpan<byte> Secret => _secret;

    /// <summary>Asks the statement that runs to end (57014); false when none does.</summary>
    public bool Cancel() => _clock.Cancel();

    /// <summary>Ends the session (57P01), whatever it does.</summary>
    public void Terminate() => _lifetime.End(new QueryException(ErrorCodes.AdminShutdown, "terminating connection due to administrator command"));

    internal bool HasSecret(ReadOnlySpan<byte> secret) => CryptographicOperations.FixedTimeEquals(_secret, secret);

    /// <summary>A text begins to run.</summary>
    internal void Begin(string query)
    {
        var now = DateTime.UtcNow;
        _activity = new Activity(ClientState.Active, query, now, now, _activity.TransactionStartedAt);
    }

    /// <summary>All that was asked is done.</summary>
    internal void Rest(ClientState state)
    {
        var now = DateTime.UtcNow;
        _activity = _activity with { State = state, Since = now, TransactionStartedAt = state == ClientState.Idle ? null : _activity.TransactionStartedAt ?? _activity.StatementStartedAt ?? now };
    }

    private sealed record Activity(ClientState State, string Query, DateTime Since, DateTime? StatementStartedAt, DateTime? TransactionStartedAt);
}
