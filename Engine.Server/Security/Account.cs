using Engine.Catalog;

namespace Engine.Server.Security;

/// <summary>A user: how it proves who it is, what it may do, and how much of the server it may use.</summary>
public sealed record Account(string Name)
{
    /// <summary>Of its password; null for one that cannot log in with a password.</summary>
    public PasswordVerifier? Verifier { get; init; }

    /// <summary>Whether it needs no password from the machine that the server runs on.</summary>
    public bool IsTrustedOnLoopback { get; init; }

    public Grants Grants { get; init; } = new();

    /// <summary>The sessions that it may have at once; null for as many as the server has.</summary>
    public int? MaxSessions { get; init; }

    /// <summary>The statements that it may run at once; more wait. Null for as many as the server runs.</summary>
    public int? MaxStatements { get; init; }

    /// <summary>The native memory that its statements may hold together; null for as much as the engine has.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>One who may do everything, as everybody may where no users are configured.</summary>
    public static Account Unrestricted(string name) => new(name) { Grants = Grants.Everything };

    /// <summary>Whether it may see what somebody else runs, and end it.</summary>
    internal bool Sees(string owner) => Grants.IsAdministrator || owner == Name;
}
