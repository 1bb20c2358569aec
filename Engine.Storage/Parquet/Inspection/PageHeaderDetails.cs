using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>What of a page's head a scan has no use for.</summary>
/// <param name="RowCount">Of version 2.</param>
/// <param name="NullCount">Of version 2.</param>
/// <param name="Statistics">Of data pages, where the writer has put them in.</param>
internal readonly record struct PageHeaderDetails(long? RowCount, long? NullCount, ChunkStatistics? Statistics)
{
    public static PageHeaderDetails Read(ref CompactReader reader)
    {
        var details = default(PageHeaderDetails);
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            if (id is 5 or 8 && type == CompactType.Struct)
            {
                details = ReadDataHeader(ref reader, isVersion2: id == 8);
            }
            else
            {
                reader.Skip(type);
            }
        }

        return details;
    }

    private static PageHeaderDetails ReadDataHeader(ref CompactReader reader, bool isVersion2)
    {
        var details = default(PageHeaderDetails);
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (2, CompactType.Int32) when isVersion2:
                    details = details with { NullCount = reader.ReadInt32() };
                    break;
                case (3, CompactType.Int32) when isVersion2:
                    details = details with { RowCount = reader.ReadInt32() };
                    break;
                case (5, CompactType.Struct) when !isVersion2:
                case (8, CompactType.Struct) when isVersion2:
                    details = details with { Statistics = StatisticsParser.Read(ref reader) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return details;
    }
}
