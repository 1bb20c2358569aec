using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Exec.Kernels;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Window;

/// <summary>Whole partitions in order, and for each row where its partition and its peers begin and end.</summary>
internal sealed class WindowRows
{
    public WindowRows(WindowNode node, Batch rows)
    {
        Rows = rows;
        PartitionStart = new int[rows.RowCount];
        PartitionEnd = new int[rows.RowCount];
        PeerStart = new int[rows.RowCount];
        PeerEnd = new int[rows.RowCount];
        Group = new int[rows.RowCount];
        Mark(node.PartitionBy, [.. node.OrderBy.Select(key => key.Column)]);
        OrderKey = node.OrderBy is [var only] ? only : null;
    }

    public Batch Rows { get; }

    public int Count => Rows.RowCount;

    public int[] PartitionStart { get; }

    public int[] PartitionEnd { get; }

    /// <summary>The first row that is equal in the order.</summary>
    public int[] PeerStart { get; }

    public int[] PeerEnd { get; }

    /// <summary>The number of the row's peers within the partition, from 0.</summary>
    public int[] Group { get; }

    /// <summary>The key of an order of one.</summary>
    public WindowKey? OrderKey { get; }

    private void Mark(ImmutableArray<int> partitionBy, ImmutableArray<int> orderBy)
    {
        for (var row = 0; row < Count; row++)
        {
            var startsPartition = row == 0 || !AreEqual(partitionBy, row);
            var startsPeers = startsPartition || !AreEqual(orderBy, row);
            PartitionStart[row] = startsPartition ? row : PartitionStart[row - 1];
            PeerStart[row] = startsPeers ? row : PeerStart[row - 1];
            Group[row] = startsPartition ? 0 : Group[row - 1] + (startsPeers ? 1 : 0);
        }

        for (var row = Count - 1; row >= 0; row--)
        {
            var isLast = row == Count - 1;
            PartitionEnd[row] = isLast || PartitionStart[row + 1] == row + 1 ? row + 1 : PartitionEnd[row + 1];
            PeerEnd[row] = isLast || PeerStart[row + 1] == row + 1 ? row + 1 : PeerEnd[row + 1];
        }
    }

    /// <summary>Whether a row has the values of the one before it.</summary>
    private bool AreEqual(ImmutableArray<int> columns, int row)
    {
        foreach (var column in columns)
        {
            if (ValueComparison.CompareNullable(Rows[column], row, Rows[column], row - 1) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
