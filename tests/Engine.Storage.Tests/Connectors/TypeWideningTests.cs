using Engine.Core.Columns;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Connectors;
using Engine.TestKit;

namespace Engine.Storage.Tests.Connectors;

public sealed class TypeWideningTests
{
    [Theory]
    [InlineData("tinyint", "integer", "integer")]
    [InlineData("bigint", "double", "double")]
    [InlineData("bigint", "real", "double")]
    [InlineData("integer", "decimal(12,2)", "decimal(12,2)")]
    [InlineData("bigint", "decimal(12,2)", "decimal(21,2)")]
    [InlineData("decimal(10,4)", "decimal(12,2)", "decimal(14,4)")]
    [InlineData("decimal(38,0)", "decimal(38,2)", null)]
    [InlineData("decimal(10,2)", "double", null)]
    [InlineData("date", "timestamp", "timestamp")]
    [InlineData("timestamp", "timestamp(9)", "timestamp(9)")]
    [InlineData("timestamp", "timestamp with time zone", null)]
    [InlineData("varchar", "integer", null)]
    [InlineData("integer[]", "bigint[]", "array(bigint)")]
    [InlineData("row(a integer, b date)", "row(c varchar, a bigint)", "row(a bigint, b date, c varchar)")]
    [InlineData("map(varchar, integer)", "map(varchar, double)", "map(varchar, double)")]
    public void Types_have_a_common_one_or_none(string left, string right, string? expected)
    {
        TypeWidening.Common(TypeName.Parse(left), TypeName.Parse(right))?.ToString().ShouldBe(expected);
        (TypeWidening.Common(TypeName.Parse(right), TypeName.Parse(left)) is null).ShouldBe(expected is null);
    }

    [Theory]
    [InlineData("tinyint", (sbyte)-3, "bigint", "-3")]
    [InlineData("integer", 7, "decimal(12,2)", "7.00")]
    [InlineData("bigint", -7L, "decimal(30,3)", "-7.000")]
    [InlineData("bigint", 9007199254740992L, "double", "9.007199254740992e+15")]
    [InlineData("real", 0.5f, "double", "0.5")]
    [InlineData("date", 1, "timestamp", "1970-01-02 00:00:00")]
    [InlineData("timestamp", 1L, "timestamp(9)", "1970-01-01 00:00:00.000001")]
    public void Values_stay_what_they_are(string from, object value, string to, string expected) => Widen(from, value, to).ShouldBe([expected, null]);

    [Theory]
    [InlineData("bigint", 9007199254740993L, "double")]
    [InlineData("timestamp", long.MaxValue, "timestamp(9)")]
    [InlineData("date", int.MaxValue, "timestamp")]
    public void Values_that_would_change_are_an_error(string from, object value, string to) => Should.Throw<OverflowException>(() => Widen(from, value, to));

    [Fact]
    public void Rows_take_their_fields_by_name()
    {
        using var pool = TestPool.Create();
        var type = TypeName.Parse("row(b integer, a integer)");
        using var column = ColumnValue.ToConstant(type, System.Collections.Immutable.ImmutableArray.Create<object?>(1, 2), 1, pool);
        using var wide = TypeWidening.Widen(column, TypeName.Parse("row(a bigint, c date, b integer)"), pool);
        ColumnText.ToString(wide, 0).ShouldBe("(2,,1)");
    }

    private static string?[] Widen(string from, object value, string to)
    {
        using var pool = TestPool.Create();
        using var builder = Engine.Core.Columns.Builders.ColumnBuilder.Create(TypeName.Parse(from), pool);
        builder.AppendValue(value);
        builder.AppendNull();
        using var column = builder.Finish();
        using var wide = TypeWidening.Widen(column, TypeName.Parse(to), pool);
        return [ColumnText.ToString(wide, 0), ColumnText.ToString(wide, 1)];
    }
}
