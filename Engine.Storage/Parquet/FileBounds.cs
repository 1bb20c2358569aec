using Engine.Core.Connectors;
using Engine.Core.Types;

namespace Engine.Storage.Parquet;

/// <summary>Puts the statistics of all row groups together to those of the file, as far as every group knows them exactly.</summary>
internal static class FileBounds
{
    /// <summary>What is known of a column; null when it is nothing.</summary>
    public static ColumnStatistics? Of(ParquetFile file, Field field)
    {
        var column = file.Find(field.Name);
        if (column is null)
        {
            return new ColumnStatistics(null, null, file.RowCount);
        }

        if (column.IsNested || column.Mapping.Type != field.Type)
        {
            return null;
        }

        var hasBounds = !column.Mapping.Type.IsFloating;
        object? lowest = null;
        object? highest = null;
        long? nullCount = 0;
        foreach (var group in file.Metadata.RowGroups)
        {
            var statistics = group.Columns[column.LeafIndex].Statistics;
            nullCount += !column.IsOptional ? 0 : file.HasNullCounts ? statistics?.NullCount : null;
            if (statistics is not null && statistics.NullCount == group.RowCount)
            {
                continue;
            }

            var (min, max) = StatisticsValue.Bounds(column, statistics);
            hasBounds &= min is not null && max is not null && IsExact(column, statistics!);
            if (hasBounds)
            {
                lowest = lowest is null || ValueOrder.Compare(min!, lowest) < 0 ? min : lowest;
                highest = highest is null || ValueOrder.Compare(max!, highest) > 0 ? max : highest;
            }
        }

        return hasBounds ? new ColumnStatistics(lowest, highest, nullCount) : new ColumnStatistics(null, null, nullCount);
    }

    /// <summary>Bounds of strings may be cut unless the writer says that they are not.</summary>
    private static bool IsExact(ParquetColumn column, ChunkStatistics statistics) =>
        column.Mapping.Type.Kind != TypeKind.Varchar || statistics is { IsMinExact: true, IsMaxExact: true };
}
