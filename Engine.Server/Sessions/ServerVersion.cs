using System.Reflection;

namespace Engine.Server.Sessions;

/// <summary>What the engine says it is.</summary>
internal static class ServerVersion
{
    /// <summary>Clients of PostgreSQL choose what they ask for by it.</summary>
    public const string PostgresVersion = "15.0";

    /// <summary>The engine's own.</summary>
    public static string Own { get; } = typeof(ServerVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>What <c>version()</c> gives: clients look for the word PostgreSQL and the number behind it.</summary>
    public static string Text => $"PostgreSQL {PostgresVersion} (QueryEngine {Own})";
}
