namespace Engine.Storage.Parquet.Footer;

/// <summary>Reads the Statistics structure of a column chunk.</summary>
internal static class StatisticsParser
{
    public static ChunkStatistics Read(ref CompactReader reader)
    {
        var found = new ChunkStatistics();
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.Binary):
                    found = found with { OldMax = reader.ReadBinary().ToArray() };
                    break;
                case (2, CompactType.Binary):
                    found = found with { OldMin = reader.ReadBinary().ToArray() };
                    break;
                case (3, CompactType.Int64):
                    found = found with { NullCount = reader.ReadInt64() };
                    break;
                case (4, CompactType.Int64):
                    found = found with { DistinctCount = reader.ReadInt64() };
                    break;
                case (5, CompactType.Binary):
                    found = found with { Max = reader.ReadBinary().ToArray() };
                    break;
                case (6, CompactType.Binary):
                    found = found with { Min = reader.ReadBinary().ToArray() };
                    break;
                case (7, CompactType.True or CompactType.False):
                    found = found with { IsMaxExact = type == CompactType.True };
                    break;
                case (8, CompactType.True or CompactType.False):
                    found = found with { IsMinExact = type == CompactType.True };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return found;
    }
}
