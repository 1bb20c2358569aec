using System.Collections.Immutable;

namespace Engine.Storage.Parquet.Footer;

/// <summary>Reads the Thrift structures of a footer. Fields of another type than expected are passed over.</summary>
internal static class FooterParser
{
    public static FileMetadata ReadFile(ref CompactReader reader)
    {
        ImmutableArray<SchemaElement> schema = [];
        ImmutableArray<RowGroup> groups = [];
        var keyValues = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        ImmutableArray<ColumnOrder> orders = [];
        var (rowCount, createdBy) = (-1L, "");
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (2, CompactType.List):
                    schema = ReadList(ref reader, ReadSchemaElement);
                    break;
                case (3, CompactType.Int64):
                    rowCount = reader.ReadInt64();
                    break;
                case (4, CompactType.List):
                    groups = ReadList(ref reader, ReadRowGroup);
                    break;
                case (5, CompactType.List):
                    foreach (var (key, value) in ReadList(ref reader, ReadKeyValue))
                    {
                        keyValues[key] = value;
                    }

                    break;
                case (6, CompactType.Binary):
                    createdBy = reader.ReadString();
                    break;
                case (7, CompactType.List):
                    orders = ReadList(ref reader, ReadOrder);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return new FileMetadata(schema, rowCount, groups, keyValues.ToImmutable(), createdBy, orders);
    }

    private static ImmutableArray<T> ReadList<T>(ref CompactReader reader, StructReader<T> read)
    {
        var count = reader.ReadListHead(out var element);
        if (element != CompactType.Struct && count > 0)
        {
            throw new InvalidDataException($"a list of {element} stands where structures belong");
        }

        // No capacity is taken in advance: the count is only what the file claims.
        var items = ImmutableArray.CreateBuilder<T>();
        for (; count > 0; count--)
        {
            items.Add(read(ref reader));
        }

        return items.ToImmutable();
    }

    /// <summary>A union of structures without fields: which of them it is says it all.</summary>
    private static ColumnOrder ReadOrder(ref CompactReader reader)
    {
        var order = ColumnOrder.Unknown;
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            order = id is (int)ColumnOrder.ByType or (int)ColumnOrder.Ieee754 ? (ColumnOrder)id : ColumnOrder.Unknown;
            reader.Skip(type);
        }

        return order;
    }

    private static KeyValuePair<string, string> ReadKeyValue(ref CompactReader reader)
    {
        var (key, value) = ("", "");
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.Binary):
                    key = reader.ReadString();
                    break;
                case (2, CompactType.Binary):
                    value = reader.ReadString();
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return new(key, value);
    }

    private static SchemaElement ReadSchemaElement(ref CompactReader reader)
    {
        var node = new SchemaElement();
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.Int32):
                    node = node with { Physical = ReadPhysical(ref reader) };
                    break;
                case (2, CompactType.Int32):
                    node = node with { TypeLength = reader.ReadInt32() };
                    break;
                case (3, CompactType.Int32):
                    node = node with { Repetition = (Repetition)reader.ReadInt32() };
                    break;
                case (4, CompactType.Binary):
                    node = node with { Name = reader.ReadString() };
                    break;
                case (5, CompactType.Int32):
                    node = node with { ChildCount = reader.ReadInt32() };
                    break;
                case (6, CompactType.Int32):
                    node = node with { Converted = (ConvertedType)reader.ReadInt32() };
                    break;
                case (7, CompactType.Int32):
                    node = node with { Scale = reader.ReadInt32() };
                    break;
                case (8, CompactType.Int32):
                    node = node with { Precision = reader.ReadInt32() };
                    break;
                case (9, CompactType.Int32):
                    node = node with { FieldId = reader.ReadInt32() };
                    break;
                case (10, CompactType.Struct):
                    node = node with { Logical = LogicalTypeParser.Read(ref reader) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return node;
    }

    private static PhysicalType ReadPhysical(ref CompactReader reader)
    {
        var value = (PhysicalType)reader.ReadInt32();
        return value is >= PhysicalType.Boolean and <= PhysicalType.FixedLenByteArray
            ? value
            : throw new InvalidDataException($"unknown physical type {(int)value}");
    }

    private static RowGroup ReadRowGroup(ref CompactReader reader)
    {
        ImmutableArray<ColumnChunk> columns = [];
        var (rowCount, uncompressedLength) = (-1L, 0L);
        long? compressedLength = null;
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.List):
                    columns = ReadList(ref reader, ReadChunk);
                    break;
                case (2, CompactType.Int64):
                    uncompressedLength = reader.ReadInt64();
                    break;
                case (3, CompactType.Int64):
                    rowCount = reader.ReadInt64();
                    break;
                case (6, CompactType.Int64):
                    compressedLength = reader.ReadInt64();
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return new RowGroup(columns, rowCount, uncompressedLength, compressedLength);
    }

    private static ColumnChunk ReadChunk(ref CompactReader reader)
    {
        var chunk = new ColumnChunk();
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.Binary):
                    chunk = chunk with { OtherFile = reader.ReadString() };
                    break;
                case (2, CompactType.Int64):
                    chunk = chunk with { FileOffset = reader.ReadInt64() };
                    break;
                case (3, CompactType.Struct):
                    chunk = ReadChunkMetadata(ref reader, chunk);
                    break;
                case (4, CompactType.Int64):
                    chunk = chunk with { OffsetIndex = (chunk.OffsetIndex ?? default) with { Offset = reader.ReadInt64() } };
                    break;
                case (5, CompactType.Int32):
                    chunk = chunk with { OffsetIndex = (chunk.OffsetIndex ?? default) with { Length = reader.ReadInt32() } };
                    break;
                case (6, CompactType.Int64):
                    chunk = chunk with { ColumnIndex = (chunk.ColumnIndex ?? default) with { Offset = reader.ReadInt64() } };
                    break;
                case (7, CompactType.Int32):
                    chunk = chunk with { ColumnIndex = (chunk.ColumnIndex ?? default) with { Length = reader.ReadInt32() } };
                    break;
                case (8, CompactType.Struct):
                    chunk = chunk with { IsEncrypted = true };
                    reader.Skip(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return chunk;
    }

    private static ColumnChunk ReadChunkMetadata(ref CompactReader reader, ColumnChunk chunk)
    {
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.Int32):
                    chunk = chunk with { Physical = ReadPhysical(ref reader) };
                    break;
                case (2, CompactType.List):
                    chunk = chunk with { EncodingBits = ReadEncodings(ref reader) };
                    break;
                case (4, CompactType.Int32):
                    chunk = chunk with { Codec = (ParquetCodec)reader.ReadInt32() };
                    break;
                case (5, CompactType.Int64):
                    chunk = chunk with { ValueCount = reader.ReadInt64() };
                    break;
                case (6, CompactType.Int64):
                    chunk = chunk with { UncompressedLength = reader.ReadInt64() };
                    break;
                case (7, CompactType.Int64):
                    chunk = chunk with { CompressedLength = reader.ReadInt64() };
                    break;
                case (9, CompactType.Int64):
                    chunk = chunk with { DataPageOffset = reader.ReadInt64() };
                    break;
                case (10, CompactType.Int64):
                    chunk = chunk with { IndexPageOffset = reader.ReadInt64() };
                    break;
                case (11, CompactType.Int64):
                    chunk = chunk with { DictionaryPageOffset = reader.ReadInt64() };
                    break;
                case (12, CompactType.Struct):
                    chunk = chunk with { Statistics = StatisticsParser.Read(ref reader) };
                    break;
                case (14, CompactType.Int64):
                    chunk = chunk with { BloomOffset = reader.ReadInt64() };
                    break;
                case (15, CompactType.Int32):
                    chunk = chunk with { BloomLength = reader.ReadInt32() };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return chunk;
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

    private delegate T StructReader<T>(ref CompactReader reader);
}
