using System.Diagnostics;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Pages;
using Engine.Storage.Parquet.Variant;

namespace Engine.Storage.Parquet.Nested;

/// <summary>
/// Reads a node of a column, rows at a time. Each node turns what is below it into a column of its slots (see <see cref="LevelShape"/>): a leaf
/// has its values, a struct puts its fields side by side, a list finds out by the levels where its items begin.
/// </summary>
internal abstract class NodeReader : IDisposable
{
    /// <summary>The levels of the first leaf below, for the rows read last.</summary>
    public abstract LevelBuffer Levels { get; }

    /// <summary>A reader for a column, with all that is below it.</summary>
    /// <param name="column">Right below the root of the schema.</param>
    /// <param name="open">Opens the column chunk of a leaf.</param>
    /// <param name="pool">For what is read.</param>
    public static NodeReader Create(SchemaNode column, Func<LeafNode, ChunkPages> open, MemoryPool pool) =>
        column is LeafNode leaf ? new LeafReader(open(leaf), pool, keepsEncoding: true) : CreateBelow(column, column.Type, open, pool);

    /// <summary>One row for each slot of the node in the next rows of the file.</summary>
    /// <exception cref="InvalidDataException">The parts of the node do not fit each other.</exception>
    public abstract Column Read(int rowCount, CancellationToken cancellationToken);

    /// <summary>Passes over the next rows of the file.</summary>
    public abstract void Skip(long rowCount, CancellationToken cancellationToken);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>The same for a node further down, whose column is flat.</summary>
    private static NodeReader CreateBelow(SchemaNode node, DataType type, Func<LeafNode, ChunkPages> open, MemoryPool pool)
    {
        switch (node)
        {
            case LeafNode leaf:
                return new LeafReader(open(leaf), pool, keepsEncoding: false);
            case ListNode list:
                // The entries of a map have the engine's names, whatever the file calls them.
                return new ListReader(list, CreateBelow(list.Item, list.Type is MapType map ? map.Entry : list.Item.Type, open, pool), pool);
            case StructNode group:
                return new StructReader(group, type, [.. group.Children.Select(child => CreateBelow(child, child.Type, open, pool))], pool);
            case VariantNode variant:
                return new VariantReader(variant, CreateBelow(variant.Parts, variant.Parts.Type, open, pool), pool);
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }
}
