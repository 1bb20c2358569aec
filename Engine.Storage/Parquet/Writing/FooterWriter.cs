using System.Collections.Immutable;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Writes the footer's structures (FileMetaData in parquet.thrift), the counterpart of <see cref="FooterParser"/>.</summary>
internal sealed class FooterWriter(CompactWriter writer, StoredSchema schema, ParquetWriteOptions options)
{
    private const int FormatVersion = 2;

    private static readonly string CreatedBy = $"QueryEngine version {typeof(FooterWriter).Assembly.GetName().Version?.ToString(3)}";

    public void Write(IReadOnlyList<WrittenGroup> groups, ImmutableArray<(int Leaf, SortedColumn Column)> sortedBy)
    {
        writer.BeginStruct();
        writer.Write(1, FormatVersion);
        writer.BeginList(2, CompactType.Struct, schema.Elements.Length);
        for (var i = 0; i < schema.Elements.Length; i++)
        {
            SchemaElementWriter.Write(writer, schema.Elements[i], isRoot: i == 0);
        }

        writer.Write(3, groups.Sum(group => group.RowCount));
        writer.BeginList(4, CompactType.Struct, groups.Count);
        for (var i = 0; i < groups.Count; i++)
        {
            WriteGroup(groups[i], i, sortedBy);
        }

        WriteMetadata();
        writer.Write(6, CreatedBy);

        // Without these, readers do not trust min_value and max_value: TypeDefinedOrder for every leaf.
        writer.BeginList(7, CompactType.Struct, schema.Leaves.Length);
        foreach (var _ in schema.Leaves)
        {
            writer.BeginStruct();
            writer.WriteEmptyStruct(1);
            writer.EndStruct();
        }

        writer.EndStruct();
    }

    private void WriteMetadata()
    {
        if (options.Metadata.IsEmpty)
        {
            return;
        }

        writer.BeginList(5, CompactType.Struct, options.Metadata.Length);
        foreach (var (key, value) in options.Metadata)
        {
            writer.BeginStruct();
            writer.Write(1, key);
            writer.Write(2, value);
            writer.EndStruct();
        }
    }

    private void WriteGroup(WrittenGroup group, int ordinal, ImmutableArray<(int Leaf, SortedColumn Column)> sortedBy)
    {
        writer.BeginStruct();
        writer.BeginList(1, CompactType.Struct, group.Chunks.Count);
        foreach (var chunk in group.Chunks)
        {
            WriteChunk(chunk);
        }

        writer.Write(2, group.Chunks.Sum(chunk => chunk.UncompressedBytes));
        writer.Write(3, group.RowCount);
        if (!sortedBy.IsEmpty)
        {
            writer.BeginList(4, CompactType.Struct, sortedBy.Length);
            foreach (var (leaf, column) in sortedBy)
            {
                writer.BeginStruct();
                writer.Write(1, leaf);
                writer.Write(2, column.IsDescending);
                writer.Write(3, column.NullsFirst);
                writer.EndStruct();
            }
        }

        writer.Write(5, group.Offset);
        writer.Write(6, group.Chunks.Sum(chunk => chunk.CompressedBytes));
        if (ordinal <= short.MaxValue)
        {
            writer.Write(7, (short)ordinal);
        }

        writer.EndStruct();
    }

    private void WriteChunk(WrittenChunk chunk)
    {
        writer.BeginStruct();

        // Once the place of metadata beside the chunk, which nobody writes; the specification asks for 0.
        writer.Write(2, 0L);
        writer.BeginStruct(3);
        WriteChunkMetadata(chunk);
        writer.EndStruct();
        writer.Write(4, chunk.OffsetIndex.Offset);
        writer.Write(5, chunk.OffsetIndex.Length);
        if (chunk.ColumnIndex.Length > 0)
        {
            writer.Write(6, chunk.ColumnIndex.Offset);
            writer.Write(7, chunk.ColumnIndex.Length);
        }

        writer.EndStruct();
    }

    private void WriteChunkMetadata(WrittenChunk chunk)
    {
        var encodings = chunk.EncodingCounts.Keys.Select(key => key.Encoding).Append(ParquetEncoding.Rle).Distinct().Order().ToArray();
        writer.Write(1, (int)chunk.Leaf.Element.Physical!.Value);
        writer.BeginList(2, CompactType.Int32, encodings.Length);
        foreach (var encoding in encodings)
        {
            writer.WriteElement((long)encoding);
        }

        writer.BeginList(3, CompactType.Binary, chunk.Leaf.Path.Length);
        foreach (var name in chunk.Leaf.Path)
        {
            writer.WriteElement(name);
        }

        writer.Write(4, (int)PageCompressor.CodecOf(options.Compression));
        writer.Write(5, chunk.ValueCount);
        writer.Write(6, chunk.UncompressedBytes);
        writer.Write(7, chunk.CompressedBytes);
        writer.Write(9, chunk.DataOffset);
        if (chunk.DictionaryOffset is { } dictionary)
        {
            writer.Write(11, dictionary);
        }

        WriteStatistics(chunk);
        writer.BeginList(13, CompactType.Struct, chunk.EncodingCounts.Count);
        foreach (var ((page, encoding), count) in chunk.EncodingCounts)
        {
            writer.BeginStruct();
            writer.Write(1, (int)page);
            writer.Write(2, (int)encoding);
            writer.Write(3, count);
            writer.EndStruct();
        }

        if (chunk.Bloom is { } bloom)
        {
            writer.Write(14, chunk.BloomOffset);
            writer.Write(15, bloom.Length);
        }

        WriteSizes(chunk);
    }

    private void WriteStatistics(WrittenChunk chunk)
    {
        writer.BeginStruct(12);
        writer.Write(3, chunk.NullCount);
        if (chunk.DistinctCount is { } distinct)
        {
            writer.Write(4, distinct);
        }

        if (chunk.Bounds is { } bounds)
        {
            writer.Write(5, bounds.Max);
            writer.Write(6, bounds.Min);
            writer.Write(7, bounds.IsMaxExact);
            writer.Write(8, bounds.IsMinExact);
        }

        writer.EndStruct();
    }

    /// <summary>Where levels say no more than which rows are NULL, their counts are left out, as the format allows.</summary>
    private void WriteSizes(WrittenChunk chunk)
    {
        var byteArrayBytes = chunk.Pages.Any(page => page.ByteArrayBytes is not null) ? chunk.Pages.Sum(page => page.ByteArrayBytes) : null;
        if (byteArrayBytes is null && chunk.Leaf.MaxDefinition <= 1)
        {
            return;
        }

        writer.BeginStruct(16);
        if (byteArrayBytes is { } bytes)
        {
            writer.Write(1, bytes);
        }

        if (chunk.Leaf.MaxRepetition > 0)
        {
            WriteCounts(2, chunk.RepetitionCounts);
        }

        if (chunk.Leaf.MaxDefinition > 1)
        {
            WriteCounts(3, chunk.DefinitionCounts);
        }

        writer.EndStruct();
    }

    private void WriteCounts(int id, long[] counts)
    {
        writer.BeginList(id, CompactType.Int64, counts.Length);
        foreach (var count in counts)
        {
            writer.WriteElement(count);
        }
    }
}
