using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Compression;
using Engine.Storage.Csv;
using Engine.Storage.Json;

namespace Engine.Server.Copy;

/// <summary>The options of COPY for CSV, TSV, PostgreSQL's text and JSON.</summary>
internal static class TextCopy
{
    private static readonly ImmutableSortedDictionary<string, CompressionKind> Compressions = new Dictionary<string, CompressionKind>(StringComparer.Ordinal)
    {
        ["gzip"] = CompressionKind.Gzip,
        ["zstd"] = CompressionKind.Zstd,
        ["lz4"] = CompressionKind.Lz4,
        ["brotli"] = CompressionKind.Brotli,
        ["none"] = CompressionKind.None,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly string[] Delimiters = ["delimiter", "delim", "sep"];

    /// <param name="name">csv, tsv or text.</param>
    /// <param name="options">As the statement gives them.</param>
    /// <param name="path">Null for STDOUT, which has no header unless it is asked for: drivers count on that.</param>
    /// <param name="schema">Of the rows.</param>
    /// <param name="context">Of the text.</param>
    public static CopyFormat ReadDelimited(string name, CopyOptions options, string? path, Schema schema, TextContext context)
    {
        var usual = name == "csv" ? DelimitedOptions.Csv : DelimitedOptions.Tsv;
        var quoted = name == "csv" ? options.List("force_quote", () => schema.Select(field => field.Name)).Select(column => column.Text).ToHashSet(StringComparer.Ordinal) : [];
        var delimited = new DelimitedOptions(options.Character(Delimiters) ?? usual.Delimiter)
        {
            Quote = name == "csv" ? options.Character("quote") ?? usual.Quote : null,
            HasHeader = options.Boolean("header") ?? (path is not null && name != "text"),
            NullText = options.Text("null", "nullstr") ?? usual.NullText,
            IsAlwaysQuoted = quoted.Contains,
            Context = context,
        };
        if (delimited.Delimiter == (delimited.Quote ?? (byte)'\\'))
        {
            var given = Delimiters.Append("quote").First(option => options.SpanOf(option) is not null);
            throw options.Bad(given, name == "csv" ? "delimiter and quote are the same" : "the backslash escapes");
        }

        RefuseEncodings(options);
        return Compressed(name, options, path, (own, output) => new DelimitedWriter(own, output, delimited));
    }

    /// <param name="name">json, which is one array, or ndjson, an object a line.</param>
    /// <param name="options">As the statement gives them.</param>
    /// <param name="path">Null for STDOUT.</param>
    /// <param name="context">Of the text.</param>
    public static CopyFormat ReadJson(string name, CopyOptions options, string? path, TextContext context)
    {
        RefuseEncodings(options);
        return Compressed(name, options, path, (own, output) => new JsonWriter(own, output, isArray: name == "json", context));
    }

    private static void RefuseEncodings(CopyOptions options)
    {
        if (options.Text("encoding") is { } encoding && encoding.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() is not ("UTF8" or "UNICODE"))
        {
            throw options.Bad("encoding", "text is written as UTF-8 alone");
        }
    }

    /// <summary>Compressed as the option says, else as the file's name does.</summary>
    private static CopyFormat Compressed(string name, CopyOptions options, string? path, Func<Schema, Stream, IBatchWriter> open)
    {
        var kind = options.Choice(Compressions, "compression", "codec") ?? (path is null ? CompressionKind.None : CompressionDetection.FromName(path));
        return kind == CompressionKind.None
            ? new CopyFormat(name, (schema, output, _) => open(schema, output))
            : new CopyFormat(name, (schema, output, _) =>
            {
                var compressing = CompressingStream.Open(output, kind);
                return new CompressedWriter(open(schema, compressing), compressing);
            });
    }

    /// <summary>Ends the compressed bytes when the rows are complete.</summary>
    private sealed class CompressedWriter(IBatchWriter inner, Stream compressing) : IBatchWriter
    {
        public void Write(Batch batch) => inner.Write(batch);

        public void Complete()
        {
            inner.Complete();
            compressing.Dispose();
        }

        public void Dispose()
        {
            inner.Dispose();
            compressing.Dispose();
        }
    }
}
