using System.Collections.Immutable;

namespace Engine.Storage.Parquet.Footer;

/// <summary>Reads the Thrift structures of a footer. Fields of another type than expected are passed over.</summary>
internal static class FooterParser
{
    /// <summary>The whole footer, but of column chunks their bytes alone.</summary>
    /// <param name="footer">Its bytes, of which nothing is kept but copies.</param>
    /// <param name="readChunk">Reads a column chunk once it is asked for.</param>
    public static FileMetadata ReadFile(ReadOnlySpan<byte> footer, ChunkReader readChunk)
    {
        var reader = new CompactReader(footer);
        var lent = new List<int>();
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
                    groups = ReadList(ref reader, (ref CompactReader group) => ReadRowGroup(ref group, lent, readChunk));
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

    public static PhysicalType ReadPhysical(ref CompactReader reader)
    {
        var value = (PhysicalType)reader.ReadInt32();
        return value is >= PhysicalType.Boolean and <= PhysicalType.FixedLenByteArray
            ? value
            : throw new InvalidDataException($"unknown physical type {(int)value}");
    }

    private static ImmutableArray<T> ReadList<T>(ref CompactReader reader, StructReader<T> read)
    {
        // No capacity is taken in advance: the count is only what the file claims.
        var items = ImmutableArray.CreateBuilder<T>();
        for (var count = ReadStructListHead(ref reader); count > 0; count--)
        {
            items.Add(read(ref reader));
        }

        return items.ToImmutable();
    }

    private static int ReadStructListHead(ref CompactReader reader)
    {
        var count = reader.ReadListHead(out var element);
        return element == CompactType.Struct || count == 0 ? count : throw new InvalidDataException($"a list of {element} stands where structures belong");
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

    /// <param name="reader">Stands at the row group.</param>
    /// <param name="lent">A list to use.</param>
    /// <param name="readChunk">As of <see cref="ReadFile"/>.</param>
    private static RowGroup ReadRowGroup(ref CompactReader reader, List<int> lent, ChunkReader readChunk)
    {
        var (chunks, starts) = (Array.Empty<byte>(), Array.Empty<int>());
        var (rowCount, uncompressedLength) = (-1L, 0L);
        long? compressedLength = null;
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.List):
                    (chunks, starts) = CopyChunks(ref reader, lent);
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

        return new RowGroup(new ColumnChunks(chunks, starts, rowCount, readChunk), rowCount, uncompressedLength, compressedLength);
    }

    /// <summary>The bytes of a row group's chunks, unread, and where in them each begins.</summary>
    private static (byte[] Chunks, int[] Starts) CopyChunks(ref CompactReader reader, List<int> lent)
    {
        var count = ReadStructListHead(ref reader);
        var first = reader.Position;

        // No capacity is taken here either.
        for (lent.Clear(); count > 0; count--)
        {
            lent.Add(reader.Position - first);
            reader.Skip(CompactType.Struct);
        }

        return (reader.Since(first).ToArray(), [.. lent]);
    }

    private delegate T StructReader<T>(ref CompactReader reader);
}
