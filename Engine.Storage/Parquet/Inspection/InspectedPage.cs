using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Storage.Compression;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Statistics;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>A page as a row of <c>parquet_pages</c>.</summary>
/// <param name="Chunk">The column chunk that it is in.</param>
/// <param name="Index">Its place among the chunk's pages, its dictionary included.</param>
/// <param name="Page">The page.</param>
/// <param name="FirstRow">Of the row group; null for a dictionary, and where a list's pages do not tell.</param>
/// <param name="RowCount">Rows that begin in it; null as above.</param>
/// <param name="Indexed">What the column index says of it; null when nothing.</param>
internal sealed record InspectedPage(InspectedChunk Chunk, int Index, WalkedPage Page, long? FirstRow, long? RowCount, ChunkStatistics? Indexed)
{
    public static readonly ImmutableArray<InspectionColumn<InspectedPage>> Columns =
    [
        InspectionColumn<InspectedPage>.Text("file_name", row => row.Chunk.File.Footer.Path),
        InspectionColumn<InspectedPage>.Number("row_group_id", row => row.Chunk.GroupIndex),
        InspectionColumn<InspectedPage>.Number("column_id", row => row.Chunk.Leaf.LeafIndex),
        InspectionColumn<InspectedPage>.Text("path_in_schema", row => row.Chunk.File.LeafPaths[row.Chunk.Leaf.LeafIndex]),
        InspectionColumn<InspectedPage>.Number("page_id", row => row.Index),
        InspectionColumn<InspectedPage>.Text("page_type", row => FormatTerms.Of(row.Page.Header.Type)),
        InspectionColumn<InspectedPage>.Number("first_row", row => row.FirstRow),
        InspectionColumn<InspectedPage>.Number("num_rows", row => row.RowCount),
        InspectionColumn<InspectedPage>.Number("num_values", row => row.Page.Header.ValueCount < 0 ? null : row.Page.Header.ValueCount),
        InspectionColumn<InspectedPage>.Number("null_count", row => row.Page.Details.NullCount ?? row.Indexed?.NullCount ?? row.Page.Details.Statistics?.NullCount),
        InspectionColumn<InspectedPage>.Text("encoding", row => row.Page.Header.ValueCount < 0 ? null : FormatTerms.Of(row.Page.Header.Encoding)),
        InspectionColumn<InspectedPage>.Number("page_offset", row => row.Page.Offset),
        InspectionColumn<InspectedPage>.Number("header_size", row => row.Page.HeaderLength),
        InspectionColumn<InspectedPage>.Number("compressed_size", row => row.Page.Header.CompressedLength),
        InspectionColumn<InspectedPage>.Number("uncompressed_size", row => row.Page.Header.UncompressedLength),
        InspectionColumn<InspectedPage>.Text("min", row => BoundText.Of(row.Chunk.Leaf, row.Indexed?.Min ?? row.Page.Details.Statistics?.Min)),
        InspectionColumn<InspectedPage>.Text("max", row => BoundText.Of(row.Chunk.Leaf, row.Indexed?.Max ?? row.Page.Details.Statistics?.Max)),
        InspectionColumn<InspectedPage>.Flag("has_crc", row => row.Page.Header.Checksum is not null),
    ];

    /// <summary>All pages of a file, row group by row group and column by column.</summary>
    public static IEnumerable<InspectedPage> Of(InspectedFile file, CancellationToken cancellationToken) =>
        InspectedChunk.Of(file, cancellationToken).SelectMany(chunk => OfChunk(chunk, cancellationToken));

    private static IEnumerable<InspectedPage> OfChunk(InspectedChunk chunk, CancellationToken cancellationToken)
    {
        if (chunk.Chunk.IsEncrypted || chunk.Chunk.OtherFile is not null)
        {
            throw QueryException.NotSupportedYet($"pages of column \"{chunk.Leaf.Path}\" of \"{chunk.File.Footer.Path}\", which are {(chunk.Chunk.IsEncrypted ? "encrypted" : "in another file")}");
        }

        var pages = Walk(chunk, cancellationToken);
        var rowCount = chunk.File.Footer.Metadata.RowGroups[chunk.GroupIndex].RowCount;
        var dataCount = pages.Count(page => page.IsData);
        var places = PageIndexReader.ReadLocations(chunk.File.Reader, chunk.Chunk, rowCount, cancellationToken) is { } found && found.Length == dataCount ? found : default;
        var bounds = PageIndexReader.ReadBounds(chunk.File.Reader, chunk.Chunk, dataCount, cancellationToken);

        // Without an offset index rows can be counted where every value is a row, or pages of version 2 tell: old writers give values for rows.
        var isFlat = chunk.Leaf.Levels.Repetition == 0;
        var tellsRows = pages.Sum(page => page.Details.RowCount) == rowCount;
        var (data, nextRow) = (0, (long?)0);
        for (var i = 0; i < pages.Count; i++)
        {
            if (!pages[i].IsData)
            {
                yield return new InspectedPage(chunk, i, pages[i], null, null, null);
                continue;
            }

            var firstRow = places.IsDefault ? nextRow : places[data].FirstRow;
            var rows = places.IsDefault
                ? isFlat ? pages[i].Header.ValueCount : tellsRows ? pages[i].Details.RowCount : null
                : (data + 1 < dataCount ? places[data + 1].FirstRow : rowCount) - firstRow;
            yield return new InspectedPage(chunk, i, pages[i], firstRow, rows, bounds?.Pages[data]);
            nextRow = firstRow + rows;
            data++;
        }
    }

    private static List<WalkedPage> Walk(InspectedChunk chunk, CancellationToken cancellationToken)
    {
        try
        {
            return [.. PageWalk.Of(chunk, cancellationToken)];
        }
        catch (InvalidDataException problem)
        {
            throw CorruptData.In(chunk.File.Footer.Path, $"column \"{chunk.Leaf.Path}\" in row group {chunk.GroupIndex}: {problem.Message}", problem);
        }
    }
}
