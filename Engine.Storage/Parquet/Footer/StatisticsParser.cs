namespace Engine.Storage.Parquet.Footer;

/// <summary>Reads the Statistics structure of a column chunk.</summary>
internal static class StatisticsParser
{
    public static ChunkStatistics Read(ref CompactReader reader)
    {
        byte[]? oldMin = null, oldMax = null, min = null, max = null;
        long? nullCount = null, distinctCount = null;
        bool? isMinExact = null, isMaxExact = null;
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.Binary):
                    oldMax = reader.ReadBinary().ToArray();
                    break;
                case (2, CompactType.Binary):
                    oldMin = reader.ReadBinary().ToArray();
                    break;
                case (3, CompactType.Int64):
                    nullCount = reader.ReadInt64();
                    break;
                case (4, CompactType.Int64):
                    distinctCount = reader.ReadInt64();
                    break;
                case (5, CompactType.Binary):
                    max = reader.ReadBinary().ToArray();
                    break;
                case (6, CompactType.Binary):
                    min = reader.ReadBinary().ToArray();
                    break;
                case (7, CompactType.True or CompactType.False):
                    isMaxExact = type == CompactType.True;
                    break;
                case (8, CompactType.True or CompactType.False):
                    isMinExact = type == CompactType.True;
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return new ChunkStatistics
        {
            OldMin = oldMin,
            OldMax = oldMax,
            Min = min,
            Max = max,
            NullCount = nullCount,
            DistinctCount = distinctCount,
            IsMinExact = isMinExact,
            IsMaxExact = isMaxExact,
        };
    }
}
