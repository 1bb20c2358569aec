using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.ObjectStores;
using Engine.Storage.Text;

namespace Engine.Storage.Json;

/// <summary>JSON documents: one a line, in an array, or one after the other. Keys are columns and are told apart by case.</summary>
/// <param name="store">Where the files lie.</param>
public sealed class JsonFormat(IObjectStore store) : IFileFormat
{
    private static readonly string[] Suffixes = [".json", ".jsonl", ".ndjson", ".geojson"];

    public string Name => "json";

    public IReadOnlyDictionary<string, string> OptionDescriptions => JsonOptions.Descriptions;

    /// <summary>Bytes that one thread reads in one go; tests make it small.</summary>
    internal long SplitLength { get; init; } = 16 << 20;

    public bool Claims(string path) => Suffixes.Any(suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    public FormatInference Infer(IReadOnlyList<DataFile> files, FormatOptions options, Schema? declared, CancellationToken cancellationToken) =>
        new JsonInference(store, JsonOptions.Parse(options), options, cancellationToken).Infer(files, declared);

    public IReadOnlyList<FileSplit> Split(DataFile file, FileScan scan, CancellationToken cancellationToken)
    {
        var options = JsonOptions.Parse(scan.Options);
        var isDivisible = options.IsParallel && !scan.WithRowNumbers && options.Framing == JsonFraming.Lines;
        return LineSplits.Cut(store, file, options.Encoding ?? TextEncoding.Utf8, isDivisible ? SplitLength : long.MaxValue, cancellationToken);
    }

    public IBatchSource Open(FileSplit split, FileScan scan, ScanContext context)
    {
        var options = JsonOptions.Parse(scan.Options);
        var source = TextSource.Open(store, split.File, options.Encoding ?? TextEncoding.Utf8, context.Metrics, CancellationToken.None);
        try
        {
            var lines = new TextLines(store, split.File, source.IsPlain, countsReturns: false, CancellationToken.None);
            var end = LineSplits.Enter(source, split);
            return new JsonBatchSource(split.File, scan, context, options, source, lines, end);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public FileStatistics? TryGetStatistics(DataFile file, FormatOptions options, Schema fileSchema, ImmutableArray<int> columns, CancellationToken cancellationToken) => null;
}
