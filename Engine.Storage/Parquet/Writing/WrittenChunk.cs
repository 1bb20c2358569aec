namespace Engine.Storage.Parquet.Writing;

/// <summary>A data page of a chunk as the page index tells of it.</summary>
/// <param name="Offset">From the chunk's first data page.</param>
/// <param name="Length">With its header.</param>
/// <param name="FirstRow">In its row group.</param>
/// <param name="ValueCount">NULLs and empty lists included.</param>
/// <param name="NullCount">Entries without a value.</param>
/// <param name="Bounds">Null where all is NULL, or a value has no place in the order.</param>
/// <param name="ByteArrayBytes">Of the values of byte arrays.</param>
internal sealed record WrittenPage(long Offset, int Length, long FirstRow, int ValueCount, int NullCount, ValueBounds? Bounds, long? ByteArrayBytes);

/// <summary>A column chunk as the footer tells of it.</summary>
internal sealed record WrittenChunk
{
    public required StoredLeaf Leaf { get; init; }

    public required IReadOnlyList<WrittenPage> Pages { get; init; }

    /// <summary>How many pages of each kind and encoding.</summary>
    public required IReadOnlyDictionary<(PageType Page, ParquetEncoding Encoding), int> EncodingCounts { get; init; }

    public required long UncompressedBytes { get; init; }

    public required long CompressedBytes { get; init; }

    /// <summary>Of the whole chunk; null where it has no value, or one without a place in the order.</summary>
    public required ValueBounds? Bounds { get; init; }

    /// <summary>Null where it is not known.</summary>
    public required long? DistinctCount { get; init; }

    /// <summary>Entries by definition level; counted for nested leaves alone.</summary>
    public required long[] DefinitionCounts { get; init; }

    /// <summary>Entries by repetition level; counted for nested leaves alone.</summary>
    public required long[] RepetitionCounts { get; init; }

    /// <summary>Whether the order of pages by their bounds is known, and which it is.</summary>
    public required BoundaryOrder? Order { get; init; }

    /// <summary>The bloom filter with its header, or null.</summary>
    public byte[]? Bloom { get; init; }

    /// <summary>Null without a dictionary.</summary>
    public long? DictionaryOffset { get; set; }

    public long DataOffset { get; set; }

    public long BloomOffset { get; set; }

    public (long Offset, int Length) ColumnIndex { get; set; }

    public (long Offset, int Length) OffsetIndex { get; set; }

    public long ValueCount => Pages.Sum(page => (long)page.ValueCount);

    public long NullCount => Pages.Sum(page => (long)page.NullCount);
}

/// <summary>How the bounds of pages follow each other, numbered as in the format.</summary>
internal enum BoundaryOrder
{
    Unordered,
    Ascending,
    Descending,
}

/// <summary>A row group as the footer tells of it.</summary>
internal sealed record WrittenGroup(IReadOnlyList<WrittenChunk> Chunks, long RowCount, long Offset);
