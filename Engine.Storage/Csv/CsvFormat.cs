using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.Compression;
using Engine.Storage.Csv.Sniffing;
using Engine.Storage.ObjectStores;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>Delimited text: CSV, TSV and their many relatives.</summary>
/// <param name="store">Where the files lie.</param>
/// <param name="pool">For the memory of looking at files before a query runs.</param>
public sealed class CsvFormat(IObjectStore store, MemoryPool pool) : IFileFormat
{
    private static readonly string[] Suffixes = [".csv", ".tsv", ".tab", ".psv"];

    public string Name => "csv";

    /// <summary>Bytes that one thread reads in one go; tests make it small.</summary>
    internal long SplitLength { get; init; } = 16 << 20;

    public IReadOnlyDictionary<string, string> OptionDescriptions => CsvOptions.Descriptions;

    public bool Claims(string path) => Suffixes.Any(suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    public FormatInference Infer(IReadOnlyList<DataFile> files, FormatOptions options, Schema? declared, CancellationToken cancellationToken) =>
        new CsvInference(store, pool, CsvOptions.Parse(options), options, cancellationToken).Infer(files, declared);

    public IReadOnlyList<FileSplit> Split(DataFile file, FileScan scan, CancellationToken cancellationToken)
    {
        var options = CsvOptions.Parse(scan.Options);
        var count = Math.Max(1, file.Size / SplitLength);
        if (count == 1
            || scan.WithRowNumbers
            || !options.IsParallel
            || !TextSource.CanSeek(store, file, options.Encoding ?? TextEncoding.Utf8, cancellationToken))
        {
            return [new FileSplit(file, 0, file.Size)];
        }

        return
        [
            .. Enumerable.Range(0, (int)count).Select(i => new FileSplit(
                file, i * SplitLength, i == count - 1 ? file.Size - (i * SplitLength) : SplitLength)),
        ];
    }

    public IBatchSource Open(FileSplit split, FileScan scan, ScanContext context)
    {
        var options = CsvOptions.Parse(scan.Options);
        var dialect = options.ToDialect();
        var encoding = options.Encoding ?? TextEncoding.Utf8;
        var start = CsvFileStart.Read(store, split.File, dialect, encoding, options.MaxLineLength, context.Pool, CancellationToken.None);
        var map = CsvColumnMap.Create(scan.FileSchema, start.Names, dialect.FieldCount);
        var isWhole = split.Start == 0 && split.Length >= split.File.Size;
        var finder = new CsvRecordFinder(
            dialect, map.FieldCount, start.DataStart, context.Pool, () => TextSource.Open(store, split.File, encoding, null, CancellationToken.None));
        var source = TextSource.Open(store, split.File, encoding, context.Metrics, CancellationToken.None);
        try
        {
            var lines = new TextLines(store, split.File, source.IsPlain, dialect.EndsAtReturn, CancellationToken.None);
            if (source.IsPlain)
            {
                source.Seek(finder.Find(split.Start));
            }
            else
            {
                SkipHeader(source, start.DataStart, lines);
            }

            var end = isWhole ? long.MaxValue : split.Start + split.Length;
            var isInner = !isWhole && end < split.File.Size;
            return new CsvBatchSource(
                new CsvSplitReader(split.File, scan, context, options, dialect, map, lines, end, isInner ? next => Verify(split, finder, end, next) : null),
                source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public FileStatistics? TryGetStatistics(DataFile file, FormatOptions options, Schema fileSchema, ImmutableArray<int> columns, CancellationToken cancellationToken) => null;

    private static void SkipHeader(TextSource source, long length, TextLines lines)
    {
        Span<byte> skipped = stackalloc byte[4096];
        while (length > 0)
        {
            var count = source.Read(skipped[..(int)Math.Min(length, skipped.Length)]);
            if (count == 0)
            {
                return;
            }

            lines.Pass(skipped[..count]);
            length -= count;
        }
    }

    /// <summary>The next split looks for its first record on its own; it must find the one that this split ends before.</summary>
    private static void Verify(FileSplit split, CsvRecordFinder finder, long end, long next)
    {
        var found = finder.Find(end);
        if (found != next)
        {
            throw new QueryException(
                ErrorCodes.BadCopyFileFormat,
                $"file \"{split.File.Path}\": the quotes around byte {end} can be read in two ways",
                hint: "Set the option parallel to false, so that the file is read from its start to its end.");
        }
    }
}
