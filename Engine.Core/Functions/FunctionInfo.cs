using System.Collections.Immutable;

namespace Engine.Core.Functions;

/// <summary>What the documentation and SHOW FUNCTIONS say of a function.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Category">The file it lives in: math, text, time, conditional, aggregate ...</param>
/// <param name="Description">One sentence.</param>
/// <param name="Example">A call and what it gives, <c>abs(-2) = 2</c>; run by a test.</param>
public sealed record FunctionInfo(string Name, string Category, string Description, string Example)
{
    public ImmutableArray<string> Aliases { get; init; } = [];

    public Volatility Volatility { get; init; } = Volatility.Immutable;
}

/// <summary>When the same arguments give the same answer.</summary>
public enum Volatility : byte
{
    /// <summary>Always: calls with constant arguments are folded.</summary>
    Immutable,

    /// <summary>Within one statement.</summary>
    Stable,

    /// <summary>Never for sure.</summary>
    Volatile,
}
