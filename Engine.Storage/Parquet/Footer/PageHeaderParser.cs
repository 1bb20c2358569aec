namespace Engine.Storage.Parquet.Footer;

/// <summary>Reads the head of a page.</summary>
internal static class PageHeaderParser
{
    public static PageHeader Read(ref CompactReader reader)
    {
        var header = new PageHeader();
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.Int32):
                    header = header with { Type = (PageType)reader.ReadInt32() };
                    break;
                case (2, CompactType.Int32):
                    header = header with { UncompressedLength = reader.ReadInt32() };
                    break;
                case (3, CompactType.Int32):
                    header = header with { CompressedLength = reader.ReadInt32() };
                    break;
                case (4, CompactType.Int32):
                    header = header with { Checksum = unchecked((uint)reader.ReadInt32()) };
                    break;
                case (5 or 7, CompactType.Struct):
                    // A dictionary's head begins with the same two fields, and has no levels.
                    header = ReadVersion1(ref reader, header);
                    break;
                case (8, CompactType.Struct):
                    header = ReadVersion2(ref reader, header);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return header.UncompressedLength >= 0 && header.CompressedLength >= 0
            ? header
            : throw new InvalidDataException("a page header has no lengths");
    }

    private static PageHeader ReadVersion1(ref CompactReader reader, PageHeader header)
    {
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            if (type != CompactType.Int32)
            {
                reader.Skip(type);
                continue;
            }

            var value = reader.ReadInt32();
            header = id switch
            {
                1 => header with { ValueCount = value },
                2 => header with { Encoding = (ParquetEncoding)value },
                3 => header with { DefinitionEncoding = (ParquetEncoding)value },
                4 => header with { RepetitionEncoding = (ParquetEncoding)value },
                _ => header,
            };
        }

        return header;
    }

    private static PageHeader ReadVersion2(ref CompactReader reader, PageHeader header)
    {
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            if (type != CompactType.Int32)
            {
                if (id == 7)
                {
                    header = header with { IsCompressed = type != CompactType.False };
                }

                reader.Skip(type);
                continue;
            }

            var value = reader.ReadInt32();
            header = id switch
            {
                1 => header with { ValueCount = value },
                4 => header with { Encoding = (ParquetEncoding)value },
                5 => header with { DefinitionLength = value },
                6 => header with { RepetitionLength = value },
                _ => header,
            };
        }

        return header;
    }
}
