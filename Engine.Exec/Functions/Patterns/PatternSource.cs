using System.Text;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text.Regex;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Patterns;

/// <summary>
/// The regular expression of a call: prepared once where the pattern is constant, else for each new pattern. This is the one place that knows how
/// PostgreSQL's patterns and flags map to the engine's.
/// </summary>
internal sealed class PatternSource
{
    [ThreadStatic]
    private static ByteRegex? LastRegex;

    [ThreadStatic]
    private static ByteRegexMatcher? LastMatcher;

    private readonly int _flagsPlace;
    private readonly Func<string, string, ByteRegex> _parse;
    private readonly ByteRegex? _prepared;
    private readonly QueryException? _error;
    private Memo? _memo;

    /// <summary>
    /// Prepares the pattern, which is argument 1, when it and its flags are constant. A bad pattern is an error of the first row that asks for it: a call
    /// with a NULL beside it is NULL.
    /// </summary>
    public PatternSource(ScalarBinding binding, int flagsPlace = -1, Func<string, string, ByteRegex>? parse = null)
    {
        _flagsPlace = flagsPlace;
        _parse = parse ?? Parse;
        if (binding.Constants.GetValueOrDefault(1) is string pattern
            && (flagsPlace < 0 ? string.Empty : binding.Constants.GetValueOrDefault(flagsPlace) as string) is { } flags)
        {
            try
            {
                _prepared = _parse(pattern, flags);
            }
            catch (QueryException error)
            {
                _error = error.At(binding.Span);
            }
        }
    }

    /// <summary>Whether flags ask for all matches.</summary>
    public static bool IsGlobal(ReadOnlySpan<byte> flags) => flags.Contains((byte)'g');

    /// <summary>PostgreSQL's flags: i, c, g, n or m, p, q for a pattern that is plain text, w, s, x. A point matches line feeds unless n or p is there.</summary>
    public static ByteRegex Parse(string pattern, string flags)
    {
        var options = ByteRegexOptions.DotMatchesLineFeed;
        foreach (var flag in flags)
        {
            options = flag switch
            {
                'i' => options | ByteRegexOptions.IgnoreCase,
                'c' => options & ~ByteRegexOptions.IgnoreCase,
                'n' or 'm' => (options | ByteRegexOptions.Multiline) & ~ByteRegexOptions.DotMatchesLineFeed,
                'p' => options & ~ByteRegexOptions.DotMatchesLineFeed,
                'w' => options | ByteRegexOptions.Multiline,
                's' => options | ByteRegexOptions.DotMatchesLineFeed,
                'x' => options | ByteRegexOptions.IgnorePatternBlanks,
                'g' or 't' or 'q' => options,
                _ => throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid regular expression option: \"{flag}\"", hint: "Flags are g, i, c, n, m, p, q, w, s and x."),
            };
        }

        return ByteRegex.Parse(flags.Contains('q', StringComparison.Ordinal) ? Escaped(pattern) : Translate(pattern), options);
    }

    /// <summary>The matcher for a row, good until the next pattern comes on this thread.</summary>
    /// <exception cref="QueryException">2201B for a bad pattern.</exception>
    public ByteRegexMatcher Matcher(RowArguments arguments, int row)
    {
        var regex = _prepared ?? Remembered(arguments, row);
        if (!ReferenceEquals(LastRegex, regex))
        {
            LastRegex = regex;
            LastMatcher = regex.CreateMatcher();
        }

        return LastMatcher!;
    }

    /// <summary>The groups of the pattern, the whole match among them.</summary>
    public int GroupCount(RowArguments arguments, int row) => (_prepared ?? Remembered(arguments, row)).GroupCount;

    /// <summary>The names of the groups by number, null for those without.</summary>
    public IReadOnlyList<string?> GroupNames(RowArguments arguments, int row) => (_prepared ?? Remembered(arguments, row)).GroupNames;

    /// <summary>A pattern that matches a text and nothing else.</summary>
    private static string Escaped(string text) => string.Concat(text.Select(symbol => "\\.^$|?*+()[]{}".Contains(symbol, StringComparison.Ordinal) ? $"\\{symbol}" : symbol.ToString()));

    /// <summary>The limits of words have one letter here: \m, \M and \y of PostgreSQL are \b, \Y is \B.</summary>
    private static string Translate(string pattern)
    {
        if (!pattern.Contains('\\', StringComparison.Ordinal))
        {
            return pattern;
        }

        var result = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            result.Append(pattern[i]);
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                i++;
                result.Append(pattern[i] switch { 'm' or 'M' or 'y' => 'b', 'Y' => 'B', _ => pattern[i] });
            }
        }

        return result.ToString();
    }

    private ByteRegex Remembered(RowArguments arguments, int row)
    {
        if (_error is not null)
        {
            throw _error;
        }

        var pattern = arguments.Text(1, row);
        var flags = _flagsPlace < 0 ? default : arguments.Text(_flagsPlace, row);
        var memo = _memo;
        if (memo is null || !pattern.SequenceEqual(memo.Pattern) || !flags.SequenceEqual(memo.Flags))
        {
            memo = new Memo(pattern.ToArray(), flags.ToArray(), _parse(Encoding.UTF8.GetString(pattern), Encoding.UTF8.GetString(flags)));
            _memo = memo;
        }

        return memo.Regex;
    }

    private sealed record Memo(byte[] Pattern, byte[] Flags, ByteRegex Regex);
}
