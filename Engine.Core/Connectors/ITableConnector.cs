namespace Engine.Core.Connectors;

/// <summary>Reads the tables of one kind of source.</summary>
public interface ITableConnector
{
    /// <summary>Whether it reads sources of this kind.</summary>
    bool Reads(TableSource source);

    /// <summary>Pieces that can be read at once, in the order of the table's rows.</summary>
    IReadOnlyList<Split> ListSplits(TableSource source, ScanRequest request, CancellationToken cancellationToken);

    IBatchSource Open(Split split, TableSource source, ScanRequest request, ScanContext context);
}

/// <summary>A piece of a table, serialisable: a coordinator lists them, workers open them.</summary>
[System.Text.Json.Serialization.JsonDerivedType(typeof(FileTableSplit), "file")]
public abstract record Split;

/// <summary>A piece of one file of a file table.</summary>
/// <param name="FileIndex">Index into the table's files.</param>
/// <param name="Start">As in <see cref="FileSplit"/>.</param>
/// <param name="Length">As in <see cref="FileSplit"/>.</param>
public sealed record FileTableSplit(int FileIndex, long Start, long Length) : Split;
