using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Nested;

namespace Engine.Storage.Parquet.Variant;

/// <summary>Reads variants as json.</summary>
/// <param name="node">The variant.</param>
/// <param name="parts">Reads the group that it is stored in; taken over.</param>
/// <param name="pool">For what is read.</param>
internal sealed class VariantReader(VariantNode node, NodeReader parts, MemoryPool pool) : NodeReader
{
    private readonly LeafNode? _misfit = node.Leaves.FirstOrDefault(leaf => !IsShreddable(leaf));

    public override LevelBuffer Levels => parts.Levels;

    public override Column Read(int rowCount, CancellationToken cancellationToken)
    {
        if (_misfit is not null)
        {
            throw new InvalidDataException($"a variant has no values such as those of \"{_misfit.Path}\", {_misfit.Element.Physical} as {_misfit.Element.Logical.Kind}");
        }

        using var groups = (StructColumn)parts.Read(rowCount, cancellationToken);
        using var builder = new TextBuilder(DataType.Json, pool);
        var writer = new ByteWriter();
        var variants = new ShreddedVariant(groups, writer);
        for (var row = 0; row < groups.Length; row++)
        {
            if (node.Levels.IsOptional && groups.IsNull(row))
            {
                builder.AppendNull();
                continue;
            }

            writer.Clear();
            variants.Write(row);
            builder.Append(writer.Written);
        }

        return builder.Finish();
    }

    public override void Skip(long rowCount, CancellationToken cancellationToken) => parts.Skip(rowCount, cancellationToken);

    public override void Dispose()
    {
        parts.Dispose();
        base.Dispose();
    }

    /// <summary>Whether variants have a type for what a leaf holds: none is unsigned, for one.</summary>
    private static bool IsShreddable(LeafNode leaf) => leaf.Mapping.Conversion is not (
        Conversion.UInt8ToInt16 or Conversion.UInt16ToInt32 or Conversion.UInt32ToInt64 or Conversion.UInt64ToInt128
        or Conversion.Int96ToMicros or Conversion.HalfToSingle or Conversion.BytesToInterval);
}
