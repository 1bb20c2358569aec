using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.ObjectStores;
using Engine.Storage.Text;

namespace Engine.Storage.TextLog;

/// <summary>Free-text logs, whose lines a grok expression, a regular expression or a preset describes. A line must match as a whole.</summary>
/// <param name="store">Where the files lie.</param>
public sealed class LogFormat(IObjectStore store) : IFileFormat
{
    private const int SampleLength = 64 << 10;

    public string Name => "log";

    public IReadOnlyDictionary<string, string> OptionDescriptions => LogOptions.Descriptions;

    /// <summary>Bytes that one thread reads in one go; tests make it small.</summary>
    internal long SplitLength { get; init; } = 16 << 20;

    public bool Claims(string path) => false;

    public FormatInference Infer(IReadOnlyList<DataFile> files, FormatOptions options, Schema? declared, CancellationToken cancellationToken)
    {
        var log = LogOptions.Parse(options);
        var schema = declared ?? log.Pattern.Columns;
        var encoding = log.Encoding ?? TextEncodings.Detect(TextSource.ReadSample(store, files[0], SampleLength, cancellationToken));
        return new FormatInference(
            schema, options.With("encoding", TextEncodings.NameOf(encoding)), [.. schema.Select(_ => (ColumnEvidence?)null)]);
    }

    public IReadOnlyList<FileSplit> Split(DataFile file, FileScan scan, CancellationToken cancellationToken)
    {
        var options = LogOptions.Parse(scan.Options);
        var isDivisible = options.IsParallel && !options.IsMultiline && !scan.WithRowNumbers;
        return LineSplits.Cut(store, file, options.Encoding ?? TextEncoding.Utf8, isDivisible ? SplitLength : long.MaxValue, cancellationToken);
    }

    public IBatchSource Open(FileSplit split, FileScan scan, ScanContext context)
    {
        var options = LogOptions.Parse(scan.Options);
        var source = TextSource.Open(store, split.File, options.Encoding ?? TextEncoding.Utf8, context.Metrics, CancellationToken.None);
        try
        {
            var lines = new TextLines(store, split.File, source.IsPlain, countsReturns: false, CancellationToken.None);
            return new LogBatchSource(split.File, scan, context, options, source, lines, LineSplits.Enter(source, split));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public FileStatistics? TryGetStatistics(DataFile file, FormatOptions options, Schema fileSchema, ImmutableArray<int> columns, CancellationToken cancellationToken) => null;
}
