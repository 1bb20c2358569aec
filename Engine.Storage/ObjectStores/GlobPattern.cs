using System.Text;
using System.Text.RegularExpressions;

namespace Engine.Storage.ObjectStores;

/// <summary>One segment of a glob: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a-z]</c>; a backslash takes the next character as it is.</summary>
public sealed class GlobPattern
{
    private readonly Regex _regex;

    public GlobPattern(string segment)
    {
        Segment = segment;
        _regex = new Regex(ToRegex(segment), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }

    public string Segment { get; }

    public static bool IsGlob(string path) => path.AsSpan().IndexOfAny("*?[{") >= 0;

    public bool Matches(string name) => _regex.IsMatch(name);

    /// <summary>All patterns that <c>{a,b}</c> groups stand for, nested ones included; a group that is never closed stands for itself.</summary>
    public static IReadOnlyList<string> ExpandBraces(string pattern)
    {
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        var close = open < 0 ? -1 : FindClose(pattern, open);
        if (close < 0)
        {
            return [pattern];
        }

        var expanded = new List<string>();
        foreach (var choice in SplitChoices(pattern[(open + 1)..close]))
        {
            expanded.AddRange(ExpandBraces(string.Concat(pattern.AsSpan(0, open), choice, pattern.AsSpan(close + 1))));
        }

        return expanded;
    }

    private static int FindClose(string pattern, int open)
    {
        var depth = 0;
        for (var i = open; i < pattern.Length; i++)
        {
            depth += pattern[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static IEnumerable<string> SplitChoices(string choices)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < choices.Length; i++)
        {
            depth += choices[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (choices[i] == ',' && depth == 0)
            {
                yield return choices[start..i];
                start = i + 1;
            }
        }

        yield return choices[start..];
    }

    private static string ToRegex(string segment)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < segment.Length; i++)
        {
            var close = segment[i] == '[' ? segment.IndexOf(']', Math.Min(i + 2, segment.Length)) : -1;
            if (close > 0)
            {
                var isNegated = segment[i + 1] is '!' or '^';
                var set = segment[(isNegated ? i + 2 : i + 1)..close].Replace("\\", "\\\\", StringComparison.Ordinal)
                    .Replace("[", "\\[", StringComparison.Ordinal).Replace("^", "\\^", StringComparison.Ordinal);
                regex.Append(isNegated ? "[^" : "[").Append(set).Append(']');
                i = close;
                continue;
            }

            if (segment[i] == '\\' && i + 1 < segment.Length)
            {
                i++;
                regex.Append(Regex.Escape(segment[i].ToString()));
                continue;
            }

            regex.Append(segment[i] switch { '*' => ".*", '?' => ".", var other => Regex.Escape(other.ToString()) });
        }

        return regex.Append('$').ToString();
    }
}
