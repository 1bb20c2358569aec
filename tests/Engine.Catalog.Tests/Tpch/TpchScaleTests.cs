using Engine.Catalog.Tpch;

namespace Engine.Catalog.Tests.Tpch;

public sealed class TpchScaleTests
{
    [Theory]
    [InlineData("tiny", 15_000)]
    [InlineData("sf0_01", 15_000)]
    [InlineData("SF1", 1_500_000)]
    [InlineData("sf0_07", 105_000)]
    [InlineData("sf2_5", 3_750_000)]
    [InlineData("sf100000", 150_000_000_000)]
    [InlineData("sf0_0000001", 1)]
    public void Schema_is_a_scale(string schema, long orders) => TpchScale.Parse(schema)!.Value.Orders.ShouldBe(orders);

    [Theory]
    [InlineData("public")]
    [InlineData("sf")]
    [InlineData("sf0")]
    [InlineData("sf-1")]
    [InlineData("sf1_0_1")]
    [InlineData("sf1e3")]
    [InlineData("sf 1")]
    [InlineData("sf100001")]
    [InlineData("sf99999999999999999999999999999999")]
    public void Other_names_are_none(string schema) => TpchScale.Parse(schema).ShouldBeNull();
}
