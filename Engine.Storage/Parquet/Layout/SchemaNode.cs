using System.Collections.Immutable;
using Engine.Core.Types;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Layout;

/// <summary>Where a node stands among the levels of the leaves below it (README of parquet-format, "Nested Encoding").</summary>
/// <param name="Definition">From this definition level on the node has a value; below it is NULL.</param>
/// <param name="Slot">From this definition level on there is a place for a value, NULL or not: the lists around the node have an item there.</param>
/// <param name="Repetition">Lists around the node: an entry with a higher repetition level goes on inside of it.</param>
internal readonly record struct NodeLevels(byte Definition, byte Slot, byte Repetition)
{
    public bool IsOptional => Definition > Slot;
}

/// <summary>A node of the schema tree as SQL sees it: the groups that only make lists and maps are gone.</summary>
/// <param name="Name">As the file spells it.</param>
/// <param name="Type">Of its values.</param>
/// <param name="Levels">See there.</param>
internal abstract record SchemaNode(string Name, DataType Type, NodeLevels Levels)
{
    /// <summary>All leaves below, in the order of the file.</summary>
    public abstract IEnumerable<LeafNode> Leaves { get; }
}

/// <summary>A node with values of its own: a column chunk of every row group.</summary>
/// <param name="Path">The names from the column down, for messages.</param>
/// <param name="Levels">See there.</param>
/// <param name="LeafIndex">Its place among the column chunks of a row group.</param>
/// <param name="Element">As the footer has it.</param>
/// <param name="Mapping">What its values are turned into.</param>
internal sealed record LeafNode(string Path, NodeLevels Levels, int LeafIndex, SchemaElement Element, ColumnMapping Mapping)
    : SchemaNode(Element.Name, Mapping.Type, Levels)
{
    /// <summary>Whether its writer knew no type, as all values are NULL: it goes together with every type.</summary>
    public bool IsNullType => Element.Logical.Kind == LogicalKind.Unknown;

    /// <summary>Bytes of a value as <see cref="Encodings.ValueDecoder"/> gives it.</summary>
    public int StoredWidth => Element.Physical switch
    {
        PhysicalType.Boolean => 1,
        PhysicalType.Int32 or PhysicalType.Float => 4,
        PhysicalType.Int64 or PhysicalType.Double => 8,
        PhysicalType.Int96 => 12,
        _ => 16,
    };

    public override IEnumerable<LeafNode> Leaves => [this];
}

/// <summary>Fields side by side.</summary>
internal sealed record StructNode(string Name, NodeLevels Levels, ImmutableArray<SchemaNode> Children)
    : SchemaNode(Name, new RowType([.. Children.Select(child => new Field(child.Name, child.Type))]), Levels)
{
    public override IEnumerable<LeafNode> Leaves => Children.SelectMany(child => child.Leaves);
}

/// <summary>A list, or a map as a list of its entries.</summary>
/// <param name="Name">As the file spells it.</param>
/// <param name="Type">An array or a map.</param>
/// <param name="Levels">Of the list itself; those of the item begin where the list has one.</param>
/// <param name="Item">For a map its entries.</param>
internal sealed record ListNode(string Name, DataType Type, NodeLevels Levels, SchemaNode Item) : SchemaNode(Name, Type, Levels)
{
    public override IEnumerable<LeafNode> Leaves => Item.Leaves;
}

/// <summary>A value that brings its own type along, in one binary leaf or shredded over several; json here.</summary>
/// <param name="Name">As the file spells it.</param>
/// <param name="Levels">See there.</param>
/// <param name="Parts">The group as it is stored.</param>
internal sealed record VariantNode(string Name, NodeLevels Levels, StructNode Parts) : SchemaNode(Name, DataType.Json, Levels)
{
    public override IEnumerable<LeafNode> Leaves => Parts.Leaves;
}
