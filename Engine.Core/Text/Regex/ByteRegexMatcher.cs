namespace Engine.Core.Text.Regex;

/// <summary>Matches one <see cref="ByteRegex"/>, and remembers where its groups were. For one thread.</summary>
public sealed class ByteRegexMatcher
{
    /// <summary>Steps a byte that backtracking may take before the linear matcher takes over.</summary>
    private const int StepsPerByte = 32;

    private const int MinSteps = 4096;

    private readonly ByteRegex _regex;
    private readonly BacktrackingMatcher _backtracking;
    private readonly int[] _slots;
    private PikeMatcher? _linear;

    internal ByteRegexMatcher(ByteRegex regex)
    {
        _regex = regex;
        _backtracking = new BacktrackingMatcher(regex.Program);
        _slots = new int[regex.Program.SlotCount];
    }

    /// <summary>Where a group of the last match begins, or -1 when it took no part.</summary>
    public int GroupStart(int group) => _slots[(group * 2) + 1] < 0 ? -1 : _slots[group * 2];

    /// <summary>Behind the end of a group of the last match, or -1.</summary>
    public int GroupEnd(int group) => _slots[(group * 2) + 1];

    /// <summary>Finds the first match from a place on.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, int start = 0)
    {
        long steps = MinSteps + ((long)(text.Length - start) * StepsPerByte);
        var prefix = _regex.Prefix;
        for (var position = start; position <= text.Length; position++)
        {
            if (prefix.Length > 0)
            {
                var found = text[position..].IndexOf(prefix);
                if (found < 0)
                {
                    return false;
                }

                position += found;
            }
            else if (position > start && position < text.Length && (text[position] & 0xC0) == 0x80)
            {
                // Not inside of a character.
                continue;
            }

            if (_backtracking.TryMatch(text, position, isWhole: false, _slots, ref steps))
            {
                return true;
            }

            if (steps < 0)
            {
                return FindLinearly(text, position, isAnchored: false, isWhole: false);
            }

            if (_regex.IsAnchored)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Matches at the text's start, not necessarily to its end.</summary>
    public bool TryMatchStart(ReadOnlySpan<byte> text) => TryMatchAt(text, isWhole: false);

    /// <summary>Matches the whole text.</summary>
    public bool TryMatchWhole(ReadOnlySpan<byte> text) => TryMatchAt(text, isWhole: true);

    private bool TryMatchAt(ReadOnlySpan<byte> text, bool isWhole)
    {
        long steps = MinSteps + ((long)text.Length * StepsPerByte);
        var isMatch = _backtracking.TryMatch(text, 0, isWhole, _slots, ref steps);
        return steps < 0 ? FindLinearly(text, 0, isAnchored: true, isWhole) : isMatch;
    }

    private bool FindLinearly(ReadOnlySpan<byte> text, int start, bool isAnchored, bool isWhole)
    {
        _linear ??= new PikeMatcher(_regex.ExpandedProgram);
        _slots.AsSpan().Fill(-1);
        return _linear.TryFind(text, start, isAnchored, isWhole, _slots);
    }
}
