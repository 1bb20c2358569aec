using System.Collections.Immutable;
using Engine.Core.Types;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Layout;

/// <summary>Builds the columns of a file from its schema, which lies there in depth-first order, each node behind its parent.</summary>
internal sealed class SchemaTree
{
    private const int MaxDepth = 100;

    private readonly ImmutableArray<SchemaElement> _elements;
    private int _next = 1;
    private int _leafCount;

    private SchemaTree(ImmutableArray<SchemaElement> elements) => _elements = elements;

    /// <exception cref="InvalidDataException">The tree does not add up.</exception>
    public static ImmutableArray<SchemaNode> Build(ImmutableArray<SchemaElement> elements)
    {
        if (elements.IsEmpty)
        {
            throw new InvalidDataException("it has no schema");
        }

        var tree = new SchemaTree(elements);
        var columns = ImmutableArray.CreateBuilder<SchemaNode>();
        for (var i = 0; i < elements[0].ChildCount; i++)
        {
            columns.Add(tree.Read(default, "", MaxDepth));
        }

        return tree._next == elements.Length ? columns.ToImmutable() : throw Unbalanced();
    }

    /// <summary>The next node and all below it.</summary>
    /// <param name="around">The levels of its parent.</param>
    /// <param name="path">The names above it.</param>
    /// <param name="depth">How much deeper it may go.</param>
    private SchemaNode Read(NodeLevels around, string path, int depth)
    {
        if (_next >= _elements.Length || depth == 0)
        {
            throw Unbalanced();
        }

        var element = _elements[_next++];
        path = path.Length == 0 ? element.Name : $"{path}.{element.Name}";
        switch (element.Repetition)
        {
            case Repetition.Required:
                return ReadValue(element, around, path, depth);
            case Repetition.Optional:
                return ReadValue(element, around with { Definition = (byte)(around.Definition + 1) }, path, depth);
            case Repetition.Repeated:
                // Neither in a LIST nor in a MAP: a list that is never NULL, of items that are never NULL.
                var item = ReadValue(element, ItemsOf(around), path, depth);
                return new ListNode(element.Name, new ArrayType(item.Type), around, item);
            default:
                throw new InvalidDataException($"column \"{path}\" has repetition {(int)element.Repetition}");
        }
    }

    /// <summary>The node as if it were not repeated.</summary>
    private SchemaNode ReadValue(SchemaElement element, NodeLevels levels, string path, int depth)
    {
        if (element.Physical is not null)
        {
            return element is { Physical: PhysicalType.FixedLenByteArray, TypeLength: <= 0 }
                ? throw new InvalidDataException($"column \"{path}\" has values of {element.TypeLength} bytes")
                : new LeafNode(path, levels, _leafCount++, element, ColumnMapping.Of(element));
        }

        if (element.ChildCount < 1)
        {
            throw new InvalidDataException($"group \"{path}\" has no fields");
        }

        if (element.Logical.Kind == LogicalKind.Variant)
        {
            return new VariantNode(element.Name, levels, ReadStruct(element, levels, path, depth));
        }

        var repeated = element.ChildCount == 1 && _next < _elements.Length && _elements[_next].Repetition == Repetition.Repeated ? _elements[_next] : null;
        if (repeated is not null && IsList(element))
        {
            return ReadList(element, repeated, levels, path, depth);
        }

        return repeated is { Physical: null } && IsMap(element) ? ReadMap(element, repeated, levels, path, depth) : ReadStruct(element, levels, path, depth);
    }

    private StructNode ReadStruct(SchemaElement element, NodeLevels levels, string path, int depth)
    {
        var children = ImmutableArray.CreateBuilder<SchemaNode>();
        for (var i = 0; i < element.ChildCount; i++)
        {
            children.Add(Read(levels, path, depth - 1));
        }

        return new StructNode(element.Name, levels, children.ToImmutable());
    }

    /// <summary>A LIST: the repeated field below it either is the item or a group that holds nothing but the item.</summary>
    private ListNode ReadList(SchemaElement element, SchemaElement repeated, NodeLevels levels, string path, int depth)
    {
        var items = ItemsOf(levels);
        _next++;
        var item = IsItem(element, repeated)
            ? ReadValue(repeated, items, $"{path}.{repeated.Name}", depth - 1)
            : Read(items, $"{path}.{repeated.Name}", depth - 1);
        return new ListNode(element.Name, new ArrayType(item.Type), levels, item);
    }

    /// <summary>The backward-compatibility rules of LogicalTypes.md: writers of old left the group in the middle out.</summary>
    private bool IsItem(SchemaElement list, SchemaElement repeated) =>
        repeated.Physical is not null
        || repeated.ChildCount != 1
        || repeated.Name == "array"
        || repeated.Name == list.Name + "_tuple"
        || (_next < _elements.Length && _elements[_next].Repetition == Repetition.Repeated);

    /// <summary>A MAP: its repeated group has a key and a value, whatever their names. One without values is the list of its keys.</summary>
    private ListNode ReadMap(SchemaElement element, SchemaElement entries, NodeLevels levels, string path, int depth)
    {
        var items = ItemsOf(levels);
        _next++;
        if (entries.ChildCount == 1)
        {
            var key = Read(items, $"{path}.{entries.Name}", depth - 1);
            return new ListNode(element.Name, new ArrayType(key.Type), levels, key);
        }

        var entry = ReadStruct(entries, items, $"{path}.{entries.Name}", depth - 1);
        return entry.Children.Length == 2
            ? new ListNode(element.Name, new MapType(entry.Children[0].Type, entry.Children[1].Type), levels, entry)
            : new ListNode(element.Name, new ArrayType(entry.Type), levels, entry);
    }

    private static bool IsList(SchemaElement element) => element.Logical.Kind == LogicalKind.List || element.Converted == ConvertedType.List;

    /// <summary>MAP_KEY_VALUE belongs on the entries, but some old writers put it on the map.</summary>
    private static bool IsMap(SchemaElement element) =>
        element.Logical.Kind == LogicalKind.Map || element.Converted is ConvertedType.Map or ConvertedType.MapKeyValue;

    private static NodeLevels ItemsOf(NodeLevels list)
    {
        var definition = (byte)(list.Definition + 1);
        return new NodeLevels(definition, definition, (byte)(list.Repetition + 1));
    }

    private static InvalidDataException Unbalanced() => new("its schema tree does not add up");
}
