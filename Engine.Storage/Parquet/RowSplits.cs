using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Storage.ObjectStores;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet;

/// <summary>
/// Cuts a file into pieces, by rows, that threads can read side by side: its row groups, and where those are few and large, parts of them. A part
/// passes over the pages before it by their headers, or not even that where the file has an offset index.
/// </summary>
/// <param name="store">Where the file lies.</param>
/// <param name="file">The file.</param>
/// <param name="footer">Its footer.</param>
/// <param name="scan">Says which columns are read.</param>
internal sealed class RowSplits(IObjectStore store, DataFile file, ParquetFile footer, FileScan scan)
{
    /// <summary>Rows of a part at least: enough to be worth another look at the dictionaries.</summary>
    private const long MinPartRowCount = 1 << 17;

    /// <summary>Bytes that the header of a page fits into, but for statistics of long strings.</summary>
    private const int HeaderLength = 1 << 10;

    /// <summary>So many row groups keep all threads busy to the end without being cut.</summary>
    private static readonly int PlentyOfGroups = 4 * Environment.ProcessorCount;

    /// <summary>In file order; none for a file without rows.</summary>
    public IReadOnlyList<FileSplit> Cut()
    {
        var groups = footer.Metadata.RowGroups;
        if (scan.WithRowNumbers)
        {
            return [new FileSplit(file, 0, footer.RowCount)];
        }

        var splits = new List<FileSplit>(groups.Length);
        var start = 0L;
        foreach (var group in groups)
        {
            var partLength = groups.Length < PlentyOfGroups && group.RowCount >= 2 * MinPartRowCount ? PartLength(group) : group.RowCount;
            for (var done = 0L; done < group.RowCount; done += partLength)
            {
                splits.Add(new FileSplit(file, start + done, Math.Min(partLength, group.RowCount - done)));
            }

            start += group.RowCount;
        }

        return splits;
    }

    /// <summary>Rows of the parts: whole pages of the column that takes longest. All of the group where it has few pages, which every part would decompress.</summary>
    private long PartLength(RowGroup group)
    {
        var leaves = ScannedColumns.LeavesOf(footer, scan);
        if (leaves.IsEmpty || leaves.Any(leaf => leaf.Levels.Repetition > 0))
        {
            // In lists no page says how many rows it has: all of them would be read.
            return group.RowCount;
        }

        var pageLength = FirstPageLength(leaves.Select(leaf => group.Columns[leaf.LeafIndex]).MaxBy(chunk => chunk.CompressedLength)!);
        return pageLength <= 0 ? group.RowCount : (MinPartRowCount + pageLength - 1) / pageLength * pageLength;
    }

    /// <summary>Rows of the first data page of a flat column; 0 when that cannot be read, which is for the scan to report.</summary>
    private long FirstPageLength(ColumnChunk chunk)
    {
        if (chunk.IsEncrypted || chunk.DataPageOffset < 4 || chunk.DataPageOffset >= footer.FooterStart)
        {
            return 0;
        }

        using var reader = store.Open(file);
        Span<byte> bytes = stackalloc byte[HeaderLength];
        var thrift = new CompactReader(bytes[..reader.Read(chunk.DataPageOffset, bytes, CancellationToken.None)]);
        try
        {
            return PageHeaderParser.Read(ref thrift) is { Type: PageType.Data or PageType.DataV2 } header ? header.ValueCount : 0;
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            return 0;
        }
    }
}
