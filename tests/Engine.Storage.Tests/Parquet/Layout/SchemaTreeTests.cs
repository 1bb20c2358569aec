using System.Collections.Immutable;
using Engine.Storage.Parquet;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Tests.Parquet.Layout;

/// <summary>The forms in which lists and maps are written, by LogicalTypes.md and by the writers before it.</summary>
public sealed class SchemaTreeTests
{
    private const Repetition Required = Repetition.Required;
    private const Repetition Optional = Repetition.Optional;
    private const Repetition Repeated = Repetition.Repeated;

    [Fact]
    public void List_in_three_levels() =>
        Types(Group("a", Optional, ConvertedType.List, Group("list", Repeated, null, Leaf("element", Optional)))).ShouldBe("a array(integer)");

    [Theory]
    [InlineData("element", "a array(integer)")]
    [InlineData("array", "a array(row(x integer))")]
    [InlineData("a_tuple", "a array(row(x integer))")]
    public void Lists_name_their_groups(string name, string expected) =>
        Types(Group("a", Optional, ConvertedType.List, Group(name, Repeated, null, Leaf("x", Optional)))).ShouldBe(expected);

    [Fact]
    public void List_of_a_repeated_leaf() => Types(Group("a", Optional, ConvertedType.List, Leaf("array", Repeated))).ShouldBe("a array(integer)");

    [Fact]
    public void List_of_a_group_of_more_fields() =>
        Types(Group("a", Optional, ConvertedType.List, Group("list", Repeated, null, Leaf("x", Optional), Leaf("y", Required))))
            .ShouldBe("a array(row(x integer, y integer))");

    [Fact]
    public void List_of_lists_in_two_levels_each() =>
        Types(Group("a", Optional, ConvertedType.List, Group("array", Repeated, ConvertedType.List, Leaf("array", Repeated)))).ShouldBe("a array(array(integer))");

    [Fact]
    public void Group_with_one_repeated_field_is_the_item() =>
        Types(Group("a", Optional, ConvertedType.List, Group("b", Repeated, null, Leaf("c", Repeated)))).ShouldBe("a array(row(c array(integer)))");

    [Fact]
    public void Repeated_fields_without_annotation() =>
        Types(Leaf("a", Repeated), Group("b", Repeated, null, Leaf("x", Optional))).ShouldBe("a array(integer), b array(row(x integer))");

    [Theory]
    [InlineData(ConvertedType.Map, null)]
    [InlineData(ConvertedType.Map, ConvertedType.MapKeyValue)]
    [InlineData(ConvertedType.MapKeyValue, null)]
    public void Maps(object outer, object? inner) =>
        Types(Group("a", Optional, (ConvertedType)outer, Group("map", Repeated, (ConvertedType?)inner, Leaf("k", Required), Leaf("v", Optional))))
            .ShouldBe("a map(integer, integer)");

    [Fact]
    public void Map_without_values_is_the_list_of_its_keys() =>
        Types(Group("a", Optional, ConvertedType.Map, Group("key_value", Repeated, null, Leaf("key", Required)))).ShouldBe("a array(integer)");

    [Fact]
    public void Annotations_that_fit_nothing_are_passed_over() =>
        Types(Group("a", Optional, ConvertedType.List, Leaf("x", Optional), Leaf("y", Optional))).ShouldBe("a row(x integer, y integer)");

    [Fact]
    public void Levels_count_what_may_be_missing_and_what_repeats()
    {
        var list = (ListNode)Build(Group("a", Optional, ConvertedType.List, Group("list", Repeated, null, Leaf("element", Optional)))).Single();
        list.Levels.ShouldBe(new NodeLevels(1, 0, 0));
        list.Item.Levels.ShouldBe(new NodeLevels(3, 2, 1));
    }

    [Fact]
    public void Trees_that_do_not_add_up_are_refused()
    {
        var root = new SchemaElement { ChildCount = 1 };
        Should.Throw<InvalidDataException>(() => SchemaTree.Build([]));
        Should.Throw<InvalidDataException>(() => SchemaTree.Build([root]));
        Should.Throw<InvalidDataException>(() => SchemaTree.Build([root, new SchemaElement { Name = "a" }]));
        Should.Throw<InvalidDataException>(() => SchemaTree.Build([root, .. Leaf("a", Required), .. Leaf("b", Required)]));
        Should.Throw<InvalidDataException>(() => SchemaTree.Build([root, .. Leaf("a", (Repetition)7)]));
        Should.Throw<InvalidDataException>(() => SchemaTree.Build([.. Enumerable.Repeat(root, 1000)]));
    }

    private static string Types(params SchemaElement[][] columns) => string.Join(", ", Build(columns).Select(column => $"{column.Name} {column.Type}"));

    private static ImmutableArray<SchemaNode> Build(params SchemaElement[][] columns) =>
        SchemaTree.Build([new SchemaElement { ChildCount = columns.Length }, .. columns.SelectMany(column => column)]);

    private static SchemaElement[] Leaf(string name, Repetition repetition) =>
        [new SchemaElement { Name = name, Repetition = repetition, Physical = PhysicalType.Int32 }];

    private static SchemaElement[] Group(string name, Repetition repetition, ConvertedType? converted, params SchemaElement[][] children) =>
        [new SchemaElement { Name = name, Repetition = repetition, Converted = converted, ChildCount = children.Length }, .. children.SelectMany(child => child)];
}
