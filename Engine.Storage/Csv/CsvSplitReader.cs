using Engine.Core.Connectors;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>What the reader of one split is told.</summary>
/// <param name="File">The file.</param>
/// <param name="Scan">What is asked.</param>
/// <param name="Context">What it may use.</param>
/// <param name="Options">Settled options.</param>
/// <param name="Dialect">As the options say.</param>
/// <param name="Map">Which fields the columns are.</param>
/// <param name="Lines">Finds line numbers.</param>
/// <param name="End">Records that begin here or behind are not the split's.</param>
/// <param name="VerifyEnd">Told where the first record behind the end begins, to check that the next split begins there.</param>
internal sealed record CsvSplitReader(
    DataFile File,
    FileScan Scan,
    ScanContext Context,
    CsvOptions Options,
    CsvDialect Dialect,
    CsvColumnMap Map,
    TextLines Lines,
    long End,
    Action<long>? VerifyEnd)
{
    /// <summary>Small enough that a block and its index stay in the second-level cache.</summary>
    public const int BlockLength = 256 << 10;
}
