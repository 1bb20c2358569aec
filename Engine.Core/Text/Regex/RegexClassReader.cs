using System.Text;
using Engine.Core.Errors;

namespace Engine.Core.Text.Regex;

/// <summary>Reads a bracket expression: characters, ranges, escapes and POSIX classes.</summary>
internal sealed class RegexClassReader(string pattern, Func<CodePointSet, CodePointSet> fold, Func<string, QueryException> bad)
{
    /// <summary>Reads behind the opening bracket; the place moves behind the closing one.</summary>
    public CodePointSet Read(ref int position)
    {
        var ranges = new List<(int, int)>();
        var isNegated = position < pattern.Length && pattern[position] == '^';
        position += isNegated ? 1 : 0;
        for (var isFirst = true; ; isFirst = false)
        {
            if (position >= pattern.Length)
            {
                throw bad("a [ is not closed");
            }

            if (pattern[position] == ']' && !isFirst)
            {
                position++;
                break;
            }

            ReadItem(ref position, ranges);
        }

        // What a negated class leaves out, it leaves out in either case.
        var set = fold(CodePointSet.FromRanges(ranges));
        return isNegated ? set.Complement() : set;
    }

    private void ReadItem(ref int position, List<(int, int)> ranges)
    {
        if (TryReadPosixClass(ref position, ranges))
        {
            return;
        }

        if (ReadPoint(ref position, out var set) is not { } first)
        {
            ranges.AddRange(set!.Ranges);
            return;
        }

        // A hyphen at the end stands for itself.
        if (position + 1 >= pattern.Length || pattern[position] != '-' || pattern[position + 1] == ']')
        {
            ranges.Add((first, first));
            return;
        }

        var hyphen = position++;
        if (ReadPoint(ref position, out _) is not { } last)
        {
            position = hyphen + 1;
            ranges.Add((first, first));
            ranges.Add(('-', '-'));
            return;
        }

        if (last < first)
        {
            throw bad("a range ends before it begins");
        }

        ranges.Add((first, last));
    }

    /// <summary>A single code point; null when a set stands here.</summary>
    private int? ReadPoint(ref int position, out CodePointSet? set)
    {
        set = null;
        if (pattern[position] != '\\')
        {
            Rune.DecodeFromUtf16(pattern.AsSpan(position), out var rune, out var length);
            position += length;
            return rune.Value;
        }

        if (++position >= pattern.Length)
        {
            throw bad("a backslash stands at the end");
        }

        var letter = pattern[position++];
        set = RegexEscapes.TryReadSet(letter, pattern, ref position, bad);
        return set is not null ? null : letter == 'b' ? 8 : RegexEscapes.ReadCharacter(letter, pattern, ref position, bad);
    }

    private bool TryReadPosixClass(ref int position, List<(int, int)> ranges)
    {
        if (!pattern.AsSpan(position).StartsWith("[:"))
        {
            return false;
        }

        var close = pattern.IndexOf(":]", position, StringComparison.Ordinal);
        if (close < 0)
        {
            return false;
        }

        var name = pattern[(position + 2)..close];
        ranges.AddRange(name switch
        {
            "alpha" => [('a', 'z'), ('A', 'Z')],
            "digit" => [('0', '9')],
            "alnum" => [('a', 'z'), ('A', 'Z'), ('0', '9')],
            "upper" => [('A', 'Z')],
            "lower" => [('a', 'z')],
            "space" => [(9, 13), (' ', ' ')],
            "blank" => [(9, 9), (' ', ' ')],
            "punct" => [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
            "xdigit" => [('0', '9'), ('a', 'f'), ('A', 'F')],
            "word" => [('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')],
            "cntrl" => [(0, 31), (127, 127)],
            "print" => [(' ', '~')],
            "graph" => [('!', '~')],
            _ => throw bad($"unknown class [:{name}:]"),
        });
        position = close + 2;
        return true;
    }
}
