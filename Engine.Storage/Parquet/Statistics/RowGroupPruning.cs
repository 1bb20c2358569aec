using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet.Statistics;

/// <summary>Decides by a row group's statistics whether any of its rows can meet the constraints.</summary>
internal static class RowGroupPruning
{
    public static bool MayMatch(ParquetFile file, RowGroup group, FileScan scan)
    {
        foreach (var constraint in scan.Constraints)
        {
            var field = scan.FileSchema[constraint.Column];
            if (file.Find(field.Name) is LeafNode leaf && leaf.Type == field.Type && !MayMatch(file, leaf, group, constraint))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MayMatch(ParquetFile file, LeafNode leaf, RowGroup group, ColumnConstraint constraint)
    {
        var statistics = group.Columns[leaf.LeafIndex].Statistics;
        var nullCount = !leaf.Levels.IsOptional ? 0 : file.HasNullCounts ? statistics?.NullCount : null;
        if (constraint.Operator == ConstraintOperator.IsNull)
        {
            return nullCount != 0;
        }

        if (nullCount == group.RowCount)
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
        var mayExceedMax = leaf.Mapping.Type.IsFloating;
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

    /// <summary>Whose bounds may be cut, so that a bound need not be a value.</summary>
    private static bool IsText(LeafNode leaf) => leaf.Mapping.Type.Kind == TypeKind.Varchar;
}
