using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Connectors;
using Engine.Storage.ObjectStores;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Statistics;
using Engine.Storage.Text;

namespace Engine.Storage.Parquet;

/// <summary>Parquet files: schema and statistics come from their footers, row groups, and parts of large ones, are read side by side.</summary>
/// <param name="store">Where the files lie.</param>
public sealed class ParquetFormat(IObjectStore store) : IFileFormat
{
    private static readonly string[] Suffixes = [".parquet", ".parq", ".pq"];

    private readonly FileMetadataCache<ParquetFile> _footers = new(store, ParquetFile.Read);

    public string Name => "parquet";

    public bool AppliesConditions => true;

    public IReadOnlyDictionary<string, string> OptionDescriptions { get; } = ImmutableDictionary<string, string>.Empty;

    public bool Claims(string path) => Suffixes.Any(suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    public FormatInference Infer(IReadOnlyList<DataFile> files, FormatOptions options, Schema? declared, CancellationToken cancellationToken)
    {
        _ = new OptionReader(Name, options, OptionDescriptions);
        var schema = declared ?? Unite(files, cancellationToken);
        var rowCount = Footer(files[0], cancellationToken).RowCount;
        return new FormatInference(schema, options, [.. schema.Select(_ => new ColumnEvidence(rowCount, 0, null))]);
    }

    public IReadOnlyList<FileSplit> Split(DataFile file, FileScan scan, CancellationToken cancellationToken) =>
        new RowSplits(store, file, Footer(file, cancellationToken), scan).Cut();

    public IBatchSource Open(FileSplit split, FileScan scan, ScanContext context)
    {
        if (scan.ErrorsOnly)
        {
            // A value either is of its type or the file is corrupt: there are no rows that do not fit.
            return EmptyBatchSource.Instance;
        }

        var footer = Footer(split.File, CancellationToken.None);
        var reader = store.Open(split.File);
        try
        {
            return new ParquetBatchSource(reader, footer, split, scan, context);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public FileStatistics? TryGetStatistics(DataFile file, FormatOptions options, Schema fileSchema, ImmutableArray<int> columns, CancellationToken cancellationToken)
    {
        var footer = Footer(file, cancellationToken);
        return new FileStatistics(footer.RowCount, [.. columns.Select(column => FileBounds.Of(footer, fileSchema[column]))]);
    }

    private ParquetFile Footer(DataFile file, CancellationToken cancellationToken) => _footers.Get(file, cancellationToken);

    /// <summary>All columns that any file has, in the order in which they are first seen, each of a type that the values of all files fit.</summary>
    private Schema Unite(IReadOnlyList<DataFile> files, CancellationToken cancellationToken)
    {
        var known = Footer(files[0], cancellationToken).Columns.Select(column => (Column: column, column.Type, File: files[0])).ToList();
        foreach (var file in files.Skip(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var column in Footer(file, cancellationToken).Columns)
            {
                var place = known.FindIndex(other => other.Column.Name == column.Name);
                if (place < 0)
                {
                    known.Add((column, column.Type, file));
                }
                else if (known[place].Column is LeafNode { IsNullType: true })
                {
                    known[place] = (column, column.Type, file);
                }
                else if (column is not LeafNode { IsNullType: true })
                {
                    known[place] = known[place] with { Type = CommonType(known[place].Type, known[place].File, column, file) };
                }
            }
        }

        return new Schema([.. known.Select(column => new Field(column.Column.Name, column.Type))]);
    }

    private static DataType CommonType(DataType known, DataFile knownFile, SchemaNode column, DataFile file) =>
        TypeWidening.Common(known, column.Type) ?? throw new QueryException(
            ErrorCodes.DatatypeMismatch,
            $"column \"{column.Name}\" is {known} in file \"{knownFile.Path}\" and {column.Type} in file \"{file.Path}\"",
            hint: "Declare the table's columns without it, or read the files as tables of their own.");
}
