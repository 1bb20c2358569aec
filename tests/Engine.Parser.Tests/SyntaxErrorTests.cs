using Engine.Core.Errors;

namespace Engine.Parser.Tests;

/// <summary>What a user reads when a statement is wrong: the token, its place, and what could have stood there.</summary>
public sealed class SyntaxErrorTests
{
    [Theory]
    [InlineData("select * form t", "form", "expected FROM, WHERE, GROUP BY")]
    [InlineData("selct 1", "selct", "expected a statement")]
    [InlineData("select a from t wher x = 1", "x", "expected JOIN, WHERE")]
    [InlineData("select from where", "where", "expected a table")]
    [InlineData("select count(x y) from t", "y", "expected ), ','")]
    [InlineData("select f(1,,2)", ",", "expected an expression")]
    [InlineData("select a from t group a", "a", "expected BY")]
    [InlineData("select a from t order a", "a", "expected BY")]
    [InlineData("drop tabel x", "tabel", "expected TABLE, VIEW, SCHEMA")]
    [InlineData("create table t (a array<int>)", "<", "expected (")]
    [InlineData("select case a when 1 the 2 end", "the", "expected THEN")]
    [InlineData("insert t values (1)", "t", "expected INTO or OVERWRITE")]
    [InlineData("select 'a' 'b'", "'b'", "expected FROM")]
    [InlineData("select 1 from a join b where x", "where", "expected JOIN, ON, USING")]
    [InlineData("update t where a", "where", "expected an identifier, AS or SET")]
    [InlineData("select cast(a as) from t", ")", "expected a type")]
    [InlineData("select cast(a, int)", ",", "expected AS")]
    [InlineData("select a from t limit 1 limit", "", "expected an expression or ALL")]
    [InlineData("select (1", "", "expected ) or ','")]
    [InlineData("select a from t join u", "", "expected JOIN, ON, USING")]
    [InlineData("select case when 1 then 2", "", "expected WHEN, ELSE or END")]
    [InlineData("with a as select 1", "select", "expected (")]
    [InlineData("select * from t where a between 1 or 2", "or", "expected AND")]
    [InlineData("select 1 + from t", "from", "expected an expression")]
    [InlineData("delete t", "t", "expected FROM")]
    [InlineData("explain drop table t", "drop", "expected")]
    [InlineData("select * from read_csv('x', => 1)", "=>", "expected an expression")]
    public void Message_names_token_and_expectation(string sql, string token, string expected)
    {
        var error = Should.Throw<QueryException>(() => SqlParser.ParseStatements(sql));
        error.Code.ShouldBe(ErrorCodes.SyntaxError);
        error.Message.ShouldStartWith(token.Length == 0 ? "syntax error at end of input (line" : $"syntax error at or near \"{token}\" (line");
        error.Message.ShouldContain(expected);
        var span = error.Span.ShouldNotBeNull();
        (span.Start == sql.Length ? string.Empty : sql.Substring(span.Start, span.Length)).ShouldBe(token);
        error.Message.Split(", ").Length.ShouldBeLessThan(10);
    }

    [Fact]
    public void Place_is_counted_in_lines_and_columns()
    {
        var error = Should.Throw<QueryException>(() => SqlParser.ParseStatements("select a,\n       b\nfrom t\nwhere a = = 1"));
        error.Message.ShouldStartWith("syntax error at or near \"=\" (line 4, column 11)");
        error.Span.ShouldBe(new SourceSpan(36, 1));
    }

    [Fact]
    public void Spans_point_into_the_whole_text_when_it_has_several_statements()
    {
        const string sql = "select 1;\nselect 2 +;\nselect 3";
        var error = Should.Throw<QueryException>(() => SqlParser.ParseStatements(sql));
        error.Message.ShouldStartWith("syntax error at or near \";\" (line 2, column 11): expected an expression");
    }

    [Theory]
    [InlineData("select 'abc", "unterminated quoted string at or near \"'abc\" (line 1, column 8)", 7)]
    [InlineData("select E'abc\\'", "unterminated quoted string", 7)]
    [InlineData("select \"abc", "unterminated quoted identifier at or near", 7)]
    [InlineData("select 1 /* a /* b */", "unterminated /* comment at or near \"/* a /* b */\"", 9)]
    [InlineData("select $x$ abc $y$", "unterminated dollar-quoted string", 7)]
    [InlineData("select \"\"", "zero-length delimited identifier", 7)]
    [InlineData("select 12abc", "trailing junk after numeric literal at or near \"12abc\"", 7)]
    [InlineData("select 0xZZ", "trailing junk after numeric literal", 7)]
    [InlineData("select 1_", "trailing junk after numeric literal", 7)]
    [InlineData("select U&'\\00zz'", "invalid Unicode escape", 7)]
    [InlineData("select U&'\\d800'", "invalid Unicode surrogate pair", 7)]
    [InlineData("select a `b`", "syntax error at or near \"`\"", 9)]
    [InlineData("select ? + $1", "cannot use both ? and $1", 11)]
    public void Lexical_errors_point_at_the_start_of_the_token(string sql, string message, int start)
    {
        var error = Should.Throw<QueryException>(() => SqlParser.ParseStatements(sql));
        error.Code.ShouldBe(ErrorCodes.SyntaxError);
        error.Message.ShouldContain(message);
        error.Span.ShouldNotBeNull().Start.ShouldBe(start);
    }

    [Theory]
    [InlineData("select X'1'", "22P02")]
    [InlineData("select X'zz'", "22P02")]
    [InlineData("select B'012'", "22P02")]
    [InlineData(@"select E'\xff'", "22021")]
    [InlineData("select $0", "42P02")]
    [InlineData("select x::varchar(99999999999)", "22003")]
    [InlineData("fetch 99999999999999999999 from c", "22003")]
    [InlineData("select * from t limit 1 limit 2", "42601")]
    [InlineData("select * from t offset 1 offset 2", "42601")]
    [InlineData("select sum(a) over (rows between unbounded following and current row) from t", "42601")]
    [InlineData("select sum(a) over (rows between current row and 1 preceding) from t", "42601")]
    [InlineData("create or replace table if not exists t (a int)", "42601")]
    [InlineData("create table t", "42601")]
    [InlineData("create table t (a)", "42601")]
    [InlineData("create table t (a int) as select 1", "42601")]
    [InlineData("create external table t as select 1", "42601")]
    [InlineData("create table t (a int) location 'x' location 'y'", "42601")]
    [InlineData("copy (select 1) from 'x'", "42601")]
    [InlineData("copy t to stdin", "42601")]
    [InlineData("copy t from stdout", "42601")]
    [InlineData("copy t to 'x' bananas", "42601")]
    [InlineData("select * from t as (a, b)", "42601")]
    [InlineData("select * from t as x (a int)", "42601")]
    [InlineData("select a overlaps b", "42601")]
    [InlineData("select a[]", "42601")]
    [InlineData("select -> a", "42601")]
    public void Statements_without_meaning_have_a_code_and_a_place(string sql, string sqlState)
    {
        var error = Should.Throw<QueryException>(() => SqlParser.ParseStatements(sql));
        error.Code.SqlState.ShouldBe(sqlState);
        error.Span.ShouldNotBeNull();
    }

    [Fact]
    public void Spark_types_get_a_hint()
    {
        var error = Should.Throw<QueryException>(() => SqlParser.ParseStatement("select cast(a as map<int, text>)"));
        error.Hint.ShouldBe("Types take parentheses here: map(...), or element[] for an array.");
    }

    [Fact]
    public void A_reserved_word_as_a_name_gets_a_hint()
    {
        var error = Should.Throw<QueryException>(() => SqlParser.ParseStatement("create table t (order int)"));
        error.Hint.ShouldBe("\"order\" is a reserved word; to use it as a name, put it in double quotes.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  -- nothing\n /* here */ ;; ")]
    public void Text_without_statements_is_an_empty_list(string sql)
    {
        SqlParser.ParseStatements(sql).ShouldBeEmpty();
        Should.Throw<QueryException>(() => SqlParser.ParseStatement(sql)).Message.ShouldContain("expected a statement");
    }

    [Fact]
    public void ParseStatement_takes_one_statement_only()
    {
        SqlParser.ParseStatement("select 1;").ToString().ShouldBe("SELECT 1");
        var error = Should.Throw<QueryException>(() => SqlParser.ParseStatement("select 1; select 2"));
        error.Span.ShouldBe(new SourceSpan(10, 8));
    }
}
