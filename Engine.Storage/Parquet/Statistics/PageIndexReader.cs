using System.Collections.Immutable;
using Engine.Storage.ObjectStores;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Statistics;

/// <summary>Reads the page index of a column chunk, as far as there is one that makes sense: a scan goes well without.</summary>
internal static class PageIndexReader
{
    private const int MaxLength = 64 << 20;

    private delegate T StructReader<T>(ref CompactReader reader);

    /// <summary>Where the pages lie; null when that is not known.</summary>
    public static ImmutableArray<PageLocation>? ReadLocations(IRangeReader reader, ColumnChunk chunk, long rowCount, CancellationToken cancellationToken)
    {
        if (Read(reader, chunk.OffsetIndex, PageIndexParser.ReadOffsetIndex, cancellationToken) is not { IsDefaultOrEmpty: false } pages || pages[0].FirstRow != 0)
        {
            return null;
        }

        for (var i = 0; i < pages.Length; i++)
        {
            var (start, firstRow) = i == 0 ? (chunk.Start, -1) : (pages[i - 1].Offset + pages[i - 1].Length, pages[i - 1].FirstRow);
            if (pages[i].Offset < start || pages[i].Length <= 0 || pages[i].Offset > reader.Length - pages[i].Length
                || pages[i].FirstRow <= firstRow || pages[i].FirstRow >= rowCount)
            {
                return null;
            }
        }

        return pages;
    }

    /// <summary>The bounds of so many pages; null when they are not known.</summary>
    public static ColumnIndex? ReadBounds(IRangeReader reader, ColumnChunk chunk, int pageCount, CancellationToken cancellationToken) =>
        Read(reader, chunk.ColumnIndex, PageIndexParser.ReadColumnIndex, cancellationToken) is { } index && index.NullPages.Length == pageCount ? index : null;

    private static T? Read<T>(IRangeReader reader, FileRange? range, StructReader<T> parse, CancellationToken cancellationToken)
    {
        if (range is not var (offset, length) || length is <= 0 or > MaxLength || offset < 4 || offset > reader.Length - length)
        {
            return default;
        }

        var bytes = new byte[length];
        var thrift = new CompactReader(bytes.AsSpan(0, reader.Read(offset, bytes, cancellationToken)));
        try
        {
            return parse(ref thrift);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            return default;
        }
    }
}
