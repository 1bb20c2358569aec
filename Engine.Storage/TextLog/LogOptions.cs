using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Text.Regex;
using Engine.Storage.Text;

namespace Engine.Storage.TextLog;

/// <summary>The options of the format log.</summary>
internal sealed class LogOptions
{
    public static readonly ImmutableSortedDictionary<string, string> Descriptions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["pattern"] = "what a line looks like: a grok expression, a regular expression with named groups, or the name of a preset",
        ["preset"] = $"a known format: {string.Join(", ", LogPresets.Patterns.Keys.Order(StringComparer.Ordinal))}",
        ["patterns"] = "patterns of your own, one a line: NAME expression",
        ["multiline"] = "true when lines that do not match belong to the record before them, or the expression that the first line of a record matches",
        ["timestampformat"] = "how timestamps are written, in letters of strptime",
        ["encoding"] = TextEncodings.OptionDescription,
        ["max_line_size"] = "bytes that a record may have",
        ["parallel"] = "whether a file may be read by several threads at once",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private const int DefaultMaxLineLength = 16 << 20;

    private LogOptions(FormatOptions options)
    {
        var reader = new OptionReader("log", options, Descriptions);
        var own = new Dictionary<string, string>(LogPresets.Helping, StringComparer.Ordinal);
        foreach (var line in (reader.Text("patterns") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            own[blank < 0 ? throw reader.Bad("patterns", line, "a name and an expression are expected") : line[..blank]] = line[(blank + 1)..].Trim();
        }

        var pattern = reader.Text("pattern");
        if (reader.Text("preset") is { } preset)
        {
            pattern = LogPresets.Patterns.GetValueOrDefault(preset)
                ?? throw new QueryException(
                    ErrorCodes.InvalidParameterValue,
                    $"unknown preset for format log: {preset}",
                    hint: $"Presets are: {string.Join(", ", LogPresets.Patterns.Keys.Order(StringComparer.Ordinal))}.");
        }

        if (pattern is null)
        {
            throw new QueryException(
                ErrorCodes.InvalidParameterValue,
                "format log needs an option pattern",
                hint: $"Give a grok expression such as '%{{IP:client}} %{{GREEDYDATA:rest}}', or one of: {string.Join(", ", LogPresets.Patterns.Keys.Order(StringComparer.Ordinal))}.");
        }

        Pattern = GrokPattern.Parse(LogPresets.Patterns.GetValueOrDefault(pattern, pattern), own);
        TimestampPattern = reader.Text("timestampformat") is { } timestamp ? Engine.Core.Text.TimestampPattern.Parse(timestamp) : null;
        Encoding = reader.Text("encoding") is not { } encoding || encoding is "auto"
            ? null
            : TextEncodings.TryParse(encoding) ?? throw reader.Bad("encoding", encoding, TextEncodings.OptionDescription);
        var multiline = reader.Text("multiline");
        IsMultiline = multiline is not (null or "false");
        RecordStart = multiline is null or "false" or "true" ? null : ByteRegex.Parse(multiline);
        MaxLineLength = (int)(reader.Integer("max_line_size", 64, 1 << 30) ?? DefaultMaxLineLength);
        IsParallel = reader.Boolean("parallel") ?? true;
    }

    public GrokPattern Pattern { get; }

    public TimestampPattern? TimestampPattern { get; }

    public TextEncoding? Encoding { get; }

    public bool IsMultiline { get; }

    /// <summary>What the first line of a record matches somewhere; null when a match of the pattern tells.</summary>
    public ByteRegex? RecordStart { get; }

    public int MaxLineLength { get; }

    public bool IsParallel { get; }

    /// <exception cref="QueryException">22023 and 2201B for what is not understood.</exception>
    public static LogOptions Parse(FormatOptions options) => new(options);
}
