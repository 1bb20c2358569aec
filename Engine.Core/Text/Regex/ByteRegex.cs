using Engine.Core.Errors;

namespace Engine.Core.Text.Regex;

/// <summary>How a pattern is read.</summary>
[Flags]
public enum ByteRegexOptions
{
    None = 0,

    /// <summary>Letters match in both cases.</summary>
    IgnoreCase = 1,

    /// <summary><c>^</c> and <c>$</c> match at every line.</summary>
    Multiline = 2,

    /// <summary><c>.</c> matches line feeds too.</summary>
    DotMatchesLineFeed = 4,

    /// <summary>Blanks and <c>#</c> comments in the pattern mean nothing.</summary>
    IgnorePatternBlanks = 8,
}

/// <summary>
/// A regular expression over UTF-8 text, in the Perl syntax without what would make matching more than linear in the text: no backreferences,
/// no lookaround. Immutable; each thread matches with a <see cref="ByteRegexMatcher"/> of its own.
/// </summary>
public sealed class ByteRegex
{
    private readonly Lazy<RegexProgram> _expanded;

    private ByteRegex(string pattern, RegexNode node, IReadOnlyList<string?> groupNames)
    {
        Pattern = pattern;
        GroupNames = groupNames;
        Program = new RegexCompiler(groupNames.Count, hasLoops: true).Compile(node);
        Prefix = RegexPrefix.Find(node);
        IsAnchored = RegexPrefix.IsAnchored(node);
        _expanded = new Lazy<RegexProgram>(() => new RegexCompiler(groupNames.Count, hasLoops: false).Compile(RegexPrefix.ToSets(node)));
    }

    public string Pattern { get; }

    /// <summary>Names of the groups by number, null for those without; number 0 is the whole match.</summary>
    public IReadOnlyList<string?> GroupNames { get; }

    public int GroupCount => GroupNames.Count;

    internal RegexProgram Program { get; }

    /// <summary>The same for the matcher that knows single code points only.</summary>
    internal RegexProgram ExpandedProgram => _expanded.Value;

    /// <summary>The text that every match begins with; may be empty.</summary>
    internal byte[] Prefix { get; }

    /// <summary>Whether a match can only be at the text's start.</summary>
    internal bool IsAnchored { get; }

    /// <exception cref="QueryException">2201B for what is no pattern or is not supported, with the place.</exception>
    public static ByteRegex Parse(string pattern, ByteRegexOptions options = ByteRegexOptions.None)
    {
        var parser = new RegexParser(pattern, options);
        var node = parser.Parse();
        return new ByteRegex(pattern, node, parser.GroupNames);
    }

    public ByteRegexMatcher CreateMatcher() => new(this);
}
