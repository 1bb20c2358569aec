using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>What one driver has aggregated, ready to be merged with others.</summary>
/// <param name="Groups">A row a group: the keys, then the partial results of each aggregate that keeps no rows.</param>
/// <param name="HashData">The hash of each group's key; none without keys.</param>
/// <param name="Kept">For each aggregate the rows it keeps, the last column their groups, or null.</param>
internal sealed unsafe record AggregateStates(Batch Groups, NativeBuffer? HashData, ImmutableArray<Batch?> Kept) : IDisposable
{
    public ReadOnlySpan<ulong> Hashes => HashData is null ? [] : new ReadOnlySpan<ulong>(HashData.Pointer, Groups.RowCount);

    public void Dispose()
    {
        Groups.Dispose();
        HashData?.Release();
        foreach (var kept in Kept)
        {
            kept?.Dispose();
        }
    }
}
