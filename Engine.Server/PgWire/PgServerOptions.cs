using Engine.Server.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Engine.Server.PgWire;

/// <summary>Who has to connect through TLS.</summary>
public enum TlsDemand : byte
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Clients on other machines.</summary>
    Remote,

    All,
}

/// <summary>Whom the PostgreSQL endpoint lets in, and how long it waits.</summary>
public sealed record PgServerOptions
{
    /// <summary>The users; null for none, when everybody is let in from the server's own machine, and nobody from elsewhere.</summary>
    public UserDirectory? Users { get; init; }

    /// <summary>For TLS; null for none. Stays the caller's.</summary>
    public CertificateFiles? Certificate { get; init; }

    public TlsDemand TlsDemand { get; init; }

    /// <summary>Sessions at once.</summary>
    public int MaxSessions { get; init; } = 1000;

    /// <summary>So many of them are kept for administrators.</summary>
    public int ReservedSessions { get; init; } = 3;

    /// <summary>A client that is not let in by then is sent away.</summary>
    public TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Settings of new sessions, by their names, where they are not to be the usual ones.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The time of statements that run when the server is to stop.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(30);

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
