using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Writing;

/// <summary>
/// The schema as the file has it: elements in depth-first order behind a root, lists in three levels and maps over key_value ("Nested types" in
/// LogicalTypes.md of the format), everything optional but the keys of maps.
/// </summary>
internal sealed class StoredSchema
{
    /// <summary>Groups below each other at most, as readers set themselves a limit too; levels, which are counted in bytes, stay far below 256.</summary>
    private const int MaxDepth = 90;

    private readonly ImmutableArray<SchemaElement>.Builder _elements = ImmutableArray.CreateBuilder<SchemaElement>();
    private readonly ImmutableArray<StoredLeaf>.Builder _leaves = ImmutableArray.CreateBuilder<StoredLeaf>();

    /// <exception cref="QueryException">For what Parquet has no form for: names that occur twice, rows without fields.</exception>
    public StoredSchema(Schema schema)
    {
        RefuseSameNames(schema.Fields, "the result");
        _elements.Add(new SchemaElement { Name = "schema", ChildCount = schema.Count });
        Fields = [.. schema.Select(field => Add(field.Name, field.Type, [], new Levels(0, 0), isOptional: true))];
        Elements = _elements.ToImmutable();
        Leaves = _leaves.ToImmutable();
    }

    public ImmutableArray<SchemaElement> Elements { get; }

    /// <summary>One node for each column.</summary>
    public ImmutableArray<StoredNode> Fields { get; }

    public ImmutableArray<StoredLeaf> Leaves { get; }

    private StoredNode Add(string name, DataType type, ImmutableArray<string> parents, Levels levels, bool isOptional)
    {
        var path = parents.Add(name);
        if (path.Length > MaxDepth)
        {
            throw new QueryException(ErrorCodes.FeatureNotSupported, $"column {path[0]} has types in each other that make more than {MaxDepth} levels, deeper than readers of Parquet go");
        }

        var repetition = isOptional ? Repetition.Optional : Repetition.Required;
        levels = isOptional ? levels with { Definition = levels.Definition + 1 } : levels;
        switch (type)
        {
            case ArrayType array:
                AddGroup(name, repetition, 1, LogicalKind.List, ConvertedType.List);
                AddGroup("list", Repetition.Repeated, 1);
                return Node(levels.Repetition + 1, [Add("element", array.Element, path.Add("list"), levels.Repeated(), isOptional: true)]);
            case MapType map:
                AddGroup(name, repetition, 1, LogicalKind.Map, ConvertedType.Map);
                AddGroup("key_value", Repetition.Repeated, 2);
                var entryPath = path.Add("key_value");
                var key = Add("key", map.Key, entryPath, levels.Repeated(), isOptional: false);
                var value = Add("value", map.Value, entryPath, levels.Repeated(), isOptional: true);
                var entry = new StoredNode(map.Entry, IsOptional: false, levels.Repetition + 1, [key, value], null, entryPath);
                return Node(levels.Repetition + 1, [entry]);
            case RowType row:
                RefuseSameNames(row.Fields, string.Join('.', path));
                if (row.Fields.IsEmpty)
                {
                    throw new QueryException(ErrorCodes.FeatureNotSupported, $"column {string.Join('.', path)} is a row without fields, which Parquet cannot hold");
                }

                AddGroup(name, repetition, row.Fields.Length);
                return Node(levels.Repetition, [.. row.Fields.Select(field => Add(field.Name, field.Type, path, levels, isOptional: true))]);
            default:
                var element = StoredType.Of(type) with { Name = name, Repetition = repetition };
                _elements.Add(element);
                var leaf = new StoredLeaf(_leaves.Count, path, type, element, levels.Definition, levels.Repetition);
                _leaves.Add(leaf);
                return new StoredNode(type, isOptional, levels.Repetition, [], leaf, path);
        }

        StoredNode Node(int maxRepetition, ImmutableArray<StoredNode> children) => new(type, isOptional, maxRepetition, children, null, path);
    }

    private void AddGroup(string name, Repetition repetition, int childCount, LogicalKind logical = LogicalKind.None, ConvertedType? converted = null) =>
        _elements.Add(new SchemaElement { Name = name, Repetition = repetition, ChildCount = childCount, Logical = new LogicalType(logical), Converted = converted });

    private static void RefuseSameNames(ImmutableArray<Field> fields, string where)
    {
        if (fields.GroupBy(field => field.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new QueryException(
                ErrorCodes.DuplicateColumn,
                $"column \"{twice.Key}\" occurs more than once in {where}, and Parquet finds columns by their names",
                hint: "Give each column a name of its own, with AS.");
        }
    }

    /// <summary>How deep optional and repeated groups are nested.</summary>
    private readonly record struct Levels(int Definition, int Repetition)
    {
        public Levels Repeated() => new(Definition + 1, Repetition + 1);
    }
}
