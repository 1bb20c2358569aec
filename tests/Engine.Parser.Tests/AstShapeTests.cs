using Engine.Core.Errors;
using Engine.Parser.Ast;

namespace Engine.Parser.Tests;

/// <summary>The shape of the trees where others rely on it.</summary>
public sealed class AstShapeTests
{
    [Fact]
    public void Unquoted_names_are_folded_and_quoted_ones_kept()
    {
        var name = SqlParser.ParseExpression("Foo.\"Bar\"").ShouldBeOfType<ColumnReference>().Name;
        (name.Parts[0].Value, name.Parts[0].Quoted).ShouldBe(("foo", false));
        (name.Parts[1].Value, name.Parts[1].Quoted).ShouldBe(("Bar", true));
        name.Parts[1].Span.ShouldBe(new SourceSpan(4, 5));
    }

    [Fact]
    public void Spans_take_no_part_in_equality()
    {
        var one = SqlParser.ParseStatement("select a from t");
        var other = SqlParser.ParseStatement("  SELECT   a\nFROM t ");
        other.ShouldBe(one);
        other.GetHashCode().ShouldBe(one.GetHashCode());
        other.Span.ShouldNotBe(one.Span);
        SqlParser.ParseStatement("select b from t").ShouldNotBe(one);
    }

    [Fact]
    public void Casts_of_all_spellings_are_one_node() =>
        SqlParser.ParseExpression("a::int").ShouldBe(SqlParser.ParseExpression("cast(a as int)"));

    [Fact]
    public void Special_forms_are_plain_calls()
    {
        SqlParser.ParseExpression("extract(year from d)").ShouldBe(SqlParser.ParseExpression("extract('year', d)"));
        SqlParser.ParseExpression("trim(leading 'x' from s)").ShouldBe(SqlParser.ParseExpression("ltrim(s, 'x')"));
        SqlParser.ParseExpression("d at time zone 'UTC'").ShouldBe(SqlParser.ParseExpression("timezone('UTC', d)"));
        SqlParser.ParseExpression("current_date").ShouldBeOfType<FunctionCall>().Name.Last.Value.ShouldBe("current_date");
    }

    [Fact]
    public void Signs_are_no_part_of_numbers()
    {
        var negative = SqlParser.ParseExpression("-1.50").ShouldBeOfType<UnaryExpression>();
        negative.Operand.ShouldBeOfType<NumberLiteral>().Text.ShouldBe("1.50");
        ((NumberLiteral)negative.Operand).Kind.ShouldBe(NumberKind.Decimal);
    }

    [Theory]
    [InlineData("a -> 'b'", typeof(BinaryExpression))]
    [InlineData("transform(x, a -> 'b')", typeof(LambdaExpression))]
    [InlineData("lower(x, a -> 'b')", typeof(BinaryExpression))]
    [InlineData("anything(x, (a, b) -> 'b')", typeof(LambdaExpression))]
    [InlineData("transform(x, (a) -> 'b')", typeof(LambdaExpression))]
    [InlineData("transform(x, t.a -> 'b')", typeof(BinaryExpression))]
    public void Arrows_are_lambdas_for_the_functions_that_take_one(string sql, Type type)
    {
        var expression = SqlParser.ParseExpression(sql);
        (expression is FunctionCall call ? call.Arguments[1].Value : expression).ShouldBeOfType(type);
    }

    [Fact]
    public void Question_marks_count_per_statement()
    {
        var statements = SqlParser.ParseStatements("select ?, ?; select ?");
        statements[0].ToString().ShouldBe("SELECT $1, $2");
        statements[1].ToString().ShouldBe("SELECT $1");
    }

    [Fact]
    public void Explain_options_are_read_in_both_spellings()
    {
        var old = SqlParser.ParseStatement("explain analyze select 1").ShouldBeOfType<ExplainStatement>();
        (old.Analyze, old.Verbose).ShouldBe((true, false));
        var list = SqlParser.ParseStatement("explain (analyze off, verbose) select 1").ShouldBeOfType<ExplainStatement>();
        (list.Analyze, list.Verbose).ShouldBe((false, true));
    }

    [Fact]
    public void Order_by_all_is_a_star()
    {
        var query = SqlParser.ParseStatement("from t order by all").ShouldBeOfType<QueryStatement>().Query;
        query.OrderBy[0].Value.ShouldBeOfType<StarExpression>();
    }

    [Fact]
    public void Types_parse_on_their_own()
    {
        SqlParser.ParseType("Map(varchar, decimal(12, 2)[])").ToString().ShouldBe("map(varchar, decimal(12, 2)[])");
        Should.Throw<QueryException>(() => SqlParser.ParseType("decimal(12,")).Message.ShouldBe(
            "syntax error at end of input (line 1, column 12): expected a number");
        Should.Throw<QueryException>(() => SqlParser.ParseExpression("1 +")).Message.ShouldBe(
            "syntax error at end of input (line 1, column 4): expected an expression");
    }

    [Fact]
    public void Lists_are_equal_when_their_items_are()
    {
        SyntaxList<string> list = ["a", "b"];
        list.ShouldBe(SyntaxList.Create<string>(["a", "b"]));
        list.GetHashCode().ShouldBe(new[] { "a", "b" }.ToSyntaxList().GetHashCode());
        list.Equals(["a"]).ShouldBeFalse();
        SyntaxList<string>.Empty.ShouldBeSameAs(SyntaxList.Create<string>([]));
        list.ToString().ShouldBe("[a, b]");
    }
}
