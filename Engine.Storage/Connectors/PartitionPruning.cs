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
                if (!constraint.MayAllow(value))
                {
                    return false;
                }
            }
            else if (constraint.Column == firstHidden && !constraint.MayAllow(file.File.Path))
            {
                return false;
            }
        }

        return true;
    }
}
