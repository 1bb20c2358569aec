using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Kernels.Bench;

/// <summary>Batches of bigint keys: every key from 0 on equally often, in an order without pattern.</summary>
internal sealed unsafe class RandomKeys : IDisposable
{
    /// <param name="rowCount">Of all batches; a multiple of <paramref name="keyCount"/>.</param>
    /// <param name="keyCount">Distinct keys.</param>
    /// <param name="pool">Holds the batches.</param>
    public RandomKeys(int rowCount, int keyCount, MemoryPool pool)
    {
        var keys = pool.Allocate((long)rowCount * sizeof(long), "keys");
        var all = new Span<long>(keys.Pointer, rowCount);
        for (var i = 0; i < rowCount; i++)
        {
            all[i] = i % keyCount;
        }

        new Random(1).Shuffle(all);
        using var whole = new Batch([new FixedColumn(DataType.BigInt, rowCount, new BufferSlice(keys), default)], rowCount);
        for (var start = 0; start < rowCount; start += Batch.DefaultRowCount)
        {
            Batches.Add(whole.Slice(start, Math.Min(Batch.DefaultRowCount, rowCount - start), pool));
        }
    }

    public List<Batch> Batches { get; } = [];

    public void Dispose() => Batches.ForEach(batch => batch.Dispose());
}
