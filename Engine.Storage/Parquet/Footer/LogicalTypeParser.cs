namespace Engine.Storage.Parquet.Footer;

/// <summary>Reads the LogicalType union of a schema element.</summary>
internal static class LogicalTypeParser
{
    public static LogicalType Read(ref CompactReader reader)
    {
        var found = default(LogicalType);
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            if (type == CompactType.Struct)
            {
                found = ReadParameters(ref reader, (LogicalKind)id);
            }
            else
            {
                reader.Skip(type);
            }
        }

        return found;
    }

    private static LogicalType ReadParameters(ref CompactReader reader, LogicalKind kind)
    {
        var result = new LogicalType(kind);
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (kind, id, type)
            {
                case (LogicalKind.Decimal, 1, CompactType.Int32):
                    result = result with { Scale = reader.ReadInt32() };
                    break;
                case (LogicalKind.Decimal, 2, CompactType.Int32):
                    result = result with { Precision = reader.ReadInt32() };
                    break;
                case (LogicalKind.Time or LogicalKind.Timestamp, 1, CompactType.True):
                    result = result with { IsUtc = true };
                    break;
                case (LogicalKind.Time or LogicalKind.Timestamp, 2, CompactType.Struct):
                    result = result with { Unit = ReadUnit(ref reader) };
                    break;
                case (LogicalKind.Integer, 1, CompactType.Byte):
                    result = result with { BitWidth = reader.ReadInt8() };
                    break;
                case (LogicalKind.Integer, 2, CompactType.True):
                    result = result with { IsSigned = true };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return result;
    }

    private static int ReadUnit(ref CompactReader reader)
    {
        var unit = 0;
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            unit = id;
            reader.Skip(type);
        }

        return unit;
    }
}
