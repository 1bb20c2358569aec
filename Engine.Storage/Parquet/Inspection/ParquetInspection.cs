using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Connectors;
using Engine.Storage.ObjectStores;
using Engine.Storage.Text;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>
/// Parquet files as tables of what they say of themselves: a format like any other, whose rows are not those in the files. A file is one split.
/// </summary>
/// <param name="name">Of the format and of its table function.</param>
/// <param name="store">Where the files lie.</param>
/// <param name="footers">Their footers.</param>
/// <param name="columns">The columns, the same for every file.</param>
/// <param name="rows">The rows of a file, made as they are asked for.</param>
internal sealed class ParquetInspection<TRow>(
    string name,
    IObjectStore store,
    FileMetadataCache<ParquetFile> footers,
    ImmutableArray<InspectionColumn<TRow>> columns,
    Func<InspectedFile, CancellationToken, IEnumerable<TRow>> rows) : IFileFormat
{
    public string Name => name;

    public string FunctionName => name;

    public IReadOnlyDictionary<string, string> OptionDescriptions { get; } = ImmutableDictionary<string, string>.Empty;

    public bool Claims(string path) => false;

    public FormatInference Infer(IReadOnlyList<DataFile> files, FormatOptions options, Schema? declared, CancellationToken cancellationToken)
    {
        _ = new OptionReader(name, options, OptionDescriptions);
        return declared is null
            ? new FormatInference(new Schema([.. columns.Select(column => new Field(column.Name, column.Type))]), options, [.. columns.Select(_ => (ColumnEvidence?)null)])
            : throw new QueryException(ErrorCodes.InvalidParameterValue, $"the columns of {name} are given and cannot be declared");
    }

    public IReadOnlyList<FileSplit> Split(DataFile file, FileScan scan, CancellationToken cancellationToken) => [new FileSplit(file, 0, 1)];

    public IBatchSource Open(FileSplit split, FileScan scan, ScanContext context)
    {
        if (scan.ErrorsOnly)
        {
            return EmptyBatchSource.Instance;
        }

        var footer = footers.Get(split.File, CancellationToken.None);
        var reader = store.Open(split.File);
        var file = new InspectedFile(footer, reader, context.Metrics);
        return new InspectionSource<TRow>(file, [.. scan.Projection.Select(column => columns[column])], rows, scan.WithRowNumbers, context);
    }

    public FileStatistics? TryGetStatistics(DataFile file, FormatOptions options, Schema fileSchema, ImmutableArray<int> columns, CancellationToken cancellationToken) => null;
}
