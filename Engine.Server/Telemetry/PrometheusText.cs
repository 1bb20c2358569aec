using System.Globalization;
using System.Text;

namespace Engine.Server.Telemetry;

/// <summary>Writes metrics as Prometheus reads them: its text exposition format, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>What a metric is; its samples follow.</summary>
    public void Describe(string name, string type, string? help)
    {
        if (help is not null)
        {
            _text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        }

        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    public void Sample(string name, IEnumerable<KeyValuePair<string, string>> labels, double value)
    {
        _text.Append(name);
        var separator = '{';
        foreach (var (label, text) in labels)
        {
            _text.Append(separator).Append(NameOf(label)).Append("=\"").Append(Escape(text)).Append('"');
            separator = ',';
        }

        _text.Append(separator == '{' ? " " : "} ").Append(Number(value)).Append('\n');
    }

    public override string ToString() => _text.ToString();

    public static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : double.IsNaN(value) ? "NaN" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A name of OpenTelemetry's with Prometheus' letters and, at its end, the unit and the kind, as their specifications have it.</summary>
    public static string NameOf(string name, string? unit, bool isCounter)
    {
        var suffix = unit switch
        {
            "By" => "_bytes",
            "s" => "_seconds",
            _ => string.Empty,
        };
        var text = NameOf(name);
        return (text.EndsWith(suffix, StringComparison.Ordinal) ? text : text + suffix) + (isCounter ? "_total" : string.Empty);
    }

    private static string NameOf(string name) => string.Concat(name.Select((c, i) => char.IsAsciiLetter(c) || c == '_' || (char.IsAsciiDigit(c) && i > 0) ? c : '_'));

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
