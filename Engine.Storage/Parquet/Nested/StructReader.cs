using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet.Nested;

/// <summary>Reads fields side by side.</summary>
/// <param name="node">The struct.</param>
/// <param name="type">What its rows are of.</param>
/// <param name="fields">Its readers, taken over.</param>
/// <param name="pool">For what is read.</param>
internal sealed class StructReader(StructNode node, DataType type, ImmutableArray<NodeReader> fields, MemoryPool pool) : NodeReader
{
    public override LevelBuffer Levels => fields[0].Levels;

    public override Column Read(int rowCount, CancellationToken cancellationToken)
    {
        var children = new List<Column>(fields.Length);
        try
        {
            foreach (var field in fields)
            {
                children.Add(field.Read(rowCount, cancellationToken));
            }

            var slotCount = LevelShape.CountSlots(Levels, 0, node.Levels);
            if (children.Find(child => child.Length != slotCount) is { } odd)
            {
                throw new InvalidDataException($"a field of \"{node.Name}\" has {odd.Length} values where {slotCount} belong");
            }

            var validity = LevelShape.Validity(Levels, 0, node.Levels, slotCount, pool, out _);
            return new StructColumn(type, slotCount, [.. children], validity);
        }
        catch
        {
            children.ForEach(child => child.Dispose());
            throw;
        }
    }

    public override void Skip(long rowCount, CancellationToken cancellationToken)
    {
        foreach (var field in fields)
        {
            field.Skip(rowCount, cancellationToken);
        }
    }

    public override void Dispose()
    {
        foreach (var field in fields)
        {
            field.Dispose();
        }

        base.Dispose();
    }
}
