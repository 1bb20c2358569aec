using System.Collections.Immutable;
using Engine.Core.Arrow.Format;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Parser.Ast;
using Engine.Storage.ArrowIpc;
using Engine.Storage.Compression;

namespace Engine.Server.Copy;

/// <summary>The formats of COPY by name and by suffix.</summary>
internal static class CopyFormats
{
    private static readonly ImmutableArray<string> Names = ["parquet", "csv", "tsv", "text", "json", "ndjson", "arrow", "binary"];

    private static readonly (string Suffix, string Format)[] Suffixes =
    [
        (".parquet", "parquet"), (".csv", "csv"), (".tsv", "tsv"), (".tab", "tsv"), (".json", "json"), (".ndjson", "ndjson"), (".jsonl", "ndjson"),
        (".arrow", "arrow"), (".arrows", "arrow"), (".arrow_stream", "arrow"), (".feather", "arrow"), (".ipc", "arrow"),
    ];

    private static readonly ImmutableSortedDictionary<string, ArrowCompression> ArrowCompressions = new Dictionary<string, ArrowCompression>(StringComparer.Ordinal)
    {
        ["none"] = ArrowCompression.None,
        ["lz4"] = ArrowCompression.Lz4Frame,
        ["zstd"] = ArrowCompression.Zstd,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The format that a COPY asks for: by its option, else by the suffix of the file; PostgreSQL's text on STDOUT.</summary>
    /// <param name="copy">The statement.</param>
    /// <param name="path">Null for STDOUT.</param>
    /// <param name="schema">Of the rows.</param>
    /// <param name="threads">That may encode at once.</param>
    /// <param name="context">Of the text.</param>
    public static CopyFormat Read(CopyStatement copy, string? path, Schema schema, int threads, TextContext context)
    {
        var options = new CopyOptions(copy.Options.Where(option => option.Name.ToLowerInvariant() is not "overwrite"));
        var name = NameOf(options, path, copy.Path?.Span);
        var format = name switch
        {
            "parquet" => ParquetCopy.Read(options, schema, threads),
            "arrow" => ReadArrow(options, path),
            "binary" => new CopyFormat(name, (own, output, _) => new PostgresBinaryWriter(own, output)),
            "json" or "ndjson" => TextCopy.ReadJson(name, options, path, context),
            _ => TextCopy.ReadDelimited(name, options, path, schema, context),
        };
        options.RefuseOthers(name);
        return format;
    }

    private static CopyFormat ReadArrow(CopyOptions options, string? path)
    {
        var compression = options.Choice(ArrowCompressions, "compression", "codec") ?? ArrowCompression.None;
        return new CopyFormat("arrow", (schema, output, pool) => new ArrowWriter(schema, output, pool, path is not null && ArrowWriter.IsFileName(path), compression));
    }

    private static string NameOf(CopyOptions options, string? path, SourceSpan? pathSpan)
    {
        if (options.Text("format") is { } name)
        {
            return Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new QueryException(
                ErrorCodes.InvalidParameterValue,
                $"COPY format \"{name}\" not recognized",
                options.SpanOf("format"),
                NearNames.Hint(name, Names) ?? $"Formats are: {string.Join(", ", Names)}.");
        }

        if (path is null)
        {
            return "text";
        }

        var plain = CompressionDetection.TrimSuffix(path);
        return Suffixes.FirstOrDefault(entry => plain.EndsWith(entry.Suffix, StringComparison.OrdinalIgnoreCase)).Format ?? throw new QueryException(
            ErrorCodes.InvalidParameterValue,
            $"the name of \"{path}\" does not tell a format",
            pathSpan,
            $"Add (FORMAT ...), one of {string.Join(", ", Names)}.");
    }
}
