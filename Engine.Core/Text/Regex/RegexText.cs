using System.Runtime.CompilerServices;
using System.Text;

namespace Engine.Core.Text.Regex;

/// <summary>Steps through UTF-8 text by code points, and judges places in it.</summary>
internal static class RegexText
{
    /// <summary>The length of the code point at a place when it is in the set, else 0. A byte that is no UTF-8 counts as U+FFFD.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Match(CodePointSet set, ReadOnlySpan<byte> text, int position)
    {
        if (position >= text.Length)
        {
            return 0;
        }

        var first = text[position];
        return first < 128 ? set.Contains(first) ? 1 : 0 : MatchWide(set, text, position);
    }

    /// <summary>The start of the code point that ends before a place.</summary>
    public static int StepBack(ReadOnlySpan<byte> text, int position)
    {
        position--;
        for (var i = 0; i < 3 && position > 0 && (text[position] & 0xC0) == 0x80; i++)
        {
            position--;
        }

        return position;
    }

    public static bool Holds(RegexAssertion assertion, ReadOnlySpan<byte> text, int position) => assertion switch
    {
        RegexAssertion.TextStart => position == 0,
        RegexAssertion.TextEnd => position == text.Length,
        RegexAssertion.TextEndOrLastLineFeed => position == text.Length || (position == text.Length - 1 && text[position] == '\n'),
        RegexAssertion.LineStart => position == 0 || text[position - 1] == '\n',
        RegexAssertion.LineEnd => position == text.Length || text[position] == '\n',
        RegexAssertion.WordBoundary => IsWordBefore(text, position) != IsWordAt(text, position),
        RegexAssertion.NoWordBoundary => IsWordBefore(text, position) == IsWordAt(text, position),
        RegexAssertion.WordStart => !IsWordBefore(text, position) && IsWordAt(text, position),
        _ => IsWordBefore(text, position) && !IsWordAt(text, position),
    };

    private static int MatchWide(CodePointSet set, ReadOnlySpan<byte> text, int position)
    {
        Rune.DecodeFromUtf8(text[position..], out var rune, out var length);
        return set.Contains(rune.Value) ? length : 0;
    }

    private static bool IsWordAt(ReadOnlySpan<byte> text, int position) => Match(CodePointSet.WordCharacters, text, position) > 0;

    private static bool IsWordBefore(ReadOnlySpan<byte> text, int position) => position > 0 && IsWordAt(text, StepBack(text, position));
}
