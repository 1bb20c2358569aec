using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Core.Connectors;

/// <summary>A file format: how to learn a schema from files, cut them into pieces and read the pieces.</summary>
public interface IFileFormat
{
    /// <summary>As in catalog files: csv, json, log, parquet, arrow, text.</summary>
    string Name { get; }

    /// <summary>The table function that reads files in this format.</summary>
    string FunctionName => "read_" + Name;

    /// <summary>The options it understands, with a line of description each; others are refused by name.</summary>
    IReadOnlyDictionary<string, string> OptionDescriptions { get; }

    /// <summary>Whether its sources apply <see cref="FileScan.Conditions"/> themselves.</summary>
    bool AppliesConditions => false;

    /// <summary>Whether a file of this name (compression suffix taken off) is of this format.</summary>
    bool Claims(string path);

    /// <summary>Learns schema and options from a sample. The same bytes give the same answer.</summary>
    /// <param name="files">At least one.</param>
    /// <param name="options">As told by the user.</param>
    /// <param name="declared">The columns as the table declares them, or null to infer them.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    FormatInference Infer(IReadOnlyList<DataFile> files, FormatOptions options, Schema? declared, CancellationToken cancellationToken);

    /// <summary>Pieces of the file that different threads can read at once, in file order; one when it cannot be cut.</summary>
    IReadOnlyList<FileSplit> Split(DataFile file, FileScan scan, CancellationToken cancellationToken);

    IBatchSource Open(FileSplit split, FileScan scan, ScanContext context);

    /// <summary>What the file's own metadata says, or null when it would have to be scanned.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">Settled options.</param>
    /// <param name="fileSchema">All columns of the table that lie in its files.</param>
    /// <param name="columns">Those that are asked about, as indexes into <paramref name="fileSchema"/>; nothing is looked at for others.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    FileStatistics? TryGetStatistics(DataFile file, FormatOptions options, Schema fileSchema, ImmutableArray<int> columns, CancellationToken cancellationToken);
}

/// <summary>A stretch of one file: bytes for text formats, rows for Parquet, record batches for Arrow.</summary>
public sealed record FileSplit(DataFile File, long Start, long Length);

/// <summary>How the files of a table are to be read.</summary>
/// <param name="Options">Settled options.</param>
/// <param name="FileSchema">All columns of the table that lie in its files; a file may lack some, which are NULL then.</param>
/// <param name="Projection">Indexes into <paramref name="FileSchema"/>, in the order of the batches' columns.</param>
/// <param name="Constraints">Over <paramref name="FileSchema"/>.</param>
/// <param name="OnError">What happens to what does not fit.</param>
/// <param name="WithRowNumbers">Whether a last column gives each row's number in its file, from 1; the file is then one split.</param>
/// <param name="ErrorsOnly">Whether the rows wanted are the errors themselves, in the columns of <see cref="RowErrorColumns"/>.</param>
public sealed record FileScan(
    FormatOptions Options,
    Schema FileSchema,
    ImmutableArray<int> Projection,
    ImmutableArray<ColumnConstraint> Constraints,
    OnError OnError,
    bool WithRowNumbers = false,
    bool ErrorsOnly = false)
{
    /// <summary>Conditions over <see cref="FileSchema"/>; only for formats that apply them.</summary>
    public ImmutableArray<RowCondition> Conditions { get; init; } = [];

    /// <summary>Bounds over <see cref="FileSchema"/> that become known while the query runs; only for formats that apply conditions.</summary>
    public ImmutableArray<IRuntimeConstraint> RuntimeConstraints { get; init; } = [];
}

/// <summary>The columns of a table's <c>$errors</c> companion.</summary>
public static class RowErrorColumns
{
    public static readonly Schema Schema = Schema.Of(
        new Field("path", DataType.Varchar),
        new Field("line", DataType.BigInt),
        new Field("column", DataType.Varchar),
        new Field("value", DataType.Varchar),
        new Field("reason", DataType.Varchar));
}
