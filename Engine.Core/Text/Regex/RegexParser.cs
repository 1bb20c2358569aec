using System.Globalization;
using System.Text;
using Engine.Core.Errors;

namespace Engine.Core.Text.Regex;

/// <summary>Reads the pattern of a regular expression. What cannot be matched in linear time is refused with its name.</summary>
internal sealed class RegexParser(string pattern, ByteRegexOptions options)
{
    private const int MaxRepeats = 1000;
    private const int MaxDepth = 250;

    private readonly List<string?> _groupNames = [null];
    private ByteRegexOptions _options = options;
    private int _position;
    private int _depth;

    /// <summary>Names of the groups by number; null for those without; the first is the whole match.</summary>
    public IReadOnlyList<string?> GroupNames => _groupNames;

    private bool IsAtEnd => _position >= pattern.Length;

    public RegexNode Parse()
    {
        var node = ParseChoice();
        return IsAtEnd ? node : throw Bad("there is a ) without its (");
    }

    private QueryException Bad(string reason) =>
        new(ErrorCodes.InvalidRegularExpression, string.Create(CultureInfo.InvariantCulture, $"invalid regular expression: {reason}, at character {Math.Min(_position, pattern.Length) + 1} of \"{pattern}\""));

    private static RegexNode Sequence(List<RegexNode> items) => items.Count switch
    {
        0 => new EmptyNode(),
        1 => items[0],
        _ => new SequenceNode([.. items]),
    };

    private RegexNode ParseChoice()
    {
        if (++_depth > MaxDepth)
        {
            throw Bad("groups are nested too deeply");
        }

        var outer = _options;
        var choices = new List<RegexNode> { ParseSequence() };
        while (!IsAtEnd && pattern[_position] == '|')
        {
            _position++;
            choices.Add(ParseSequence());
        }

        _options = outer;
        _depth--;
        return choices.Count == 1 ? choices[0] : new ChoiceNode([.. choices]);
    }

    private RegexNode ParseSequence()
    {
        var items = new List<RegexNode>();
        while (!IsAtEnd && pattern[_position] is not ('|' or ')'))
        {
            if (_options.HasFlag(ByteRegexOptions.IgnorePatternBlanks) && SkipPatternBlank())
            {
                continue;
            }

            if (ParseAtom() is { } atom)
            {
                items.Add(ParseQuantifiers(atom));
            }
        }

        return Sequence(Join(items));
    }

    /// <summary>Literals next to each other become one.</summary>
    private static List<RegexNode> Join(List<RegexNode> items)
    {
        var joined = new List<RegexNode>();
        foreach (var item in items)
        {
            if (item is LiteralNode next && joined.Count > 0 && joined[^1] is LiteralNode last)
            {
                joined[^1] = new LiteralNode([.. last.Bytes, .. next.Bytes]);
            }
            else
            {
                joined.Add(item);
            }
        }

        return joined;
    }

    private bool SkipPatternBlank()
    {
        if (char.IsWhiteSpace(pattern[_position]))
        {
            _position++;
            return true;
        }

        if (pattern[_position] != '#')
        {
            return false;
        }

        while (!IsAtEnd && pattern[_position] != '\n')
        {
            _position++;
        }

        return true;
    }

    private RegexNode ParseQuantifiers(RegexNode atom)
    {
        while (!IsAtEnd && TryParseBounds(out var min, out var max))
        {
            var isGreedy = true;
            if (!IsAtEnd && pattern[_position] == '?')
            {
                isGreedy = false;
                _position++;
            }
            else if (!IsAtEnd && pattern[_position] == '+')
            {
                throw Bad("possessive quantifiers are not supported");
            }

            atom = new RepeatNode(atom, min, max, isGreedy);
        }

        return atom;
    }

    private bool TryParseBounds(out int min, out int max)
    {
        (min, max) = pattern[_position] switch { '*' => (0, -1), '+' => (1, -1), '?' => (0, 1), _ => (-1, -1) };
        if (min >= 0)
        {
            _position++;
            return true;
        }

        if (pattern[_position] != '{')
        {
            return false;
        }

        // A brace that is no bound stands for itself.
        var close = pattern.IndexOf('}', _position);
        var bounds = close < 0 ? [] : pattern[(_position + 1)..close].Split(',');
        if (bounds.Length is not (1 or 2) || !TryReadBound(bounds[0], out min) || (bounds.Length == 2 && bounds[1].Length > 0 && !TryReadBound(bounds[1], out max)))
        {
            return false;
        }

        max = bounds.Length == 1 ? min : bounds[1].Length == 0 ? -1 : max;
        if (min > MaxRepeats || max > MaxRepeats || (max >= 0 && max < min))
        {
            throw Bad("invalid repetition count");
        }

        _position = close + 1;
        return true;
    }

    private static bool TryReadBound(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private RegexNode? ParseAtom()
    {
        var symbol = pattern[_position++];
        switch (symbol)
        {
            case '(':
                return ParseGroup();
            case '[':
                return new SetNode(new RegexClassReader(pattern, Fold, Bad).Read(ref _position));
            case '.':
                return new SetNode(_options.HasFlag(ByteRegexOptions.DotMatchesLineFeed) ? CodePointSet.All : CodePointSet.AllButLineFeed);
            case '^':
                return new AssertionNode(_options.HasFlag(ByteRegexOptions.Multiline) ? RegexAssertion.LineStart : RegexAssertion.TextStart);
            case '$':
                return new AssertionNode(_options.HasFlag(ByteRegexOptions.Multiline) ? RegexAssertion.LineEnd : RegexAssertion.TextEndOrLastLineFeed);
            case '\\':
                return ParseEscape();
            case '*' or '+' or '?':
                _position--;
                throw Bad("nothing to repeat");
            default:
                _position--;
                Rune.DecodeFromUtf16(pattern.AsSpan(_position), out var rune, out var length);
                _position += length;
                return Character(rune.Value);
        }
    }

    private RegexNode Character(int point)
    {
        var rune = new Rune(point);
        if (_options.HasFlag(ByteRegexOptions.IgnoreCase) && Rune.ToLowerInvariant(rune) != Rune.ToUpperInvariant(rune))
        {
            return new SetNode(CodePointSet.FromRanges([(point, point)]).IgnoreCase());
        }

        return new LiteralNode([.. Encoding.UTF8.GetBytes(rune.ToString())]);
    }

    private CodePointSet Fold(CodePointSet set) => _options.HasFlag(ByteRegexOptions.IgnoreCase) ? set.IgnoreCase() : set;

    private RegexNode? ParseGroup()
    {
        if (IsAtEnd || pattern[_position] != '?')
        {
            var group = _groupNames.Count;
            _groupNames.Add(null);
            return new CaptureNode(ParseBody(), group);
        }

        _position++;
        var rest = pattern.AsSpan(_position);
        if (rest.StartsWith("=") || rest.StartsWith("!") || rest.StartsWith("<=") || rest.StartsWith("<!"))
        {
            throw Bad("lookaround is not supported");
        }

        if (rest.StartsWith(">"))
        {
            throw Bad("atomic groups are not supported");
        }

        if (rest.StartsWith("#"))
        {
            var close = pattern.IndexOf(')', _position);
            _position = close < 0 ? throw Bad("a comment is not closed") : close + 1;
            return null;
        }

        if (rest.StartsWith("<") || rest.StartsWith("P<") || rest.StartsWith("'"))
        {
            return ParseNamedGroup(rest[0] == 'P' ? 2 : 1, rest[0] == '\'' ? '\'' : '>');
        }

        return ParseFlags();
    }

    private CaptureNode ParseNamedGroup(int opening, char closing)
    {
        _position += opening;
        var close = pattern.IndexOf(closing, _position);
        var name = close < 0 ? "" : pattern[_position..close];
        if (name.Length == 0 || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '@' or '[' or ']') || char.IsDigit(name[0]))
        {
            throw Bad("invalid group name");
        }

        if (_groupNames.Contains(name))
        {
            throw Bad($"group name \"{name}\" stands twice");
        }

        _position = close + 1;
        var group = _groupNames.Count;
        _groupNames.Add(name);
        return new CaptureNode(ParseBody(), group);
    }

    private RegexNode? ParseFlags()
    {
        var changed = _options;
        var isOn = true;
        for (; !IsAtEnd && pattern[_position] is not (':' or ')'); _position++)
        {
            if (pattern[_position] == '-')
            {
                isOn = false;
                continue;
            }

            var flag = pattern[_position] switch
            {
                'i' => ByteRegexOptions.IgnoreCase,
                'm' => ByteRegexOptions.Multiline,
                's' => ByteRegexOptions.DotMatchesLineFeed,
                'x' => ByteRegexOptions.IgnorePatternBlanks,
                _ => throw Bad("unknown group or flag"),
            };
            changed = isOn ? changed | flag : changed & ~flag;
        }

        if (IsAtEnd)
        {
            throw Bad("a group is not closed");
        }

        if (pattern[_position++] == ')')
        {
            // The flags hold to the end of the group that they stand in.
            _options = changed;
            return null;
        }

        var outer = _options;
        _options = changed;
        var body = ParseBody();
        _options = outer;
        return body;
    }

    private RegexNode ParseBody()
    {
        var body = ParseChoice();
        if (IsAtEnd)
        {
            throw Bad("a group is not closed");
        }

        _position++;
        return body;
    }

    private RegexNode ParseEscape()
    {
        if (IsAtEnd)
        {
            throw Bad("a backslash stands at the end");
        }

        var letter = pattern[_position++];
        RegexAssertion? assertion = letter switch
        {
            'b' or 'y' => RegexAssertion.WordBoundary,
            'B' or 'Y' => RegexAssertion.NoWordBoundary,
            'm' => RegexAssertion.WordStart,
            'M' => RegexAssertion.WordEnd,
            'A' => RegexAssertion.TextStart,
            'z' => RegexAssertion.TextEnd,
            'Z' => RegexAssertion.TextEndOrLastLineFeed,
            _ => null,
        };
        if (assertion is { } kind)
        {
            return new AssertionNode(kind);
        }

        if (letter is (>= '1' and <= '9') or 'k' or 'g')
        {
            throw Bad("backreferences are not supported");
        }

        return RegexEscapes.TryReadSet(letter, pattern, ref _position, Bad) is { } set
            ? new SetNode(Fold(set))
            : Character(RegexEscapes.ReadCharacter(letter, pattern, ref _position, Bad));
    }
}
