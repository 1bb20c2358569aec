using System.Collections.Immutable;
using Engine.Core.Connectors;
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
    private readonly ImmutableArray<(LeafNode Leaf, ColumnConstraint Constraint)> _constraints =
    [
        .. scan.Constraints
            .Select(constraint => (Leaf: file.Find(scan.FileSchema[constraint.Column].Name) as LeafNode, constraint))
            .Where(pair => pair.Leaf is not null && pair.Leaf.Type == scan.FileSchema[pair.constraint.Column].Type)
            .Select(pair => (pair.Leaf!, pair.constraint)),
    ];

    /// <summary>What may match: by the group's statistics first, then by bloom filters, then by the pages' bounds, as each takes more to read.</summary>
    public RowRanges Find(RowGroup group, CancellationToken cancellationToken)
    {
        // What is encrypted cannot be asked.
        var constraints = _constraints.Where(pair => !group.Columns[pair.Leaf.LeafIndex].IsEncrypted).ToList();
        if (!constraints.TrueForAll(pair => ConstraintCheck.MayMatch(file, pair.Leaf, group.Columns[pair.Leaf.LeafIndex].Statistics, group.RowCount, pair.Constraint))
            || !constraints.TrueForAll(pair => MayContain(group, pair.Leaf, pair.Constraint, cancellationToken)))
        {
            return RowRanges.None;
        }

        var ranges = RowRanges.All(group.RowCount);
        foreach (var (leaf, constraint) in constraints)
        {
            if (FindByPages(group, leaf, constraint, cancellationToken) is { } found)
            {
                ranges = ranges.Intersect(found);
            }
        }

        return ranges;
    }

    private bool MayContain(RowGroup group, LeafNode leaf, ColumnConstraint constraint, CancellationToken cancellationToken) =>
        constraint is not { Operator: ConstraintOperator.Equal, Value: { } value }
        || BloomFilter.MayContain(reader, group.Columns[leaf.LeafIndex], leaf, value, cancellationToken);

    private RowRanges? FindByPages(RowGroup group, LeafNode leaf, ColumnConstraint constraint, CancellationToken cancellationToken)
    {
        var chunk = group.Columns[leaf.LeafIndex];
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
                ? constraint.Operator == ConstraintOperator.IsNull || bounds.Pages[i].NullCount != rowCount
                : ConstraintCheck.MayMatch(file, leaf, bounds.Pages[i], rowCount, constraint);
            if (mayMatch)
            {
                ranges.Add(new RowRange(pages[i].FirstRow, end));
            }
        }

        return new RowRanges([.. ranges]);
    }
}
