using System.Text;
using Engine.Core.Errors;

namespace Engine.Exec.Functions.Text;

/// <summary>
/// A LIKE pattern, taken apart once: stretches between the percent signs, of which the first and the last are bound to the text's ends. Matching is
/// linear but for the search of each stretch.
/// </summary>
internal sealed class LikePattern
{
    private readonly Stretch _first;
    private readonly Stretch[] _middle;
    private readonly Stretch? _last;
    private readonly bool _ignoresCase;
    private readonly byte[] _needle;

    private LikePattern(List<Stretch> stretches, bool ignoresCase)
    {
        _ignoresCase = ignoresCase;
        _first = stretches[0];
        _last = stretches.Count > 1 ? stretches[^1] : null;
        _middle = stretches.Count > 2 ? [.. stretches[1..^1].Where(stretch => !stretch.IsEmpty)] : [];
        _needle = ignoresCase ? [] : _middle.SelectMany(stretch => stretch.Literals).MaxBy(literal => literal.Length) ?? [];
    }

    /// <summary>The longest bytes that every text that matches has somewhere; empty where all that is known stands at its ends, or nothing is.</summary>
    public ReadOnlySpan<byte> Needle => _needle;

    /// <summary>Whether texts that contain the needle match whatever else is in them.</summary>
    public bool IsNeedleAlone => _first.IsEmpty && _last is { IsEmpty: true } && _middle is [{ IsLiteral: true }];

    /// <summary>Takes a pattern apart.</summary>
    /// <param name="pattern">With <c>%</c> for any text and <c>_</c> for any character.</param>
    /// <param name="escape">The character that makes the next one stand for itself; empty for none.</param>
    /// <param name="ignoresCase">As ILIKE.</param>
    /// <exception cref="QueryException">22025 for a pattern that ends in its escape.</exception>
    public static LikePattern Parse(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> escape, bool ignoresCase)
    {
        if (escape.Length > 0 && Utf8Text.LengthAt(escape, 0) != escape.Length)
        {
            throw new QueryException(
                ErrorCodes.InvalidEscapeSequence, $"invalid escape string: \"{Encoding.UTF8.GetString(escape)}\"", hint: "An escape is one character, or empty for none.");
        }

        var stretches = new List<Stretch>();
        var parts = new List<byte[]?>();
        var literal = new List<byte>();
        for (var position = 0; position < pattern.Length;)
        {
            var length = Utf8Text.LengthAt(pattern, position);
            if (!escape.IsEmpty && pattern.Slice(position, length).SequenceEqual(escape))
            {
                position += length;
                if (position >= pattern.Length)
                {
                    throw new QueryException(
                        ErrorCodes.InvalidEscapeSequence, $"LIKE pattern must not end with escape character: \"{Encoding.UTF8.GetString(pattern)}\"");
                }

                length = Utf8Text.LengthAt(pattern, position);
                literal.AddRange(pattern.Slice(position, length));
            }
            else if (pattern[position] == '%')
            {
                EndLiteral(literal, parts, ignoresCase);
                stretches.Add(new Stretch([.. parts]));
                parts.Clear();
            }
            else if (pattern[position] == '_')
            {
                EndLiteral(literal, parts, ignoresCase);
                parts.Add(null);
            }
            else
            {
                literal.AddRange(pattern.Slice(position, length));
            }

            position += length;
        }

        EndLiteral(literal, parts, ignoresCase);
        stretches.Add(new Stretch([.. parts]));
        return new LikePattern(stretches, ignoresCase);
    }

    public bool Matches(ReadOnlySpan<byte> text)
    {
        if (!_ignoresCase)
        {
            return MatchesExactly(text);
        }

        var length = LetterCase.MaxLength(text);
        var lower = length <= 512 ? stackalloc byte[length] : new byte[length];
        return MatchesExactly(lower[..LetterCase.ToLower(text, lower)]);
    }

    private bool MatchesExactly(ReadOnlySpan<byte> text)
    {
        var position = _first.MatchAt(text, 0);
        if (_last is null || position < 0)
        {
            return position == text.Length;
        }

        foreach (var stretch in _middle)
        {
            position = stretch.Find(text, position);
            if (position < 0)
            {
                return false;
            }
        }

        return _last.MatchesEnd(text, position);
    }

    private static void EndLiteral(List<byte> literal, List<byte[]?> parts, bool ignoresCase)
    {
        if (literal.Count == 0)
        {
            return;
        }

        var bytes = literal.ToArray();
        if (ignoresCase)
        {
            var lower = new byte[LetterCase.MaxLength(bytes)];
            bytes = lower[..LetterCase.ToLower(bytes, lower)];
        }

        parts.Add(bytes);
        literal.Clear();
    }

    /// <summary>Literal bytes and single characters (null) that follow each other.</summary>
    private sealed class Stretch(byte[]?[] parts)
    {
        public bool IsEmpty => parts.Length == 0;

        public bool IsLiteral => parts is [not null];

        public IEnumerable<byte[]> Literals => parts.OfType<byte[]>();

        /// <summary>Where a match that begins at a place ends, or -1.</summary>
        public int MatchAt(ReadOnlySpan<byte> text, int position)
        {
            foreach (var part in parts)
            {
                if (part is null)
                {
                    if (position >= text.Length)
                    {
                        return -1;
                    }

                    position += Utf8Text.LengthAt(text, position);
                }
                else if (text[position..].StartsWith(part))
                {
                    position += part.Length;
                }
                else
                {
                    return -1;
                }
            }

            return position;
        }

        /// <summary>Where the first match from a place on ends, or -1.</summary>
        public int Find(ReadOnlySpan<byte> text, int position)
        {
            while (position <= text.Length)
            {
                if (parts[0] is { } first)
                {
                    var found = text[position..].IndexOf(first);
                    if (found < 0)
                    {
                        return -1;
                    }

                    position += found;
                }

                var end = MatchAt(text, position);
                if (end >= 0)
                {
                    return end;
                }

                position += position < text.Length ? Utf8Text.LengthAt(text, position) : 1;
            }

            return -1;
        }

        /// <summary>Whether the text ends in a match that begins at a place or behind it.</summary>
        public bool MatchesEnd(ReadOnlySpan<byte> text, int position)
        {
            var start = text.Length;
            for (var i = parts.Length - 1; i >= 0; i--)
            {
                if (parts[i] is { } literal)
                {
                    start -= literal.Length;
                    if (start < position || !text[start..].StartsWith(literal))
                    {
                        return false;
                    }
                }
                else
                {
                    do
                    {
                        start--;
                    }
                    while (start > position && (text[start] & 0xC0) == 0x80);

                    if (start < position)
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }
}
