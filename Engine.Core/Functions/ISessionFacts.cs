using System.Collections.Immutable;
using Engine.Core.Errors;

namespace Engine.Core.Functions;

/// <summary>What functions can ask of the session that a statement runs in: <c>current_schema()</c>, <c>current_setting('timezone')</c>.</summary>
public interface ISessionFacts
{
    /// <summary>The catalog of schemas that are named without one.</summary>
    string Catalog { get; }

    /// <summary>The schemas of the search path that there are.</summary>
    ImmutableArray<string> Schemas { get; }

    /// <summary>What the engine says it is.</summary>
    string Version { get; }

    /// <summary>The sequences that the session reaches.</summary>
    ISequences Sequences { get; }

    /// <summary>The objects of the catalog by their numbers.</summary>
    ICatalogObjects Objects { get; }

    /// <summary>The sessions of the server's clients.</summary>
    IClientSessions Clients { get; }

    /// <summary>Its numbers by chance.</summary>
    SessionRandom Random { get; }

    /// <summary>The value of a setting; null when there is none of that name.</summary>
    string? Setting(string name);

    /// <summary>Changes a setting, for the session or until the end of the transaction.</summary>
    /// <exception cref="QueryException">There is no such setting, or no such value of it.</exception>
    void Set(string name, string value, bool isLocal);
}

/// <summary>Where there is no session: plans that are made for themselves.</summary>
internal sealed class NoSession : ISessionFacts
{
    public static readonly NoSession Instance = new();

    public string Catalog => string.Empty;

    public ImmutableArray<string> Schemas => [];

    public string Version => string.Empty;

    public ISequences Sequences => throw new QueryException(ErrorCodes.FeatureNotSupported, "there are no sequences here");

    public ICatalogObjects Objects => NoObjects.Instance;

    public IClientSessions Clients => NoClientSessions.Instance;

    public SessionRandom Random { get; } = new();

    public string? Setting(string name) => null;

    public void Set(string name, string value, bool isLocal) => throw new QueryException(ErrorCodes.UndefinedObject, $"unrecognized configuration parameter \"{name}\"");
}
