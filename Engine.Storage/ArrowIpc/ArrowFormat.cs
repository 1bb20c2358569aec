using System.Collections.Immutable;
using Engine.Core.Arrow;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.Connectors;
using Engine.Storage.ObjectStores;
using Engine.Storage.Text;

namespace Engine.Storage.ArrowIpc;

/// <summary>Arrow IPC, as files (Feather version 2) and as streams; which of the two a file is, its first bytes tell.</summary>
/// <param name="store">Where the files lie.</param>
public sealed class ArrowFormat(IObjectStore store) : IFileFormat
{
    /// <summary>Bytes of record batches that one thread takes at a time, and how many times its dictionaries are worth reading again.</summary>
    private const long SplitLength = 8 << 20;
    private const int MinDictionaryShare = 4;

    private static readonly string[] Suffixes = [".arrow", ".arrow_file", ".feather", ".ipc", ".arrows", ".arrow_stream"];

    private readonly FileMetadataCache<ArrowFile> _files = new(store, ArrowFile.Read);

    public string Name => "arrow";

    public IReadOnlyDictionary<string, string> OptionDescriptions { get; } = ImmutableDictionary<string, string>.Empty;

    public bool Claims(string path) => Suffixes.Any(suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    public FormatInference Infer(IReadOnlyList<DataFile> files, FormatOptions options, Schema? declared, CancellationToken cancellationToken)
    {
        _ = new OptionReader(Name, options, OptionDescriptions);
        var schema = declared ?? Unite(files, cancellationToken);
        return new FormatInference(schema, options, [.. schema.Select(_ => new ColumnEvidence(0, 0, null))]);
    }

    public IReadOnlyList<FileSplit> Split(DataFile file, FileScan scan, CancellationToken cancellationToken)
    {
        var footer = _files.Get(file, cancellationToken).Footer;
        if (footer is null || scan.WithRowNumbers)
        {
            return [new FileSplit(file, 0, footer?.Batches.Length ?? 1)];
        }

        // Every split reads the dictionaries that it needs anew.
        var wanted = Math.Max(SplitLength, footer.DictionaryLength * MinDictionaryShare);
        var splits = new List<FileSplit>();
        var (start, length) = (0, 0L);
        for (var i = 0; i < footer.Batches.Length; i++)
        {
            length += footer.Batches[i].Length;
            if (length >= wanted || i == footer.Batches.Length - 1)
            {
                splits.Add(new FileSplit(file, start, i + 1 - start));
                (start, length) = (i + 1, 0);
            }
        }

        return splits;
    }

    public IBatchSource Open(FileSplit split, FileScan scan, ScanContext context)
    {
        if (scan.ErrorsOnly)
        {
            // A value either is of its type or the file is corrupt: there are no rows that do not fit.
            return EmptyBatchSource.Instance;
        }

        var file = _files.Get(split.File, CancellationToken.None);
        var reader = store.Open(split.File);
        try
        {
            return new ArrowBatchSource(reader, file, split, scan, context);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public FileStatistics? TryGetStatistics(DataFile file, FormatOptions options, Schema fileSchema, ImmutableArray<int> columns, CancellationToken cancellationToken)
    {
        if (_files.Get(file, cancellationToken) is not { Footer: { } footer })
        {
            return null;
        }

        using var reader = store.Open(file);
        using var stream = new RangeStream(reader, metrics: null, cancellationToken);
        var rowCount = ArrowBatchSource.Guard(file.Path, () => footer.CountRows(stream));
        return new FileStatistics(rowCount, [.. columns.Select(_ => (ColumnStatistics?)null)]);
    }

    /// <summary>All columns that any file has, in the order in which they are first seen; numbers as wide as the widest.</summary>
    private Schema Unite(IReadOnlyList<DataFile> files, CancellationToken cancellationToken)
    {
        var fields = _files.Get(files[0], cancellationToken).Schema.Fields.ToList();
        foreach (var file in files.Skip(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var field in _files.Get(file, cancellationToken).Schema)
            {
                var place = fields.FindIndex(known => known.Name == field.Name);
                if (place < 0)
                {
                    fields.Add(field);
                }
                else if (TypeWidening.Common(fields[place].Type, field.Type) is { } wide)
                {
                    fields[place] = field with { Type = wide };
                }
            }
        }

        return new Schema([.. fields]);
    }
}
