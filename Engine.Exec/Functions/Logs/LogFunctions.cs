using System.Collections.Frozen;
using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Text.Regex;
using Engine.Core.Types;
using Engine.Exec.Functions.Nested;
using Engine.Exec.Functions.Patterns;
using Engine.Exec.Functions.Text;
using Engine.Exec.Kernels;
using Engine.Storage.TextLog;

namespace Engine.Exec.Functions.Logs;

/// <summary>Lines of logs taken apart. What does not look like what was asked for gives NULL.</summary>
internal static class LogFunctions
{
    private static readonly DataType TextMap = new MapType(DataType.Varchar, DataType.Varchar);

    private static readonly RowType Url = DataType.Row(
        new Field("protocol", DataType.Varchar),
        new Field("host", DataType.Varchar),
        new Field("port", DataType.BigInt),
        new Field("path", DataType.Varchar),
        new Field("query", DataType.Varchar),
        new Field("fragment", DataType.Varchar));

    private static readonly RowType Syslog = DataType.Row(
        new Field("priority", DataType.Integer),
        new Field("facility", DataType.Integer),
        new Field("severity", DataType.Integer),
        new Field("ts", DataType.Varchar),
        new Field("host", DataType.Varchar),
        new Field("program", DataType.Varchar),
        new Field("pid", DataType.Varchar),
        new Field("message", DataType.Varchar));

    private static readonly ByteRegex SyslogLine = ByteRegex.Parse(
        @"(?:<(?<priority>\d{1,3})>)?(?:1 )?(?<ts>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+|-) (?<host>\S+) (?:(?<program>[^\s\[:]+)(?:\[(?<pid>\d+)\])?: ?|(?<app>\S+) (?<process>\S+) \S+ (?:-|\[.*\]) ?)(?<message>.*)",
        ByteRegexOptions.DotMatchesLineFeed);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("grok(text, pattern)", "What a grok pattern finds in a line, by name; NULL when it does not match.", "grok('GET /a 200', '%{WORD:method} %{NOTSPACE:path} %{INT:status}')['status'] = '200'"),
            [RowKernel.Prepared<ListBuilder>(TextInfo.Two, TextMap, binding =>
            {
                var known = binding.Constants.GetValueOrDefault(1) is string pattern ? Parse(pattern, binding) : null;
                return (a, row, result) => WriteGrok(a.Text(0, row), known ?? GrokPattern.Parse(a.String(1, row), FrozenDictionary<string, string>.Empty), result);
            })]),
        new(
            Info("regexp_parse(text, pattern)", "The named groups of the first match as a row; the pattern is a constant.", "regexp_parse('id=42', '(?<key>\\w+)=(?<value>\\d+)').value = '42'"),
            [new(TextInfo.Two, _ => DataType.Varchar, binding => RowKernel.Strict(binding.ResultType, GroupWriter(binding)))
            {
                ResultOfConstants = constants => GroupsOf(constants.GetValueOrDefault(1) as string),
            }]),
        new(
            Info("parse_logfmt(text)", "The keys and values of a line of logfmt: key=value key=\"quoted value\"; a key alone has NULL.", "parse_logfmt('level=info msg=\"all good\"')['msg'] = 'all good'"),
            [RowKernel.Overload<ListBuilder>(TextInfo.One, TextMap, (a, row, result) => WriteLogfmt(a.Text(0, row), result))]),
        new(
            Info("parse_query_string(text)", "The parameters of a URL's query, decoded; of a name that comes twice the first.", "parse_query_string('a=1&b=x%20y')['b'] = 'x y'"),
            [RowKernel.Overload<ListBuilder>(TextInfo.One, TextMap, (a, row, result) => WriteQuery(a.Text(0, row), result))]),
        new(
            Info("parse_url(text)", "A URL as a row of protocol, host, port, path, query and fragment; what it has not is NULL.", "parse_url('https://a.de:81/b?c=1#d').port = 81"),
            [RowKernel.Overload<StructBuilder>(TextInfo.One, Url, (a, row, result) => WriteUrl(a.Text(0, row), result))]),
        new(
            Info("parse_syslog(text)", "A line of syslog (RFC 3164 or 5424) as a row of priority, facility, severity, ts, host, program, pid and message; NULL when it is none.", "parse_syslog('<34>Oct 11 22:14:15 web su[230]: failed').program = 'su'"),
            [RowKernel.Overload<StructBuilder>(TextInfo.One, Syslog, (a, row, result) => WriteSyslog(a.Text(0, row), result))]),
        .. AddressFunctions.All,
    ];

    private static FunctionInfo Info(string signature, string description, string example) => new(signature, "log", description, example);

    private static GrokPattern Parse(string pattern, ScalarBinding binding)
    {
        try
        {
            return GrokPattern.Parse(pattern, FrozenDictionary<string, string>.Empty);
        }
        catch (QueryException error)
        {
            throw error.At(binding.Span);
        }
    }

    private static void WriteGrok(ReadOnlySpan<byte> text, GrokPattern pattern, ListBuilder result)
    {
        var matcher = pattern.Regex.CreateMatcher();
        if (!matcher.TryFind(text))
        {
            result.AppendNull();
            return;
        }

        var map = new TextMapWriter(result);
        for (var i = 0; i < pattern.Columns.Count; i++)
        {
            var group = pattern.Groups[i];
            var name = System.Text.Encoding.UTF8.GetBytes(pattern.Columns[i].Name);
            if (matcher.GroupStart(group) < 0)
            {
                map.AddNull(name);
            }
            else
            {
                map.Add(name, text[matcher.GroupStart(group)..matcher.GroupEnd(group)]);
            }
        }

        map.End();
    }

    private static RowType GroupsOf(string? pattern)
    {
        if (pattern is null)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, "regexp_parse needs a constant pattern: its groups are the fields of the row");
        }

        var names = PatternSource.Parse(pattern, string.Empty).GroupNames.OfType<string>().ToList();
        return names.Count > 0
            ? new RowType([.. names.Select(name => new Field(name, DataType.Varchar))])
            : throw new QueryException(ErrorCodes.InvalidRegularExpression, $"pattern has no named groups: \"{pattern}\"", hint: "Name a group as in (?<name>\\w+).");
    }

    private static RowWriter<StructBuilder> GroupWriter(ScalarBinding binding)
    {
        var source = new PatternSource(binding);
        var names = PatternSource.Parse((string)binding.Constants[1]!, string.Empty).GroupNames;
        var groups = Enumerable.Range(0, names.Count).Where(group => names[group] is not null).ToArray();
        return (a, row, result) =>
        {
            var matcher = source.Matcher(a, row);
            if (!matcher.TryFind(a.Text(0, row)))
            {
                result.AppendNull();
                return;
            }

            for (var field = 0; field < groups.Length; field++)
            {
                AppendGroup(matcher, groups[field], a.Text(0, row), result.Fields[field]);
            }

            result.EndRow();
        };
    }

    private static void AppendGroup(ByteRegexMatcher matcher, int group, ReadOnlySpan<byte> text, ColumnBuilder field)
    {
        if (matcher.GroupStart(group) < 0)
        {
            field.AppendNull();
        }
        else
        {
            ((TextBuilder)field).Append(text[matcher.GroupStart(group)..matcher.GroupEnd(group)]);
        }
    }

    private static void WriteLogfmt(ReadOnlySpan<byte> text, ListBuilder result)
    {
        var map = new TextMapWriter(result);
        while (true)
        {
            text = text.TrimStart(" \t\r\n"u8);
            if (text.IsEmpty)
            {
                break;
            }

            var end = text.IndexOfAny("= \t\r\n"u8);
            var key = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[end..];
            if (text is not [(byte)'=', ..])
            {
                map.AddNull(key);
                continue;
            }

            text = text[1..];
            if (text is [(byte)'"', ..])
            {
                map.Add(key, ReadQuoted(ref text));
                continue;
            }

            end = text.IndexOfAny(" \t\r\n"u8);
            map.Add(key, end < 0 ? text : text[..end]);
            text = end < 0 ? default : text[end..];
        }

        map.End();
    }

    private static byte[] ReadQuoted(ref ReadOnlySpan<byte> text)
    {
        var value = new ByteWriter();
        var position = 1;
        for (; position < text.Length && text[position] != '"'; position++)
        {
            if (text[position] == '\\' && position + 1 < text.Length)
            {
                position++;
                value.Add(text[position] switch { (byte)'n' => (byte)'\n', (byte)'t' => (byte)'\t', (byte)'r' => (byte)'\r', var other => other });
            }
            else
            {
                value.Add(text[position]);
            }
        }

        text = position < text.Length ? text[(position + 1)..] : default;
        return value.Written.ToArray();
    }

    private static void WriteQuery(ReadOnlySpan<byte> text, ListBuilder result)
    {
        var map = new TextMapWriter(result);
        text = text is [(byte)'?', ..] ? text[1..] : text;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'&');
            var pair = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf((byte)'=');
            var (name, value) = (equals < 0 ? pair.ToArray() : pair[..equals].ToArray(), equals < 0 ? [] : pair[(equals + 1)..].ToArray());
            map.Add(UrlFunctions.Decode(name) ?? name, UrlFunctions.Decode(value) ?? value);
        }

        map.End();
    }

    private static void WriteUrl(ReadOnlySpan<byte> text, StructBuilder result)
    {
        var parts = UrlFunctions.Parts.Of(text);
        AppendPart(parts.Scheme, result.Fields[0]);
        AppendPart(parts.Host, result.Fields[1]);
        result.Fields[2].AppendValue(IntegerText.TryParse(parts.Port, out long port) ? port : null);
        AppendPart(parts.Path, result.Fields[3]);
        AppendPart(parts.Query, result.Fields[4]);
        AppendPart(parts.Fragment, result.Fields[5]);
        result.EndRow();
    }

    private static void AppendPart(ReadOnlySpan<byte> part, ColumnBuilder field)
    {
        if (part.IsEmpty)
        {
            field.AppendNull();
        }
        else
        {
            ((TextBuilder)field).Append(part);
        }
    }

    private static void WriteSyslog(ReadOnlySpan<byte> text, StructBuilder result)
    {
        var matcher = SyslogLine.CreateMatcher();
        if (!matcher.TryMatchWhole(text))
        {
            result.AppendNull();
            return;
        }

        var names = SyslogLine.GroupNames;
        var hasPriority = IntegerText.TryParse(Group("priority", text), out int priority);
        result.Fields[0].AppendValue(hasPriority ? priority : null);
        result.Fields[1].AppendValue(hasPriority ? priority / 8 : null);
        result.Fields[2].AppendValue(hasPriority ? priority % 8 : null);
        AppendDashed(Group("ts", text), result.Fields[3]);
        AppendDashed(Group("host", text), result.Fields[4]);
        AppendDashed(Group("program", text) is { IsEmpty: false } program ? program : Group("app", text), result.Fields[5]);
        AppendDashed(Group("pid", text) is { IsEmpty: false } pid ? pid : Group("process", text), result.Fields[6]);
        ((TextBuilder)result.Fields[7]).Append(Group("message", text));
        result.EndRow();

        ReadOnlySpan<byte> Group(string name, ReadOnlySpan<byte> line)
        {
            var group = names.Index().First(pair => pair.Item == name).Index;
            return matcher.GroupStart(group) < 0 ? default : line[matcher.GroupStart(group)..matcher.GroupEnd(group)];
        }
    }

    /// <summary>RFC 5424 writes a dash for what is not there.</summary>
    private static void AppendDashed(ReadOnlySpan<byte> part, ColumnBuilder field) => AppendPart(part.SequenceEqual("-"u8) ? default : part, field);
}
