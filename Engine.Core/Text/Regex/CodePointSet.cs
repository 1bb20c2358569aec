using System.Globalization;
using System.Text;

namespace Engine.Core.Text.Regex;

/// <summary>A set of code points: a bitmap for ASCII, sorted ranges for the rest.</summary>
internal sealed class CodePointSet
{
    public const int MaxCodePoint = 0x10FFFF;

    public static readonly CodePointSet Digits = FromRanges([('0', '9')]);
    public static readonly CodePointSet WordCharacters = FromRanges([('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_'), .. Unicode(IsWordCategory)]);
    public static readonly CodePointSet Blanks = FromRanges([(9, 13), (' ', ' '), (0x85, 0x85), (0xA0, 0xA0), (0x2000, 0x200A), (0x2028, 0x2029), (0x3000, 0x3000)]);
    public static readonly CodePointSet All = FromRanges([(0, MaxCodePoint)]);
    public static readonly CodePointSet AllButLineFeed = FromRanges([('\n', '\n')]).Complement();

    private readonly (int First, int Last)[] _ranges;
    private readonly ulong _low;
    private readonly ulong _high;

    private CodePointSet((int First, int Last)[] ranges)
    {
        _ranges = ranges;
        foreach (var (first, last) in ranges)
        {
            for (var point = first; point <= Math.Min(last, 127); point++)
            {
                if (point < 64)
                {
                    _low |= 1UL << point;
                }
                else
                {
                    _high |= 1UL << (point - 64);
                }
            }
        }
    }

    public IReadOnlyList<(int First, int Last)> Ranges => _ranges;

    /// <summary>Whether it holds every code point that is not ASCII.</summary>
    public bool HasAllBeyondAscii => _ranges.Length > 0 && _ranges[^1].Last == MaxCodePoint && _ranges[^1].First <= 128;

    /// <summary>Whether it holds ASCII alone.</summary>
    public bool IsAscii => _ranges.Length == 0 || _ranges[^1].Last < 128;

    public static CodePointSet FromRanges(IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return new CodePointSet([.. merged]);
    }

    /// <summary>The code points of a general category such as L, Lu or Nd; null for an unknown one.</summary>
    public static CodePointSet? FromCategory(string name)
    {
        var known = Enum.GetValues<UnicodeCategory>().Where(category => Abbreviate(category).StartsWith(name, StringComparison.Ordinal)).ToHashSet();
        return known.Count == 0 || name.Length == 0 ? null : FromRanges(Unicode(known.Contains));
    }

    public bool Contains(int point)
    {
        if (point < 64)
        {
            return (_low >> point & 1) != 0;
        }

        return point < 128 ? (_high >> (point - 64) & 1) != 0 : ContainsBeyond(point);
    }

    public CodePointSet Complement()
    {
        var gaps = new List<(int, int)>();
        var next = 0;
        foreach (var (first, last) in _ranges)
        {
            if (first > next)
            {
                gaps.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= MaxCodePoint)
        {
            gaps.Add((next, MaxCodePoint));
        }

        return new CodePointSet([.. gaps]);
    }

    /// <summary>The set with the other case of each letter added.</summary>
    public CodePointSet IgnoreCase()
    {
        const int MaxEnumerated = 4096;
        var added = new List<(int, int)>(_ranges);
        foreach (var (first, last) in _ranges)
        {
            for (var point = first; point <= Math.Min(last, first + MaxEnumerated); point++)
            {
                if (Rune.IsValid(point))
                {
                    var lower = Rune.ToLowerInvariant(new Rune(point)).Value;
                    var upper = Rune.ToUpperInvariant(new Rune(point)).Value;
                    added.Add((lower, lower));
                    added.Add((upper, upper));
                }
            }
        }

        return FromRanges(added);
    }

    private static bool IsWordCategory(UnicodeCategory category) => category is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.ConnectorPunctuation;

    private static string Abbreviate(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => "Lu", UnicodeCategory.LowercaseLetter => "Ll", UnicodeCategory.TitlecaseLetter => "Lt",
        UnicodeCategory.ModifierLetter => "Lm", UnicodeCategory.OtherLetter => "Lo", UnicodeCategory.NonSpacingMark => "Mn",
        UnicodeCategory.SpacingCombiningMark => "Mc", UnicodeCategory.EnclosingMark => "Me", UnicodeCategory.DecimalDigitNumber => "Nd",
        UnicodeCategory.LetterNumber => "Nl", UnicodeCategory.OtherNumber => "No", UnicodeCategory.SpaceSeparator => "Zs",
        UnicodeCategory.LineSeparator => "Zl", UnicodeCategory.ParagraphSeparator => "Zp", UnicodeCategory.Control => "Cc",
        UnicodeCategory.Format => "Cf", UnicodeCategory.Surrogate => "Cs", UnicodeCategory.PrivateUse => "Co",
        UnicodeCategory.ConnectorPunctuation => "Pc", UnicodeCategory.DashPunctuation => "Pd", UnicodeCategory.OpenPunctuation => "Ps",
        UnicodeCategory.ClosePunctuation => "Pe", UnicodeCategory.InitialQuotePunctuation => "Pi", UnicodeCategory.FinalQuotePunctuation => "Pf",
        UnicodeCategory.OtherPunctuation => "Po", UnicodeCategory.MathSymbol => "Sm", UnicodeCategory.CurrencySymbol => "Sc",
        UnicodeCategory.ModifierSymbol => "Sk", UnicodeCategory.OtherSymbol => "So", _ => "Cn",
    };

    private static List<(int, int)> Unicode(Func<UnicodeCategory, bool> wanted)
    {
        var ranges = new List<(int, int)>();
        var first = -1;
        for (var point = 0; point <= MaxCodePoint + 1; point++)
        {
            var isIn = point <= MaxCodePoint && wanted(CharUnicodeInfo.GetUnicodeCategory(point));
            if (isIn && first < 0)
            {
                first = point;
            }
            else if (!isIn && first >= 0)
            {
                ranges.Add((first, point - 1));
                first = -1;
            }
        }

        return ranges;
    }

    private bool ContainsBeyond(int point)
    {
        var low = 0;
        var high = _ranges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            if (point < _ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (point > _ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }
}
