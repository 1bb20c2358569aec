using System.Collections.Immutable;
using Engine.Core.Columns;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>What one driver has aggregated, ready to be merged with others.</summary>
/// <param name="Groups">A row a group: the keys, then the partial results of each aggregate that keeps no rows.</param>
/// <param name="Hashes">The hash of each group's key; empty without keys.</param>
/// <param name="Kept">For each aggregate the rows it keeps, or null.</param>
internal sealed record AggregateStates(Batch Groups, ulong[] Hashes, ImmutableArray<Batch?> Kept) : IDisposable
{
    /// <summary>The groups whose hash begins with these bits, of <paramref name="bitCount"/>.</summary>
    public int[] RowsOf(int partition, int bitCount)
    {
        if (bitCount == 0)
        {
            return [.. Enumerable.Range(0, Groups.RowCount)];
        }

        var rows = new List<int>(Hashes.Length >> bitCount);
        for (var row = 0; row < Hashes.Length; row++)
        {
            if ((int)(Hashes[row] >> (64 - bitCount)) == partition)
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }

    public void Dispose()
    {
        Groups.Dispose();
        foreach (var kept in Kept)
        {
            kept?.Dispose();
        }
    }
}
