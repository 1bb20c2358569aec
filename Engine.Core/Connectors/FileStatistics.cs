using System.Collections.Immutable;
using Engine.Core.Expressions;

namespace Engine.Core.Connectors;

/// <summary>Exact knowledge about one file.</summary>
/// <param name="RowCount">Its rows.</param>
/// <param name="Columns">Of the columns that were asked about, in that order; null where nothing is known.</param>
public sealed record FileStatistics(long RowCount, ImmutableArray<ColumnStatistics?> Columns)
{
    /// <summary>What is known of the rows of two files together, which were asked about the same columns.</summary>
    public FileStatistics And(FileStatistics other) =>
        new(RowCount + other.RowCount, [.. Columns.Zip(other.Columns, (left, right) => left is null || right is null ? null : Join(left, other: right, this, other))]);

    private static ColumnStatistics Join(ColumnStatistics left, ColumnStatistics other, FileStatistics leftFile, FileStatistics otherFile)
    {
        // A file of NULLs alone has no bounds and changes none.
        var (isLeftNull, isOtherNull) = (left.NullCount == leftFile.RowCount, other.NullCount == otherFile.RowCount);
        return new ColumnStatistics(
            isLeftNull ? other.Min : isOtherNull ? left.Min : Pick(left.Min, other.Min, -1),
            isLeftNull ? other.Max : isOtherNull ? left.Max : Pick(left.Max, other.Max, 1),
            left.NullCount + other.NullCount);
    }

    private static object? Pick(object? left, object? right, int sign) =>
        left is null || right is null || LiteralValue.Compare(left, right) is not { } order ? null : order * sign >= 0 ? left : right;
}

/// <summary>Bounds of a column in managed form; null where unknown.</summary>
public sealed record ColumnStatistics(object? Min, object? Max, long? NullCount, long? DistinctCount = null);
