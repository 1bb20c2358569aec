using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet.Statistics;

/// <summary>Decides by the statistics of rows that lie together, a row group or a page, whether any of them can meet a constraint.</summary>
internal static class ConstraintCheck
{
    /// <param name="file">Tells how far its statistics can be believed.</param>
    /// <param name="leaf">The column.</param>
    /// <param name="statistics">Of the rows, or null.</param>
    /// <param name="rowCount">How many they are.</param>
    /// <param name="constraint">Over the column.</param>
    public static bool MayMatch(ParquetFile file, LeafNode leaf, ChunkStatistics? statistics, long rowCount, ColumnConstraint constraint)
    {
        var nullCount = NullCount(file, leaf, statistics);
        if (constraint.Operator == ConstraintOperator.IsNull)
        {
            return nullCount != 0;
        }

        if (nullCount == rowCount)
        {
            // All rows are NULL, which no comparison lets through.
            return false;
        }

        if (constraint.Value is not { } value)
        {
            return true;
        }

        var (min, max) = StatisticsValue.Bounds(leaf, statistics, file.OrderOf(leaf));
        var belowMin = min is null ? null : ValueOrder.Compare(min, value);
        var aboveMax = max is null ? null : ValueOrder.Compare(max, value);

        // Above the bounds of a floating column there may still be NaN, the highest of all.
        var mayExceedMax = leaf.Type.IsFloating;
        return constraint.Operator switch
        {
            ConstraintOperator.Equal => !(belowMin > 0) && !(aboveMax < 0),
            ConstraintOperator.NotEqual => mayExceedMax || IsText(leaf) || !(belowMin == 0 && aboveMax == 0),
            ConstraintOperator.Less => !(belowMin >= 0),
            ConstraintOperator.LessOrEqual => !(belowMin > 0),
            ConstraintOperator.Greater => mayExceedMax || !(aboveMax <= 0),
            ConstraintOperator.GreaterOrEqual => mayExceedMax || !(aboveMax < 0),
            _ => true,
        };
    }

    /// <summary>NULLs among the rows; null where that is not known.</summary>
    public static long? NullCount(ParquetFile file, LeafNode leaf, ChunkStatistics? statistics) =>
        !leaf.Levels.IsOptional ? 0 : file.HasNullCounts ? statistics?.NullCount : null;

    /// <summary>Whose bounds may be cut, so that a bound need not be a value.</summary>
    private static bool IsText(LeafNode leaf) => leaf.Type.Kind == TypeKind.Varchar;
}
