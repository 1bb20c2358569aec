using System.Collections.Immutable;
using Engine.Core.Connectors;

namespace Engine.Storage.Connectors;

/// <summary>Rules files out by the values in their paths and by what is known of them.</summary>
internal static class PartitionPruning
{
    /// <summary>Whether a file may hold rows that meet all constraints.</summary>
    public static bool MayMatch(FileTableSource table, PartitionedFile file, ImmutableArray<ColumnConstraint> constraints)
    {
        var firstPartition = table.FileSchema.Count;
        var firstHidden = firstPartition + table.PartitionSchema.Count;
        foreach (var constraint in constraints)
        {
            if (constraint.Column >= firstPartition && constraint.Column < firstHidden)
            {
                var place = constraint.Column - firstPartition;
                var value = PartitionValue.Parse(file.PartitionValues[place], table.PartitionSchema[place], file.File.Path);
                if (!Meets(value, constraint))
                {
                    return false;
                }
            }
            else if (constraint.Column == firstHidden && !Meets(file.File.Path, constraint))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Meets(object? value, ColumnConstraint constraint)
    {
        if (constraint.Operator == ConstraintOperator.IsNull)
        {
            return value is null;
        }

        if (value is null)
        {
            return false;
        }

        if (constraint.Operator == ConstraintOperator.IsNotNull || constraint.Value is null || constraint.Value.GetType() != value.GetType())
        {
            return true;
        }

        var order = value is string text ? string.CompareOrdinal(text, (string)constraint.Value) : ((IComparable)value).CompareTo(constraint.Value);
        return constraint.Operator switch
        {
            ConstraintOperator.Equal => order == 0,
            ConstraintOperator.NotEqual => order != 0,
            ConstraintOperator.Less => order < 0,
            ConstraintOperator.LessOrEqual => order <= 0,
            ConstraintOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }
}
