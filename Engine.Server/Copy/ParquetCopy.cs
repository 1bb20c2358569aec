using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Parquet.Writing;

namespace Engine.Server.Copy;

/// <summary>The options of COPY for Parquet.</summary>
internal static partial class ParquetCopy
{
    private const int MaxPageBytes = 1 << 29;

    private static readonly ImmutableSortedDictionary<string, ParquetCompression> Codecs = new Dictionary<string, ParquetCompression>(StringComparer.Ordinal)
    {
        ["zstd"] = ParquetCompression.Zstd,
        ["snappy"] = ParquetCompression.Snappy,
        ["gzip"] = ParquetCompression.Gzip,
        ["lz4"] = ParquetCompression.Lz4,
        ["lz4_raw"] = ParquetCompression.Lz4,
        ["none"] = ParquetCompression.None,
        ["uncompressed"] = ParquetCompression.None,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <param name="options">As the statement gives them.</param>
    /// <param name="schema">Of the rows.</param>
    /// <param name="threads">That may encode at once.</param>
    public static CopyFormat Read(CopyOptions options, Schema schema, int threads)
    {
        var usual = ParquetWriteOptions.Default;
        var compression = options.Choice(Codecs, "compression", "codec") ?? usual.Compression;
        var sortedBy = options.List("sorted_by", () => []).Select(key => SortKey(key.Text, key.Span, schema)).ToImmutableArray();
        var written = usual with
        {
            Compression = compression,
            Level = ReadLevel(options, compression) ?? usual.Level,
            RowGroupRows = (int)(options.Number(1, int.MaxValue, isBytes: false, "row_group_size") ?? usual.RowGroupRows),
            RowGroupBytes = options.Number(1, 1L << 40, isBytes: true, "row_group_size_bytes") ?? usual.RowGroupBytes,
            PageRows = (int)(options.Number(1, int.MaxValue, isBytes: false, "page_rows") ?? usual.PageRows),
            PageBytes = (int)(options.Number(1, MaxPageBytes, isBytes: true, "page_size") ?? usual.PageBytes),
            UseDictionary = options.Boolean("dictionary") ?? usual.UseDictionary,
            DictionaryBytes = (int)(options.Number(0, MaxPageBytes, isBytes: true, "dictionary_size_limit") ?? usual.DictionaryBytes),
            UseDelta = options.Boolean("delta") ?? usual.UseDelta,
            UseByteStreamSplit = options.Boolean("byte_stream_split") ?? usual.UseByteStreamSplit,
            UsePageVersion2 = options.Number(1, 2, isBytes: false, "data_page_version") == 2,
            BloomColumns = [.. options.List("bloom_filter", () => schema.Select(field => field.Name)).Select(column => Column(column.Text, column.Span, schema))],
            SortedBy = sortedBy,
            Metadata = [.. options.Keyed("kv_metadata")],
            Threads = threads,
        };
        return new CopyFormat("parquet", (own, output, pool) => new ParquetWriter(output, own, pool, written)) { SortedBy = sortedBy };
    }

    private static int? ReadLevel(CopyOptions options, ParquetCompression compression)
    {
        var level = (int?)options.Number(1, compression == ParquetCompression.Gzip ? 9 : 22, isBytes: false, "compression_level");
        return level is null || compression is ParquetCompression.Zstd or ParquetCompression.Gzip
            ? level
            : throw options.Bad("compression_level", "zstd and gzip alone have levels");
    }

    /// <summary>A column's name, or the dotted path of a leaf in it.</summary>
    private static string Column(string name, SourceSpan span, Schema schema) => schema.IndexOf(name) >= 0 || schema.IndexOf(name.Split('.')[0]) >= 0
        ? name
        : throw new QueryException(
            ErrorCodes.UndefinedColumn, $"column \"{name}\" does not exist in what is copied", span, NearNames.Hint(name, schema.Select(field => field.Name)));

    /// <summary><c>name [ASC | DESC] [NULLS FIRST | LAST]</c>; NULLs stand where ORDER BY puts them.</summary>
    private static SortedColumn SortKey(string text, SourceSpan span, Schema schema)
    {
        var key = schema.IndexOf(text) < 0 ? SortKeyPattern().Match(text) : null;
        var name = Column(key?.Groups["name"].Value ?? text, span, schema);
        var isDescending = key?.Groups["desc"].Success == true;
        var nulls = key?.Groups["nulls"].Value.ToUpperInvariant() ?? "";
        return schema.IndexOf(name) >= 0 && !schema[schema.IndexOf(name)].Type.IsNested
            ? new SortedColumn(name, isDescending, nulls.Length == 0 ? isDescending : nulls == "FIRST")
            : throw new QueryException(ErrorCodes.FeatureNotSupported, $"column \"{name}\" is nested, and Parquet names no order of such columns", span);
    }

    [GeneratedRegex(@"^(?<name>.+?)(\s+(asc|(?<desc>desc)))?(\s+nulls\s+(?<nulls>first|last))?$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SortKeyPattern();
}
