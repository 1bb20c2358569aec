using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.ObjectStores;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet.Statistics;

/// <summary>Finds the rows of a row group that can meet the constraints of a scan: none, all, or those of some pages.</summary>
/// <param name="file">The file.</param>
/// <param name="reader">Its bytes.</param>
/// <param name="scan">Has the constraints.</param>
internal sealed class GroupPruning(ParquetFile file, IRangeReader reader, FileScan scan)
{
    private readonly ImmutableArray<Demand> _constraints =
        [.. scan.Constraints.Select(constraint => Demand.Of(file, scan.FileSchema[constraint.Column], constraint, keepsNulls: false, constraint)).OfType<Demand>()];

    /// <summary>What may match: by the group's statistics first, then by bloom filters, then by the pages' bounds, as each takes more to read.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="metrics">Learns what each constraint rules out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public RowRanges Find(RowGroup group, ScanMetrics metrics, CancellationToken cancellationToken)
    {
        // What is encrypted cannot be asked.
        var constraints = _constraints.Concat(Runtime()).Where(demand => !group.Columns[demand.Leaf.LeafIndex].IsEncrypted).ToList();
        if ((constraints.Find(demand => !demand.MayBeMet(file, group.Columns[demand.Leaf.LeafIndex].Statistics, group.RowCount))
            ?? constraints.Find(demand => !MayContain(group, demand.Leaf, demand.Constraint, cancellationToken))) is { } unmet)
        {
            metrics.Of(unmet.Origin).AddPiece();
            return RowRanges.None;
        }

        var ranges = RowRanges.All(group.RowCount);
        foreach (var demand in constraints)
        {
            if (FindByPages(group, demand, metrics, cancellationToken) is { } found)
            {
                ranges = ranges.Intersect(found);
            }
        }

        return ranges;
    }

    private bool MayContain(RowGroup group, LeafNode leaf, ColumnConstraint constraint, CancellationToken cancellationToken) =>
        constraint is not { Operator: ConstraintOperator.Equal, Value: { } value }
        || BloomFilter.MayContain(reader, group.Columns[leaf.LeafIndex], leaf, value, cancellationToken);

    /// <summary>The bounds that the query has found so far.</summary>
    private IEnumerable<Demand> Runtime() => scan.RuntimeConstraints
        .Select(known => known.Current is { } bound ? Demand.Of(file, scan.FileSchema[known.Column], bound, known.KeepsNulls, known) : null)
        .OfType<Demand>();

    private RowRanges? FindByPages(RowGroup group, Demand demand, ScanMetrics metrics, CancellationToken cancellationToken)
    {
        var chunk = group.Columns[demand.Leaf.LeafIndex];
        if (PageIndexReader.ReadLocations(reader, chunk, group.RowCount, cancellationToken) is not { Length: > 1 } pages
            || PageIndexReader.ReadBounds(reader, chunk, pages.Length, cancellationToken) is not { } bounds)
        {
            return null;
        }

        var ranges = new List<RowRange>();
        for (var i = 0; i < pages.Length; i++)
        {
            var end = i + 1 < pages.Length ? pages[i + 1].FirstRow : group.RowCount;
            var rowCount = end - pages[i].FirstRow;

            // Some writers mark pages that they have no statistics of as pages of NULLs alone, with a null count of -1.
            var mayMatch = bounds.NullPages[i]
                ? demand.KeepsNulls || demand.Constraint.Operator == ConstraintOperator.IsNull || bounds.Pages[i].NullCount != rowCount
                : demand.MayBeMet(file, bounds.Pages[i], rowCount);
            if (mayMatch)
            {
                ranges.Add(new RowRange(pages[i].FirstRow, end));
            }
        }

        metrics.Of(demand.Origin).AddPages(pages.Length - ranges.Count);
        return new RowRanges([.. ranges]);
    }

    /// <summary>A constraint over a leaf of the file, and the filter of the scan that it comes from.</summary>
    private sealed record Demand(LeafNode Leaf, ColumnConstraint Constraint, bool KeepsNulls, object Origin)
    {
        /// <summary>Null where the file has no such leaf, or one of another type, whose statistics say nothing.</summary>
        public static Demand? Of(ParquetFile file, Field field, ColumnConstraint constraint, bool keepsNulls, object origin) =>
            file.Find(field.Name) is LeafNode leaf && leaf.Type == field.Type ? new Demand(leaf, constraint, keepsNulls, origin) : null;

        public bool MayBeMet(ParquetFile file, ChunkStatistics? statistics, long rowCount) =>
            (KeepsNulls && ConstraintCheck.NullCount(file, Leaf, statistics) != 0) || ConstraintCheck.MayMatch(file, Leaf, statistics, rowCount, Constraint);
    }
}
