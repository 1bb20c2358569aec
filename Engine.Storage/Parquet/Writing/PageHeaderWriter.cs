namespace Engine.Storage.Parquet.Writing;

/// <summary>What the header of a page says of its values, the counterpart of <see cref="PageHeaderParser"/> (PageHeader in parquet.thrift).</summary>
internal readonly record struct PageHeaderWriter
{
    private int ValueCount { get; init; }

    private int NullCount { get; init; }

    private int RowCount { get; init; }

    private ParquetEncoding Encoding { get; init; }

    private int DefinitionBytes { get; init; }

    private int RepetitionBytes { get; init; }

    public static PageHeaderWriter Dictionary(int entryCount) => new() { ValueCount = entryCount, Encoding = ParquetEncoding.Plain };

    public static PageHeaderWriter Data(int valueCount, ParquetEncoding encoding) => new() { ValueCount = valueCount, Encoding = encoding };

    public static PageHeaderWriter DataV2(
        int valueCount, int nullCount, int rowCount, ParquetEncoding encoding, int definitionBytes, int repetitionBytes) => new()
    {
        ValueCount = valueCount,
        NullCount = nullCount,
        RowCount = rowCount,
        Encoding = encoding,
        DefinitionBytes = definitionBytes,
        RepetitionBytes = repetitionBytes,
    };

    /// <param name="writer">What the header is appended to.</param>
    /// <param name="type">Of the page.</param>
    /// <param name="length">Bytes before compression, levels included.</param>
    /// <param name="storedLength">Bytes behind the header.</param>
    /// <param name="isCompressed">Whether the values are; pages of version 2 alone may differ in this from their chunk.</param>
    /// <param name="checksum">CRC-32 of the bytes behind the header.</param>
    public void Write(CompactWriter writer, PageType type, int length, int storedLength, bool isCompressed, uint checksum)
    {
        writer.BeginStruct();
        writer.Write(1, (int)type);
        writer.Write(2, length);
        writer.Write(3, storedLength);
        writer.Write(4, unchecked((int)checksum));
        switch (type)
        {
            case PageType.Data:
                writer.BeginStruct(5);
                writer.Write(1, ValueCount);
                writer.Write(2, (int)Encoding);
                writer.Write(3, (int)ParquetEncoding.Rle);
                writer.Write(4, (int)ParquetEncoding.Rle);
                break;
            case PageType.Dictionary:
                writer.BeginStruct(7);
                writer.Write(1, ValueCount);
                writer.Write(2, (int)Encoding);
                break;
            default:
                writer.BeginStruct(8);
                writer.Write(1, ValueCount);
                writer.Write(2, NullCount);
                writer.Write(3, RowCount);
                writer.Write(4, (int)Encoding);
                writer.Write(5, DefinitionBytes);
                writer.Write(6, RepetitionBytes);
                writer.Write(7, isCompressed);
                break;
        }

        writer.EndStruct();
        writer.EndStruct();
    }
}
