using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Errors;

namespace Engine.Storage.Connectors;

/// <summary>Reads file tables: sends each to its format, and adds the columns that come from outside the files.</summary>
public sealed class FileConnector(ImmutableArray<IFileFormat> formats) : ITableConnector
{
    public bool Reads(TableSource source) => source is FileTableSource;

    public IReadOnlyList<Split> ListSplits(TableSource source, ScanRequest request, CancellationToken cancellationToken)
    {
        var table = (FileTableSource)source;
        var format = FormatOf(table);
        var layout = new FileTableLayout(table, request);
        var splits = new List<Split>();
        for (var i = 0; i < table.Files.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!PartitionPruning.MayMatch(table, table.Files[i], request.Constraints))
            {
                continue;
            }

            splits.AddRange(format.Split(table.Files[i].File, layout.Scan, cancellationToken)
                .Select(split => new FileTableSplit(i, split.Start, split.Length)));
        }

        return splits;
    }

    public IBatchSource Open(Split split, TableSource source, ScanRequest request, ScanContext context)
    {
        var table = (FileTableSource)source;
        var piece = (FileTableSplit)split;
        var file = table.Files[piece.FileIndex];
        var layout = new FileTableLayout(table, request);

        // The plan may be older than what is known now: a dynamic filter rules files out after they were listed.
        if (!PartitionPruning.MayMatch(table, file, request.Constraints))
        {
            context.Metrics.AddPiecesSkipped(1);
            return EmptyBatchSource.Instance;
        }

        var inner = FormatOf(table).Open(new FileSplit(file.File, piece.Start, piece.Length), layout.Scan, context);
        return layout.IsInFilesAlone ? inner : new FileTableBatchSource(inner, layout, file, context);
    }

    /// <summary>How many of a table's files its partition values rule out.</summary>
    public static int CountPrunedFiles(FileTableSource table, ScanRequest request) =>
        table.Files.Count(file => !PartitionPruning.MayMatch(table, file, request.Constraints));

    private IFileFormat FormatOf(FileTableSource table) =>
        formats.FirstOrDefault(format => string.Equals(format.Name, table.Format, StringComparison.Ordinal))
        ?? throw new QueryException(
            ErrorCodes.UndefinedObject,
            $"unknown file format \"{table.Format}\"",
            hint: $"Formats are: {string.Join(", ", formats.Select(format => format.Name).Order(StringComparer.Ordinal))}.");
}
