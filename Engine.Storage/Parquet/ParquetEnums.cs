namespace Engine.Storage.Parquet;

/// <summary>How values are stored, numbered as in the format.</summary>
internal enum PhysicalType
{
    Boolean,
    Int32,
    Int64,
    Int96,
    Float,
    Double,
    ByteArray,
    FixedLenByteArray,
}

/// <summary>Whether a field may be missing or occur more than once.</summary>
internal enum Repetition
{
    Required,
    Optional,
    Repeated,
}

/// <summary>The older way to say what values mean.</summary>
internal enum ConvertedType
{
    Utf8,
    Map,
    MapKeyValue,
    List,
    Enum,
    Decimal,
    Date,
    TimeMillis,
    TimeMicros,
    TimestampMillis,
    TimestampMicros,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Int8,
    Int16,
    Int32,
    Int64,
    Json,
    Bson,
    Interval,
}

/// <summary>The newer way to say what values mean: the field numbers of the LogicalType union.</summary>
internal enum LogicalKind
{
    None,
    String,
    Map,
    List,
    Enum,
    Decimal,
    Date,
    Time,
    Timestamp,
    Integer = 10,
    Unknown,
    Json,
    Bson,
    Uuid,
    Float16,
    Variant,
}

/// <summary>How the values of a page are laid out.</summary>
internal enum ParquetEncoding
{
    Plain = 0,
    PlainDictionary = 2,
    Rle = 3,
    BitPacked = 4,
    DeltaBinaryPacked = 5,
    DeltaLengthByteArray = 6,
    DeltaByteArray = 7,
    RleDictionary = 8,
    ByteStreamSplit = 9,
}

/// <summary>How the bytes of a page are compressed.</summary>
internal enum ParquetCodec
{
    Uncompressed,
    Snappy,
    Gzip,
    Lzo,
    Brotli,
    Lz4,
    Zstd,
    Lz4Raw,
}

/// <summary>What a page holds.</summary>
internal enum PageType
{
    Data,
    Index,
    Dictionary,
    DataV2,
}

/// <summary>By which order the bounds of a column are the lowest and highest: the field numbers of the ColumnOrder union.</summary>
internal enum ColumnOrder
{
    Unknown,

    /// <summary>The order that the format defines for the column's type.</summary>
    ByType,

    /// <summary>IEEE 754's total order, of floating-point columns.</summary>
    Ieee754,
}
