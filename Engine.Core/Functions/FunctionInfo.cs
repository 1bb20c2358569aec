using System.Collections.Immutable;

namespace Engine.Core.Functions;

/// <summary>What the documentation and SHOW FUNCTIONS say of a function.</summary>
/// <param name="Signature">The name, lower case, and in parentheses what its arguments are called: <c>substr(text, start, length)</c>.</param>
/// <param name="Category">The file it lives in: math, text, time, conditional, aggregate ...</param>
/// <param name="Description">One sentence.</param>
/// <param name="Example">A call and what it gives, <c>abs(-2) = 2</c>; run by a test.</param>
public sealed record FunctionInfo(string Signature, string Category, string Description, string Example)
{
    public string Name { get; } = Signature.IndexOf('(', StringComparison.Ordinal) is var open && open > 0 ? Signature[..open] : Signature;

    /// <summary>What the arguments are called, in their order; <c>...</c> stands for more of them. A call may have fewer.</summary>
    public ImmutableArray<string> ArgumentNames => Split(Signature.Length > Name.Length ? Signature[(Name.Length + 1)..^1] : string.Empty);

    public ImmutableArray<string> Aliases { get; init; } = [];

    public Volatility Volatility { get; init; } = Volatility.Immutable;

    /// <summary>At the commas outside of parentheses, for a lambda has some of its own.</summary>
    private static ImmutableArray<string> Split(string arguments)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i <= arguments.Length; i++)
        {
            if (i == arguments.Length || (arguments[i] == ',' && depth == 0))
            {
                names.Add(arguments[start..i].Trim());
                start = i + 1;
            }
            else
            {
                depth += arguments[i] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }

        return names is [""] ? [] : names.ToImmutable();
    }
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
