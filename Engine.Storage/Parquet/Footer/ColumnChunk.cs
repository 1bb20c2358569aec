namespace Engine.Storage.Parquet.Footer;

/// <summary>One column of a row group.</summary>
internal sealed class ColumnChunk
{
    public PhysicalType Physical { get; private set; }

    public ParquetCodec Codec { get; private set; }

    public long ValueCount { get; private set; }

    public long CompressedLength { get; private set; }

    /// <summary>Before compression, heads of pages included.</summary>
    public long UncompressedLength { get; private set; }

    /// <summary>A bit for each <see cref="ParquetEncoding"/> that its pages are said to use.</summary>
    public uint EncodingBits { get; private set; }

    /// <summary>Where its metadata stands outside of the footer, as old writers put it; of newer ones 0, or anything.</summary>
    public long FileOffset { get; private set; }

    public long? IndexPageOffset { get; private set; }

    public long DataPageOffset { get; private set; }

    public long? DictionaryPageOffset { get; private set; }

    public ChunkStatistics? Statistics { get; private set; }

    public FileRange? OffsetIndex { get; private set; }

    public FileRange? ColumnIndex { get; private set; }

    /// <summary>Where the bloom filter begins, if there is one.</summary>
    public long? BloomOffset { get; private set; }

    /// <summary>Bytes of the bloom filter; null when the writer does not say.</summary>
    public int? BloomLength { get; private set; }

    public bool IsEncrypted { get; private set; }

    /// <summary>Another file that the chunk lies in, which no writer of today does.</summary>
    public string? OtherFile { get; private set; }

    /// <summary>Where its first page begins. Some writers give 0 for a dictionary that is not there.</summary>
    public long Start => DictionaryPageOffset is > 0 and { } dictionary ? Math.Min(dictionary, DataPageOffset) : DataPageOffset;

    /// <summary>Reads the ColumnChunk structure. Fields of another type than expected are passed over.</summary>
    public static ColumnChunk Read(ref CompactReader reader)
    {
        var chunk = new ColumnChunk();
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.Binary):
                    chunk.OtherFile = reader.ReadString();
                    break;
                case (2, CompactType.Int64):
                    chunk.FileOffset = reader.ReadInt64();
                    break;
                case (3, CompactType.Struct):
                    chunk.ReadMetadata(ref reader);
                    break;
                case (4, CompactType.Int64):
                    chunk.OffsetIndex = (chunk.OffsetIndex ?? default) with { Offset = reader.ReadInt64() };
                    break;
                case (5, CompactType.Int32):
                    chunk.OffsetIndex = (chunk.OffsetIndex ?? default) with { Length = reader.ReadInt32() };
                    break;
                case (6, CompactType.Int64):
                    chunk.ColumnIndex = (chunk.ColumnIndex ?? default) with { Offset = reader.ReadInt64() };
                    break;
                case (7, CompactType.Int32):
                    chunk.ColumnIndex = (chunk.ColumnIndex ?? default) with { Length = reader.ReadInt32() };
                    break;
                case (8, CompactType.Struct):
                    chunk.IsEncrypted = true;
                    reader.Skip(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return chunk;
    }

    private void ReadMetadata(ref CompactReader reader)
    {
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.Int32):
                    Physical = FooterParser.ReadPhysical(ref reader);
                    break;
                case (2, CompactType.List):
                    EncodingBits = ReadEncodings(ref reader);
                    break;
                case (4, CompactType.Int32):
                    Codec = (ParquetCodec)reader.ReadInt32();
                    break;
                case (5, CompactType.Int64):
                    ValueCount = reader.ReadInt64();
                    break;
                case (6, CompactType.Int64):
                    UncompressedLength = reader.ReadInt64();
                    break;
                case (7, CompactType.Int64):
                    CompressedLength = reader.ReadInt64();
                    break;
                case (9, CompactType.Int64):
                    DataPageOffset = reader.ReadInt64();
                    break;
                case (10, CompactType.Int64):
                    IndexPageOffset = reader.ReadInt64();
                    break;
                case (11, CompactType.Int64):
                    DictionaryPageOffset = reader.ReadInt64();
                    break;
                case (12, CompactType.Struct):
                    Statistics = StatisticsParser.Read(ref reader);
                    break;
                case (14, CompactType.Int64):
                    BloomOffset = reader.ReadInt64();
                    break;
                case (15, CompactType.Int32):
                    BloomLength = reader.ReadInt32();
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }
    }

    private static uint ReadEncodings(ref CompactReader reader)
    {
        var bits = 0u;
        for (var count = reader.ReadListHead(out var element); count > 0; count--)
        {
            if (element != CompactType.Int32)
            {
                // Pages say for themselves how they are encoded: nothing is lost.
                reader.SkipElement(element);
                continue;
            }

            // Numbers of encodings to come say nothing here.
            var encoding = reader.ReadInt32();
            bits |= encoding is >= 0 and < 32 ? 1u << encoding : 0;
        }

        return bits;
    }
}
