using System.Collections.Immutable;
using Engine.Server.Sessions;

namespace Engine.Slt.Runs;

/// <summary>How scripts are run.</summary>
internal sealed record RunOptions
{
    /// <summary>The engine's options; a run gives it a catalog folder of its own.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>Optimizer rules that are off.</summary>
    public string DisabledRules { get; init; } = string.Empty;

    /// <summary>What skipif and onlyif take this engine for.</summary>
    public ImmutableArray<string> Names { get; init; } = ["queryengine"];

    /// <summary>Stands for <c>{DATA_DIR}</c> and <c>data/</c> in statements.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>How long a statement may run.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The lines of the queries that count; null for all. Statements run always.</summary>
    public IReadOnlySet<int>? Lines { get; init; }
}
