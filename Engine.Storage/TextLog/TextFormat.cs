using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.TextLog;

/// <summary>Lines as they are: one row a line, in the column <c>line</c>.</summary>
/// <param name="store">Where the files lie.</param>
public sealed class TextFormat(IObjectStore store) : IFileFormat
{
    private static readonly Schema Lines = Schema.Of(new Field("line", DataType.Varchar));

    private static readonly ImmutableSortedDictionary<string, string> Descriptions =
        LogOptions.Descriptions.RemoveRange(["pattern", "preset", "patterns", "multiline", "timestampformat"]);

    private readonly LogFormat _lines = new(store);

    public string Name => "text";

    public IReadOnlyDictionary<string, string> OptionDescriptions => Descriptions;

    /// <summary>A log without a pattern is lines of text.</summary>
    public bool Claims(string path) => path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".log", StringComparison.OrdinalIgnoreCase);

    public FormatInference Infer(IReadOnlyList<DataFile> files, FormatOptions options, Schema? declared, CancellationToken cancellationToken)
    {
        _ = new Text.OptionReader(Name, options, Descriptions);
        var inference = _lines.Infer(files, WithPattern(options), Lines, cancellationToken);
        return inference with { Options = new FormatOptions(inference.Options.Values.Remove("pattern")) };
    }

    public IReadOnlyList<FileSplit> Split(DataFile file, FileScan scan, CancellationToken cancellationToken) => _lines.Split(file, WithPattern(scan), cancellationToken);

    public IBatchSource Open(FileSplit split, FileScan scan, ScanContext context) => _lines.Open(split, WithPattern(scan), context);

    public FileStatistics? TryGetStatistics(DataFile file, FormatOptions options, Schema fileSchema, ImmutableArray<int> columns, CancellationToken cancellationToken) => null;

    private static FormatOptions WithPattern(FormatOptions options) => options.With("pattern", "(?s)(?<line>.*)");

    private static FileScan WithPattern(FileScan scan) => scan with { Options = WithPattern(scan.Options) };
}
