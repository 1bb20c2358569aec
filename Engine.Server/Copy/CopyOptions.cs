using System.Globalization;
using System.Text;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Parser.Ast;

namespace Engine.Server.Copy;

/// <summary>Reads the options of a COPY: typed, each error with the option's place. What nobody has asked for by the end is unknown.</summary>
internal sealed class CopyOptions
{
    private readonly Dictionary<string, OptionItem> _items = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public CopyOptions(IEnumerable<OptionItem> items)
    {
        foreach (var item in items)
        {
            if (!_items.TryAdd(item.Name.ToLowerInvariant(), item))
            {
                throw new QueryException(ErrorCodes.SyntaxError, $"option {item.Name} is given more than once", item.Span);
            }
        }
    }

    /// <summary>Where an option stands; null when it is not given.</summary>
    public SourceSpan? SpanOf(string name) => _items.GetValueOrDefault(name)?.Span;

    /// <summary>A word, text or number, of the first of several names that is given; null when none is.</summary>
    public string? Text(params ReadOnlySpan<string> names) => Find(names) is { } item ? TextOf(item.Value ?? throw Bad(item, "it needs a value"), item) : null;

    /// <summary>An option without a value is switched on.</summary>
    public bool? Boolean(string name)
    {
        if (Find(name) is not { } item)
        {
            return null;
        }

        return item.Value is null ? true : BooleanText.TryParse(Encoding.UTF8.GetBytes(TextOf(item.Value, item)), out var value) ? value : throw Bad(item, "true or false is expected");
    }

    /// <summary>A number of at most <paramref name="max"/>; where it counts bytes it may have a unit, as in 128MB.</summary>
    public long? Number(long min, long max, bool isBytes, params ReadOnlySpan<string> names)
    {
        if (Find(names) is not { } item)
        {
            return null;
        }

        var text = Text(names)!;
        var digits = isBytes ? text.TrimEnd('i', 'I', 'B', 'b', 'K', 'k', 'M', 'm', 'G', 'g', ' ') : text;
        var factor = text[digits.Length..].Trim().TrimEnd('i', 'I', 'B', 'b').ToUpperInvariant() switch
        {
            "" => 1L,
            "K" => 1L << 10,
            "M" => 1L << 20,
            "G" => 1L << 30,
            _ => 0L,
        };
        var isGood = long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && factor > 0
            && (Int128)count * factor >= min && (Int128)count * factor <= max;
        return isGood ? count * factor : throw Bad(item, string.Create(CultureInfo.InvariantCulture, $"a number{(isBytes ? " of bytes" : "")} from {min} to {max} is expected"));
    }

    /// <summary>One of several words.</summary>
    public T? Choice<T>(IReadOnlyDictionary<string, T> choices, params ReadOnlySpan<string> names)
        where T : struct
    {
        if (Find(names) is not { } item)
        {
            return null;
        }

        var text = Text(names)!;
        return choices.TryGetValue(text.ToLowerInvariant(), out var value)
            ? value
            : throw Bad(item, $"one of {string.Join(", ", choices.Keys)} is expected", NearNames.Hint(text, choices.Keys));
    }

    /// <summary>A single ASCII character.</summary>
    public byte? Character(params ReadOnlySpan<string> names)
    {
        if (Find(names) is not { } item)
        {
            return null;
        }

        return Text(names) switch
        {
            "\\t" => (byte)'\t',
            [var single] when single is > '\0' and < '\x80' and not ('\n' or '\r') => (byte)single,
            _ => throw Bad(item, "a single ASCII character is expected"),
        };
    }

    /// <summary>Words or texts, each with its place; <c>*</c> stands for all of <paramref name="all"/>.</summary>
    public IReadOnlyList<(string Text, SourceSpan Span)> List(string name, Func<IEnumerable<string>> all) => Find(name) switch
    {
        null => [],
        { Value: ArrayConstructor list } item => [.. list.Items.Select(value => (TextOf(value, item), value.Span))],
        { Value: StarExpression star } => [.. all().Select(text => (text, star.Span))],
        { Value: { } value } item => [(TextOf(value, item), value.Span)],
        { Value: null } item => throw Bad(item, "it needs a value"),
    };

    /// <summary>Options of the form <c>name.key value</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Keyed(string name)
    {
        _asked.Add(name + ".key");
        var keyed = _items.Where(item => item.Key.StartsWith(name + ".", StringComparison.Ordinal)).ToList();
        keyed.ForEach(item => _asked.Add(item.Key));
        return [.. keyed.Select(item => KeyValuePair.Create(item.Value.Name[(name.Length + 1)..], TextOf(item.Value.Value ?? throw Bad(item.Value, "it needs a value"), item.Value)))];
    }

    /// <exception cref="QueryException">An option is given that the format does not have.</exception>
    public void RefuseOthers(string format)
    {
        if (_items.FirstOrDefault(item => !_asked.Contains(item.Key)).Value is { } unknown)
        {
            throw new QueryException(
                ErrorCodes.InvalidParameterValue,
                $"COPY in format {format} has no option \"{unknown.Name}\"",
                unknown.Span,
                NearNames.Hint(unknown.Name, _asked) ?? $"Options are: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}.");
        }
    }

    /// <summary>The error for a value that an option does not take.</summary>
    public QueryException Bad(string name, string reason) => Bad(_items[name], reason);

    private static QueryException Bad(OptionItem item, string reason, string? hint = null)
    {
        var value = item.Value is null or ArrayConstructor or StarExpression ? "" : $": \"{TextOf(item.Value, item)}\"";
        return new QueryException(ErrorCodes.InvalidParameterValue, $"invalid value for option {item.Name}{value} ({reason})", item.Span, hint);
    }

    private static string TextOf(Expression value, OptionItem item) => value switch
    {
        StringLiteral text => text.Value,
        NumberLiteral number => number.Text,
        BooleanLiteral boolean => boolean.Value ? "true" : "false",
        UnaryExpression { Operator: UnaryOperator.Minus, Operand: NumberLiteral number } => "-" + number.Text,
        _ => throw new QueryException(ErrorCodes.InvalidParameterValue, $"option {item.Name} takes a word, a text or a number", value.Span),
    };

    private OptionItem? Find(params ReadOnlySpan<string> names)
    {
        OptionItem? found = null;
        foreach (var name in names)
        {
            _asked.Add(name);
            if (_items.GetValueOrDefault(name) is { } item)
            {
                found = found is null
                    ? item
                    : throw new QueryException(ErrorCodes.SyntaxError, $"options {found.Name} and {item.Name} are two names of the same thing", item.Span);
            }
        }

        return found;
    }
}
