using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet.Nested;

/// <summary>Reads lists, and maps as lists of their entries.</summary>
/// <param name="node">The list.</param>
/// <param name="items">Reads its items, taken over.</param>
/// <param name="pool">For what is read.</param>
internal sealed unsafe class ListReader(ListNode node, NodeReader items, MemoryPool pool) : NodeReader
{
    public override LevelBuffer Levels => items.Levels;

    public override Column Read(int rowCount, CancellationToken cancellationToken)
    {
        var child = items.Read(rowCount, cancellationToken);
        BufferSlice offsets = default;
        try
        {
            var slotCount = LevelShape.CountSlots(Levels, 0, node.Levels);
            offsets = LevelShape.Offsets(Levels, node.Levels, node.Item.Levels, slotCount, pool);
            var (first, end) = (*(int*)offsets.Pointer, ((int*)offsets.Pointer)[slotCount]);
            if (first != 0 || end != child.Length)
            {
                throw new InvalidDataException($"list \"{node.Name}\" has items from {first} to {end} of {child.Length}");
            }

            var validity = LevelShape.Validity(Levels, 0, node.Levels, slotCount, pool, out _);
            return new ListColumn(node.Type, slotCount, offsets, child, validity);
        }
        catch
        {
            offsets.Release();
            child.Dispose();
            throw;
        }
    }

    public override void Skip(long rowCount, CancellationToken cancellationToken) => items.Skip(rowCount, cancellationToken);

    public override void Dispose()
    {
        items.Dispose();
        base.Dispose();
    }
}
