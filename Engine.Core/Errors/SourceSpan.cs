namespace Engine.Core.Errors;

/// <summary>A stretch of the statement's text, in UTF-16 code units from its start.</summary>
public readonly record struct SourceSpan(int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>The smallest span that covers both.</summary>
    public static SourceSpan Covering(SourceSpan first, SourceSpan last)
    {
        var start = Math.Min(first.Start, last.Start);
        return new SourceSpan(start, Math.Max(first.End, last.End) - start);
    }
}
