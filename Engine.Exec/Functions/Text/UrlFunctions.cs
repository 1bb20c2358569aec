using System.Collections.Immutable;
using System.Buffers;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Parts of URLs, and percent encoding.</summary>
internal static class UrlFunctions
{
    private static readonly SearchValues<byte> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.*"u8);

    private delegate ReadOnlySpan<byte> UrlPart(ReadOnlySpan<byte> url);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        Part("url_extract_protocol", "The scheme of a URL.", "url_extract_protocol('https://a.de/b?c=1') = 'https'", url => Parts.Of(url).Scheme),
        Part("url_extract_host", "The host of a URL.", "url_extract_host('https://u@a.de:80/b?c=1') = 'a.de'", url => Parts.Of(url).Host),
        Part("url_extract_path", "The path of a URL.", "url_extract_path('https://a.de/b?c=1') = '/b'", url => Parts.Of(url).Path),
        Part("url_extract_query", "The query of a URL.", "url_extract_query('https://a.de/b?c=1#d') = 'c=1'", url => Parts.Of(url).Query),
        new(
            TextInfo.Of("host(address)", "A network address without the length of its mask.", "host('10.1.2.3/24') = '10.1.2.3'"),
            [RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, (a, row, result) => result.Append(WithoutMask(a.Text(0, row))))]),
        Part("url_extract_fragment", "What stands behind the # of a URL.", "url_extract_fragment('https://a.de/b#d') = 'd'", url => Parts.Of(url).Fragment),
        new(
            TextInfo.Of("url_extract_port(url)", "The port of a URL; NULL when it names none.", "url_extract_port('http://a.de:81/') = 81"),
            [RowKernel.Overload<FixedBuilder<long>>(TextInfo.One, DataType.BigInt, (a, row, result) =>
            {
                if (IntegerText.TryParse(Parts.Of(a.Text(0, row)).Port, out long port))
                {
                    result.Append(port);
                }
                else
                {
                    result.AppendNull();
                }
            })]),
        new(
            TextInfo.Of("url_extract_parameter(url, name)", "The first value of a parameter in the query of a URL, decoded; NULL when it is not there.", "url_extract_parameter('http://a/?x=1&y=b%20c', 'y') = 'b c'"),
            [RowKernel.Overload<TextBuilder>(TextInfo.Two, DataType.Varchar, WriteParameter)]),
        new(TextInfo.Of("url_encode(text)", "The text with percent signs for what a URL's query may not hold.", "url_encode('a b&c') = 'a%20b%26c'"), [RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, WriteEncoded)]),
        new(
            TextInfo.Of("url_decode(text)", "The text behind percent encoding.", "url_decode('a%20b+c') = 'a b c'"),
            [RowKernel.Overload<TextBuilder>(
                TextInfo.One,
                DataType.Varchar,
                (a, row, result) => result.Append(Decode(a.Text(0, row)) ?? throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid percent encoding: \"{a.String(0, row)}\"")),
                canFail: true)]),
    ];

    private static ScalarFunction Part(string name, string description, string example, UrlPart part) => new(
        TextInfo.Of($"{name}(url)", description, example),
        [RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, (a, row, result) => result.Append(part(a.Text(0, row))))]);

    private static ReadOnlySpan<byte> WithoutMask(ReadOnlySpan<byte> address) => address.IndexOf((byte)'/') is >= 0 and var end ? address[..end] : address;

    private static void WriteParameter(RowArguments a, int row, TextBuilder result)
    {
        var query = Parts.Of(a.Text(0, row)).Query;
        var wanted = a.Text(1, row);
        while (!query.IsEmpty)
        {
            var end = query.IndexOf((byte)'&');
            var pair = end < 0 ? query : query[..end];
            var equals = pair.IndexOf((byte)'=');
            var name = equals < 0 ? pair : pair[..equals];
            if (Decode(name) is { } decoded && decoded.AsSpan().SequenceEqual(wanted))
            {
                var value = equals < 0 ? default : pair[(equals + 1)..];
                result.Append(Decode(value) ?? value.ToArray());
                return;
            }

            query = end < 0 ? default : query[(end + 1)..];
        }

        result.AppendNull();
    }

    private static void WriteEncoded(RowArguments a, int row, TextBuilder result)
    {
        var writer = new ByteWriter();
        foreach (var item in a.Text(0, row))
        {
            if (Unreserved.Contains(item))
            {
                writer.Add(item);
            }
            else
            {
                writer.Add((byte)'%');
                writer.Add("0123456789ABCDEF"u8[item >> 4]);
                writer.Add("0123456789ABCDEF"u8[item & 15]);
            }
        }

        result.Append(writer.Written);
    }

    /// <summary>The bytes behind percent encoding; null when it is wrong.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var target = new byte[text.Length];
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                target[written++] = text[i] == '+' ? (byte)' ' : text[i];
                continue;
            }

            var high = i + 2 < text.Length ? AsciiText.HexValue(text[i + 1]) : -1;
            var low = i + 2 < text.Length ? AsciiText.HexValue(text[i + 2]) : -1;
            if (high < 0 || low < 0)
            {
                return null;
            }

            target[written++] = (byte)((high << 4) | low);
            i += 2;
        }

        return target[..written];
    }

    /// <summary>A URL taken apart as RFC 3986 says.</summary>
    public ref struct Parts
    {
        public ReadOnlySpan<byte> Scheme { get; private set; }

        public ReadOnlySpan<byte> Host { get; private set; }

        public ReadOnlySpan<byte> Port { get; private set; }

        public ReadOnlySpan<byte> Path { get; private set; }

        public ReadOnlySpan<byte> Query { get; private set; }

        public ReadOnlySpan<byte> Fragment { get; private set; }

        public static Parts Of(ReadOnlySpan<byte> url)
        {
            var parts = default(Parts);
            var hash = url.IndexOf((byte)'#');
            if (hash >= 0)
            {
                parts.Fragment = url[(hash + 1)..];
                url = url[..hash];
            }

            var question = url.IndexOf((byte)'?');
            if (question >= 0)
            {
                parts.Query = url[(question + 1)..];
                url = url[..question];
            }

            var colon = url.IndexOf((byte)':');
            if (colon > 0 && AsciiText.IsLetter(url[0]) && !url[..colon].Contains((byte)'/'))
            {
                parts.Scheme = url[..colon];
                url = url[(colon + 1)..];
            }

            if (url.StartsWith("//"u8))
            {
                url = url[2..];
                var slash = url.IndexOf((byte)'/');
                parts.ReadAuthority(slash < 0 ? url : url[..slash]);
                url = slash < 0 ? default : url[slash..];
            }

            parts.Path = url;
            return parts;
        }

        private void ReadAuthority(ReadOnlySpan<byte> authority)
        {
            authority = authority[(authority.LastIndexOf((byte)'@') + 1)..];
            var bracket = authority.LastIndexOf((byte)']');
            var colon = authority.LastIndexOf((byte)':');
            if (colon > bracket)
            {
                Port = authority[(colon + 1)..];
                authority = authority[..colon];
            }

            Host = authority;
        }
    }
}
