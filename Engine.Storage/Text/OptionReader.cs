using System.Globalization;
using System.Text;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Text;

namespace Engine.Storage.Text;

/// <summary>Reads the options of one format: typed, and with an error that names the option for everything that is not understood.</summary>
internal sealed class OptionReader
{
    private readonly string _format;
    private readonly FormatOptions _options;

    public OptionReader(string format, FormatOptions options, IReadOnlyDictionary<string, string> known)
    {
        _format = format;
        _options = options;
        foreach (var name in options.Values.Keys)
        {
            if (!known.ContainsKey(name))
            {
                throw new QueryException(
                    ErrorCodes.InvalidParameterValue,
                    $"unknown option for format {format}: {name}",
                    hint: NearNames.Hint(name, known.Keys)
                        ?? (known.Count == 0 ? "It has no options." : $"Options are: {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}."));
            }
        }
    }

    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_options[name] is { } value)
            {
                return value;
            }
        }

        return null;
    }

    public bool? Boolean(string name)
    {
        if (_options[name] is not { } text || text is "auto")
        {
            return null;
        }

        return BooleanText.TryParse(Encoding.UTF8.GetBytes(text), out var value) ? value : throw Bad(name, text, "true or false is expected");
    }

    public long? Integer(string name, long min, long max)
    {
        if (_options[name] is not { } text || text is "auto")
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Bad(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max} is expected"));
    }

    /// <summary>A single byte, or null when the option is absent; an empty text or <c>none</c> gives 0.</summary>
    public byte? Symbol(params ReadOnlySpan<string> names)
    {
        var text = Text(names);
        return text switch
        {
            null or "auto" => null,
            "" or "none" => 0,
            "\\t" => (byte)'\t',
            [var single] when single is > '\0' and < '\x80' => (byte)single,
            _ => throw Bad(names[0], text, "a single ASCII character is expected"),
        };
    }

    public QueryException Bad(string name, string value, string reason) =>
        new(ErrorCodes.InvalidParameterValue, $"invalid value for option {name} of format {_format}: \"{value}\" ({reason})");
}
