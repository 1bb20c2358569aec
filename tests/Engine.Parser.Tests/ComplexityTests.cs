using System.Text;
using Engine.Core.Errors;
using Engine.Parser.Ast;

namespace Engine.Parser.Tests;

/// <summary>Statements that are long are fine; statements that are deep end in an error, never in the end of the process.</summary>
public sealed class ComplexityTests
{
    [Theory]
    [InlineData(" + ")]
    [InlineData(" || ")]
    [InlineData(" * ")]
    public void Five_thousand_operators_in_a_row(string symbol)
    {
        var sql = "select " + string.Join(symbol, Enumerable.Repeat("a", 5000));
        RoundTrip(sql).ShouldBe("SELECT " + string.Join(symbol, Enumerable.Repeat("a", 5000)));
    }

    [Theory]
    [InlineData(" and ")]
    [InlineData(" or ")]
    public void Five_thousand_conditions_are_one_node(string symbol)
    {
        var expression = SqlParser.ParseExpression(string.Join(symbol, Enumerable.Range(0, 5000).Select(i => $"a = {i}")));
        expression.ShouldBeOfType<LogicalExpression>().Operands.Count.ShouldBe(5000);
    }

    [Fact]
    public void Long_lists()
    {
        RoundTrip("select a in (" + string.Join(',', Enumerable.Range(0, 20_000)) + ")");
        RoundTrip("values " + string.Join(',', Enumerable.Repeat("(1, 'a')", 10_000)));
        RoundTrip(string.Join(" union all ", Enumerable.Repeat("select 1", 2_000)));
        RoundTrip("select * from t" + string.Concat(Enumerable.Repeat(" join u on a = b", 1_000)));
        RoundTrip("select " + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}")) + " from t");
    }

    [Theory]
    [InlineData("(", "1", ")", 400)]
    [InlineData("f(", "1", ")", 400)]
    [InlineData("[", "1", "]", 400)]
    [InlineData("case when a then ", "1", " end", 150)]
    [InlineData("not ", "a", "", 400)]
    [InlineData("(select ", "1", ")", 150)]
    [InlineData("- ", "a", "", 400)]
    public void Nesting_that_people_may_generate_works(string open, string inner, string close, int depth) =>
        RoundTrip("select " + Nested(open, inner, close, depth));

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("f(", "1", ")")]
    [InlineData("[", "1", "]")]
    [InlineData("(select ", "1", ")")]
    [InlineData("case when a then ", "1", " end")]
    [InlineData("not ", "a", "")]
    [InlineData("- ", "1", "")]
    [InlineData("~ ", "1", "")]
    [InlineData("exists (select ", "1", ")")]
    [InlineData("array[", "1", "]")]
    [InlineData("cast(", "1", " as int)")]
    [InlineData("{'a': ", "1", "}")]
    [InlineData("a between 1 and - ", "1", "")]
    [InlineData("", "a", "::int")]
    [InlineData("", "a", "[1]")]
    [InlineData("", "a", " is null")]
    [InlineData("", "a", " = b")]
    [InlineData("", "a", " collate \"C\"")]
    [InlineData("", "a", " at time zone 'UTC'")]
    [InlineData("", "(a)", ".b")]
    [InlineData("", "a::int", "[]")]
    public void A_hundred_thousand_levels_are_an_error(string open, string inner, string close)
    {
        var error = Should.Throw<QueryException>(() => SqlParser.ParseStatement("select " + Nested(open, inner, close, 100_000)));
        error.Code.ShouldBe(ErrorCodes.StatementTooComplex);
        error.Span.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("select * from (", "select 1", ")")]
    [InlineData("(", "select 1", ")")]
    [InlineData("explain ", "select 1", "")]
    [InlineData("prepare p as ", "select 1", "")]
    [InlineData("with x as (", "select 1", ") select 1")]
    [InlineData("select * from ", "t", " join u")]
    [InlineData("/*", "", "*/ select 1")]
    public void Deep_statements_end_in_an_error_or_a_tree(string open, string inner, string close)
    {
        try
        {
            SqlParser.ParseStatements(Nested(open, inner, close, 20_000));
        }
        catch (QueryException error)
        {
            error.Code.ShouldBeOneOf(ErrorCodes.StatementTooComplex, ErrorCodes.SyntaxError);
        }
    }

    [Fact]
    public void Unfinished_nesting_is_an_error_too()
    {
        foreach (var open in new[] { "(", "f(", "[", "case ", "not ", "case when ", "select (", "with a as (", "array[", "{'a': " })
        {
            Should.Throw<QueryException>(() => SqlParser.ParseStatements("select " + string.Concat(Enumerable.Repeat(open, 10_000))));
        }
    }

    [Theory]
    [InlineData("case when a then ", "1", " end")]
    [InlineData("f(", "1", ")")]
    [InlineData("(select ", "1", ")")]
    [InlineData("not ", "a", "")]
    public void A_small_stack_is_noticed_in_time(string open, string inner, string close)
    {
        var sql = "select " + Nested(open, inner, close, 450);
        foreach (var kilobytes in new[] { 160, 192, 256, 384, 512, 768, 1024 })
        {
            QueryException? error = null;
            var thread = new Thread(
                () =>
                {
                    try
                    {
                        SqlParser.ParseStatement(sql);
                    }
                    catch (QueryException caught)
                    {
                        error = caught;
                    }
                },
                maxStackSize: kilobytes * 1024);
            thread.Start();
            thread.Join();
            (error?.Code ?? ErrorCodes.StatementTooComplex).ShouldBe(ErrorCodes.StatementTooComplex);
        }
    }

    private static string RoundTrip(string sql)
    {
        var statement = SqlParser.ParseStatement(sql);
        var text = SqlUnparser.Unparse(statement);
        SqlParser.ParseStatement(text).Equals(statement).ShouldBeTrue();
        statement.GetHashCode().ShouldBe(SqlParser.ParseStatement(text).GetHashCode());
        return text;
    }

    private static string Nested(string open, string inner, string close, int depth)
    {
        var text = new StringBuilder();
        for (var i = 0; i < depth; i++)
        {
            text.Append(open);
        }

        text.Append(inner);
        for (var i = 0; i < depth; i++)
        {
            text.Append(close);
        }

        return text.ToString();
    }
}
