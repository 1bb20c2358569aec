using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet.Statistics;

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

        if (column is not LeafNode leaf || leaf.Type != field.Type)
        {
            return null;
        }

        var hasBounds = !leaf.Type.IsFloating && file.HasExactBounds;
        object? lowest = null;
        object? highest = null;
        long? nullCount = 0;
        foreach (var group in file.Metadata.RowGroups)
        {
            var statistics = group.Columns[leaf.LeafIndex].Statistics;
            nullCount += !leaf.Levels.IsOptional ? 0 : file.HasNullCounts ? statistics?.NullCount : null;
            if (group.RowCount == 0 || (statistics is not null && statistics.NullCount == group.RowCount))
            {
                continue;
            }

            var (min, max) = StatisticsValue.Bounds(leaf, statistics, file.OrderOf(leaf));
            hasBounds &= min is not null && max is not null && IsExact(leaf, statistics!);
            if (hasBounds)
            {
                lowest = lowest is null || ValueOrder.Compare(min!, lowest) < 0 ? min : lowest;
                highest = highest is null || ValueOrder.Compare(max!, highest) > 0 ? max : highest;
            }
        }

        return hasBounds ? new ColumnStatistics(lowest, highest, nullCount) : new ColumnStatistics(null, null, nullCount);
    }

    /// <summary>Bounds of strings may be cut unless the writer says that they are not.</summary>
    private static bool IsExact(LeafNode leaf, ChunkStatistics statistics) =>
        leaf.Type.Kind != TypeKind.Varchar || statistics is { IsMinExact: true, IsMaxExact: true };
}
