using System.Globalization;
using Engine.Core.Errors;

namespace Engine.Core.Text.Regex;

/// <summary>What letters behind a backslash stand for, inside and outside of brackets.</summary>
internal static class RegexEscapes
{
    /// <summary>The set that a letter stands for, or null when it stands for a character.</summary>
    public static CodePointSet? TryReadSet(char letter, string pattern, ref int position, Func<string, QueryException> bad)
    {
        switch (letter)
        {
            case 'd': return CodePointSet.Digits;
            case 'D': return CodePointSet.Digits.Complement();
            case 'w': return CodePointSet.WordCharacters;
            case 'W': return CodePointSet.WordCharacters.Complement();
            case 's': return CodePointSet.Blanks;
            case 'S': return CodePointSet.Blanks.Complement();
            case 'h': return CodePointSet.FromRanges([(' ', ' '), ('\t', '\t')]);
            case 'p' or 'P':
                var close = position < pattern.Length && pattern[position] == '{' ? pattern.IndexOf('}', position) : -1;
                if (close < 0)
                {
                    throw bad("a category in braces is missing");
                }

                var set = CodePointSet.FromCategory(pattern[(position + 1)..close]) ?? throw bad("unknown category");
                position = close + 1;
                return letter == 'P' ? set.Complement() : set;
            default: return null;
        }
    }

    /// <summary>The code point that a letter stands for.</summary>
    public static int ReadCharacter(char letter, string pattern, ref int position, Func<string, QueryException> bad)
    {
        switch (letter)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'r': return '\r';
            case 'f': return '\f';
            case 'v': return '\v';
            case 'a': return 7;
            case 'e': return 27;
            case '0': return 0;
            case 'x' or 'u': return ReadHex(letter == 'x' ? 2 : 4, pattern, ref position, bad);
            case >= 'a' and <= 'z' or >= 'A' and <= 'Z': throw bad($"unknown escape \\{letter}");
            default: return letter;
        }
    }

    private static int ReadHex(int digits, string pattern, ref int position, Func<string, QueryException> bad)
    {
        var isBraced = position < pattern.Length && pattern[position] == '{';
        var start = isBraced ? position + 1 : position;
        var end = isBraced ? pattern.IndexOf('}', position) : position + digits;
        if (end < start || end > pattern.Length
            || !int.TryParse(pattern.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point)
            || !System.Text.Rune.IsValid(point))
        {
            throw bad("invalid hexadecimal character");
        }

        position = isBraced ? end + 1 : end;
        return point;
    }
}
