using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet;

/// <summary>The leaves of a file that a scan reads.</summary>
internal static class ScannedColumns
{
    /// <summary>Of the columns that conditions look at, for every row.</summary>
    public static ImmutableArray<LeafNode> TestedLeavesOf(ParquetFile file, FileScan scan) => LeavesOf(file, scan, TestedColumns(scan));

    /// <summary>Of the columns that are asked for or that conditions look at.</summary>
    public static ImmutableArray<LeafNode> LeavesOf(ParquetFile file, FileScan scan) => LeavesOf(file, scan, scan.Projection.Concat(TestedColumns(scan)));

    private static IEnumerable<int> TestedColumns(FileScan scan) =>
        scan.Conditions.SelectMany(condition => condition.Columns).Concat(scan.RuntimeConstraints.Select(constraint => constraint.Column));

    private static ImmutableArray<LeafNode> LeavesOf(ParquetFile file, FileScan scan, IEnumerable<int> columns) =>
        [.. columns.Distinct().SelectMany(column => file.Find(scan.FileSchema[column].Name)?.Leaves ?? [])];
}
