using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Storage.Parquet.Writing;

/// <summary>What a node of the engine's type tree is in the file: a leaf, a group around fields, or two groups around a list's items or a map's entries.</summary>
/// <param name="Type">Of the column there.</param>
/// <param name="IsOptional">Whether NULL has a level of its own. The keys and entries of maps have none.</param>
/// <param name="MaxRepetition">How many lists its items lie in, this one included.</param>
/// <param name="Children">A list's item, a map's entry, a row's fields.</param>
/// <param name="Leaf">Of a leaf.</param>
/// <param name="Path">The names from the root to it.</param>
internal sealed record StoredNode(
    DataType Type, bool IsOptional, int MaxRepetition, ImmutableArray<StoredNode> Children, StoredLeaf? Leaf, ImmutableArray<string> Path)
{
    public bool IsList => Type.Kind is TypeKind.Array or TypeKind.Map;

    /// <summary>The leaves below, in the order of the file.</summary>
    public IEnumerable<StoredLeaf> Leaves => Leaf is not null ? [Leaf] : Children.SelectMany(child => child.Leaves);
}
