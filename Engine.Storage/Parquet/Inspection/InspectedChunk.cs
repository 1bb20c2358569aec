using System.Collections.Immutable;
using Engine.Core.Types;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>A column chunk as a row of <c>parquet_metadata</c>.</summary>
/// <param name="File">Where it is.</param>
/// <param name="GroupIndex">Of its row group.</param>
/// <param name="Leaf">Whose values it has.</param>
internal sealed record InspectedChunk(InspectedFile File, int GroupIndex, LeafNode Leaf)
{
    /// <summary>Columns that DuckDB's function of this name has are called and mean the same; those behind the statistics' exactness are ours.</summary>
    public static readonly ImmutableArray<InspectionColumn<InspectedChunk>> Columns =
    [
        InspectionColumn<InspectedChunk>.Text("file_name", row => row.File.Footer.Path),
        InspectionColumn<InspectedChunk>.Number("row_group_id", row => row.GroupIndex),
        InspectionColumn<InspectedChunk>.Number("row_group_num_rows", row => row.Group.RowCount),
        InspectionColumn<InspectedChunk>.Number("row_group_num_columns", row => row.Group.Columns.Length),
        InspectionColumn<InspectedChunk>.Number("row_group_bytes", row => row.Group.UncompressedLength),
        InspectionColumn<InspectedChunk>.Number("row_group_compressed_bytes", row => row.Group.CompressedLength),
        InspectionColumn<InspectedChunk>.Number("column_id", row => row.Leaf.LeafIndex),
        InspectionColumn<InspectedChunk>.Text("path_in_schema", row => row.File.LeafPaths[row.Leaf.LeafIndex]),
        InspectionColumn<InspectedChunk>.Text("type", row => FormatTerms.Of(row.Leaf.Element.Physical!.Value)),
        InspectionColumn<InspectedChunk>.Number("num_values", row => row.Chunk.ValueCount),
        InspectionColumn<InspectedChunk>.Text("compression", row => FormatTerms.Of(row.Chunk.Codec)),
        InspectionColumn<InspectedChunk>.Text("encodings", row => FormatTerms.OfEncodings(row.Chunk.EncodingBits)),
        InspectionColumn<InspectedChunk>.Number("file_offset", row => row.Chunk.FileOffset),
        InspectionColumn<InspectedChunk>.Number("index_page_offset", row => row.Chunk.IndexPageOffset),
        InspectionColumn<InspectedChunk>.Number("dictionary_page_offset", row => row.Chunk.DictionaryPageOffset),
        InspectionColumn<InspectedChunk>.Number("data_page_offset", row => row.Chunk.DataPageOffset),
        InspectionColumn<InspectedChunk>.Number("total_compressed_size", row => row.Chunk.CompressedLength),
        InspectionColumn<InspectedChunk>.Number("total_uncompressed_size", row => row.Chunk.UncompressedLength),
        InspectionColumn<InspectedChunk>.Number("bloom_filter_offset", row => row.Chunk.BloomOffset),
        InspectionColumn<InspectedChunk>.Number("bloom_filter_length", row => row.Chunk.BloomLength),
        InspectionColumn<InspectedChunk>.Text("stats_min", row => BoundText.Of(row.Leaf, row.Chunk.Statistics?.OldMin)),
        InspectionColumn<InspectedChunk>.Text("stats_max", row => BoundText.Of(row.Leaf, row.Chunk.Statistics?.OldMax)),
        InspectionColumn<InspectedChunk>.Number("stats_null_count", row => row.Chunk.Statistics?.NullCount),
        InspectionColumn<InspectedChunk>.Number("stats_distinct_count", row => row.Chunk.Statistics?.DistinctCount),
        InspectionColumn<InspectedChunk>.Text("stats_min_value", row => BoundText.Of(row.Leaf, row.Chunk.Statistics?.Min)),
        InspectionColumn<InspectedChunk>.Text("stats_max_value", row => BoundText.Of(row.Leaf, row.Chunk.Statistics?.Max)),
        InspectionColumn<InspectedChunk>.Flag("min_is_exact", row => row.Chunk.Statistics?.IsMinExact),
        InspectionColumn<InspectedChunk>.Flag("max_is_exact", row => row.Chunk.Statistics?.IsMaxExact),
        InspectionColumn<InspectedChunk>.Flag("has_column_index", row => row.Chunk.ColumnIndex is not null),
        InspectionColumn<InspectedChunk>.Flag("has_offset_index", row => row.Chunk.OffsetIndex is not null),
        InspectionColumn<InspectedChunk>.Flag("has_bloom_filter", row => row.Chunk.BloomOffset is not null),
        new("compression_ratio", DataType.Double, row => row.Chunk.CompressedLength > 0 ? (double)row.Chunk.UncompressedLength / row.Chunk.CompressedLength : null),
    ];

    private RowGroup Group => File.Footer.Metadata.RowGroups[GroupIndex];

    public ColumnChunk Chunk => Group.Columns[Leaf.LeafIndex];

    /// <summary>All chunks of a file, row group by row group.</summary>
    public static IEnumerable<InspectedChunk> Of(InspectedFile file, CancellationToken cancellationToken)
    {
        for (var group = 0; group < file.Footer.Metadata.RowGroups.Length; group++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var leaf in file.Footer.Leaves)
            {
                yield return new InspectedChunk(file, group, leaf);
            }
        }
    }
}
