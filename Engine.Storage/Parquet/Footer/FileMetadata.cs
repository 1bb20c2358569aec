using System.Collections.Immutable;

namespace Engine.Storage.Parquet.Footer;

/// <summary>The footer of a file.</summary>
internal sealed record FileMetadata(
    ImmutableArray<SchemaElement> Schema,
    long RowCount,
    ImmutableArray<RowGroup> RowGroups,
    ImmutableDictionary<string, string> KeyValues,
    string CreatedBy,
    ImmutableArray<ColumnOrder> ColumnOrders);

/// <summary>A node of the schema tree, which is stored in depth-first order.</summary>
internal sealed record SchemaElement
{
    public PhysicalType? Physical { get; init; }

    public int TypeLength { get; init; }

    public Repetition Repetition { get; init; }

    public string Name { get; init; } = "";

    public int ChildCount { get; init; }

    public ConvertedType? Converted { get; init; }

    public int Scale { get; init; }

    public int Precision { get; init; }

    public LogicalType Logical { get; init; }

    /// <summary>An id that table formats follow a column by through its changes of name; null when the writer gives none.</summary>
    public int? FieldId { get; init; }
}

/// <summary>A logical type with those of the parameters that it has.</summary>
/// <param name="Kind">Which it is.</param>
/// <param name="Scale">Of decimals.</param>
/// <param name="Precision">Of decimals.</param>
/// <param name="IsUtc">Whether times are instants.</param>
/// <param name="Unit">Of times: 1 milliseconds, 2 microseconds, 3 nanoseconds.</param>
/// <param name="BitWidth">Of integers.</param>
/// <param name="IsSigned">Of integers.</param>
internal readonly record struct LogicalType(
    LogicalKind Kind, int Scale = 0, int Precision = 0, bool IsUtc = false, int Unit = 0, int BitWidth = 0, bool IsSigned = false);

/// <summary>Rows that are stored together, column by column.</summary>
/// <param name="Columns">One for each leaf of the schema; nothing of a chunk is known before it is asked for.</param>
/// <param name="RowCount">Rows of each.</param>
/// <param name="UncompressedLength">Bytes of all pages before compression, as the writer says.</param>
/// <param name="CompressedLength">Bytes of all pages as stored; null when the writer does not say.</param>
internal sealed record RowGroup(ColumnChunks Columns, long RowCount, long UncompressedLength, long? CompressedLength);

/// <summary>Bounds as stored: <see cref="OldMin"/> and <see cref="OldMax"/> are of unclear order but for signed integers.</summary>
internal sealed record ChunkStatistics
{
    public byte[]? OldMin { get; init; }

    public byte[]? OldMax { get; init; }

    public byte[]? Min { get; init; }

    public byte[]? Max { get; init; }

    public long? NullCount { get; init; }

    public long? DistinctCount { get; init; }

    /// <summary>Whether the bounds are values of the column rather than cut or rounded ones; null when the writer does not say.</summary>
    public bool? IsMinExact { get; init; }

    public bool? IsMaxExact { get; init; }
}

/// <summary>The head of a page.</summary>
internal sealed record PageHeader
{
    public PageType Type { get; init; } = (PageType)(-1);

    public int UncompressedLength { get; init; } = -1;

    public int CompressedLength { get; init; } = -1;

    public int ValueCount { get; init; } = -1;

    public ParquetEncoding Encoding { get; init; }

    /// <summary>Of the levels of version 1; those of version 2 are always runs.</summary>
    public ParquetEncoding DefinitionEncoding { get; init; } = ParquetEncoding.Rle;

    public ParquetEncoding RepetitionEncoding { get; init; } = ParquetEncoding.Rle;

    /// <summary>CRC-32 of the page as it is stored, without its head.</summary>
    public uint? Checksum { get; init; }

    /// <summary>Of version 2, whose levels lie before the values and are never compressed.</summary>
    public int DefinitionLength { get; init; }

    public int RepetitionLength { get; init; }

    public bool IsCompressed { get; init; } = true;
}
