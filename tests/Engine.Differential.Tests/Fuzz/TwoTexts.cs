namespace Engine.Differential.Tests.Fuzz;

/// <summary>A piece of SQL as we write it and as DuckDB does: the same but where the dialects have other words for one thing.</summary>
public readonly record struct TwoTexts(string Ours, string Theirs)
{
    public static implicit operator TwoTexts(string both) => new(both, both);

    /// <summary>A pattern with {0}, {1} ... for parts.</summary>
    public static TwoTexts Of(string pattern, params ReadOnlySpan<TwoTexts> parts) => Of(pattern, pattern, parts);

    /// <summary>As above, with another pattern for DuckDB.</summary>
    public static TwoTexts Of(string ours, string theirs, params ReadOnlySpan<TwoTexts> parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            ours = ours.Replace($"{{{i}}}", parts[i].Ours, StringComparison.Ordinal);
            theirs = theirs.Replace($"{{{i}}}", parts[i].Theirs, StringComparison.Ordinal);
        }

        return new TwoTexts(ours, theirs);
    }
}
