using Engine.Core.Connectors;
using Engine.Core.Types;

namespace Engine.Storage.Parquet;

/// <summary>Decides by a row group's statistics whether any of its rows can meet the constraints.</summary>
internal static class RowGroupPruning
{
    public static bool MayMatch(ParquetFile file, RowGroup group, FileScan scan)
    {
        foreach (var constraint in scan.Constraints)
        {
            var field = scan.FileSchema[constraint.Column];
            if (file.Find(field.Name) is { IsNested: false } column && column.Mapping.Type == field.Type
                && !MayMatch(column, group, constraint, file.HasNullCounts))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MayMatch(ParquetColumn column, RowGroup group, ColumnConstraint constraint, bool hasNullCounts)
    {
        var statistics = group.Columns[column.LeafIndex].Statistics;
        var nullCount = !column.IsOptional ? 0 : hasNullCounts ? statistics?.NullCount : null;
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

        var (min, max) = StatisticsValue.Bounds(column, statistics);
        var belowMin = min is null ? null : ValueOrder.Compare(min, value);
        var aboveMax = max is null ? null : ValueOrder.Compare(max, value);

        // Above the bounds of a floating column there may still be NaN, the highest of all.
        var mayExceedMax = column.Mapping.Type.IsFloating;
        return constraint.Operator switch
        {
            ConstraintOperator.Equal => !(belowMin > 0) && !(aboveMax < 0),
            ConstraintOperator.NotEqual => mayExceedMax || IsText(column) || !(belowMin == 0 && aboveMax == 0),
            ConstraintOperator.Less => !(belowMin >= 0),
            ConstraintOperator.LessOrEqual => !(belowMin > 0),
            ConstraintOperator.Greater => mayExceedMax || !(aboveMax <= 0),
            ConstraintOperator.GreaterOrEqual => mayExceedMax || !(aboveMax < 0),
            _ => true,
        };
    }

    /// <summary>Whose bounds may be cut, so that a bound need not be a value.</summary>
    private static bool IsText(ParquetColumn column) => column.Mapping.Type.Kind == TypeKind.Varchar;
}
