using System.Collections.Immutable;
using Engine.Core.Connectors;

namespace Engine.Storage.Connectors;

/// <summary>Which of the columns that a scan asks for lie in the files, and where the others come from.</summary>
internal sealed class FileTableLayout
{
    private readonly FileTableSource _table;
    private readonly ScanRequest _request;

    public FileTableLayout(FileTableSource table, ScanRequest request)
    {
        _table = table;
        _request = request;
        if (table.ErrorsOnly)
        {
            // Every column is read, as any of them may hold an error; the batches have the columns of the errors.
            Scan = new FileScan(table.Options, table.FileSchema, [.. Enumerable.Range(0, table.FileSchema.Count)], [], table.OnError, ErrorsOnly: true);
            Origins = [.. request.Projection.Select(column => (ColumnOrigin.File, column))];
            return;
        }

        var fileColumnCount = table.FileSchema.Count;
        var inFile = request.Projection.Where(column => column < fileColumnCount).ToImmutableArray();
        var rowNumber = table.Schema.Count - HiddenColumns.All.Length + HiddenColumns.All.IndexOf(HiddenColumns.RowNumber);
        Scan = new FileScan(
            table.Options,
            table.FileSchema,
            inFile,
            [.. request.Constraints.Where(constraint => constraint.Column < fileColumnCount)],
            table.OnError,
            WithRowNumbers: request.Projection.Contains(rowNumber))
        {
            Conditions = request.Conditions,
            RuntimeConstraints = request.RuntimeConstraints,
        };
        IsInFilesAlone = inFile.Length == request.Projection.Length;
        Origins = [.. request.Projection.Select(column => OriginOf(column, rowNumber))];
    }

    /// <summary>What the format is asked.</summary>
    public FileScan Scan { get; }

    /// <summary>Whether the format's batches are the answer as they are.</summary>
    public bool IsInFilesAlone { get; }

    /// <summary>For each column of the answer: where it comes from, and its index there.</summary>
    public ImmutableArray<(ColumnOrigin Origin, int Index)> Origins { get; }

    public FileTableSource Table => _table;

    private (ColumnOrigin Origin, int Index) OriginOf(int column, int rowNumber)
    {
        if (column < _table.FileSchema.Count)
        {
            return (ColumnOrigin.File, _request.Projection.TakeWhile(other => other != column).Count(other => other < _table.FileSchema.Count));
        }

        if (column == rowNumber)
        {
            return (ColumnOrigin.File, Scan.Projection.Length);
        }

        var place = column - _table.FileSchema.Count;
        return place < _table.PartitionSchema.Count
            ? (ColumnOrigin.Partition, place)
            : (ColumnOrigin.Hidden, place - _table.PartitionSchema.Count);
    }
}

/// <summary>Where a column of a file table comes from.</summary>
internal enum ColumnOrigin
{
    /// <summary>The format's batch.</summary>
    File,

    /// <summary>The file's path.</summary>
    Partition,

    /// <summary>What the store says of the file.</summary>
    Hidden,
}
