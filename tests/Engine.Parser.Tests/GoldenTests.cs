using Engine.Core.Errors;
using Engine.Parser.Ast;

namespace Engine.Parser.Tests;

/// <summary>Each case of the files in cases/ parses, is written in its canonical form, and means the same when it is parsed again.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string, string> Cases(string file)
    {
        var data = new TheoryData<string, string>();
        foreach (var (sql, canonical) in TestFiles.Golden(file))
        {
            data.Add(sql, canonical);
        }

        return data;
    }

    public static TheoryData<string> Queries()
    {
        var data = new TheoryData<string>();
        foreach (var file in TestFiles.List("*.sql", "queries", "tpch").Concat(TestFiles.List("*.sql", "queries")))
        {
            data.Add(Path.GetRelativePath(AppContext.BaseDirectory, file));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases), "select.txt")]
    [MemberData(nameof(Cases), "relations.txt")]
    [MemberData(nameof(Cases), "expressions.txt")]
    [MemberData(nameof(Cases), "literals.txt")]
    [MemberData(nameof(Cases), "types.txt")]
    [MemberData(nameof(Cases), "data.txt")]
    [MemberData(nameof(Cases), "definitions.txt")]
    [MemberData(nameof(Cases), "session.txt")]
    public void Statement_has_its_canonical_text(string sql, string canonical)
    {
        var statement = SqlParser.ParseStatement(sql);
        statement.ToString().ShouldBe(canonical);
        SqlParser.ParseStatement(canonical).ShouldBe(statement);
        SpansAreSound(statement, sql);
    }

    [Theory]
    [MemberData(nameof(Cases), "select.txt")]
    [MemberData(nameof(Cases), "expressions.txt")]
    [MemberData(nameof(Cases), "session.txt")]
    public void Keywords_have_no_case(string sql, string canonical)
    {
        // Text in quotes keeps its case, and so do parameters.
        if (!sql.Contains(':', StringComparison.Ordinal) && sql.AsSpan().IndexOfAny("'\"$ßüöäÜÖÄ") < 0)
        {
            SqlParser.ParseStatement(sql.ToUpperInvariant()).ToString().ShouldBe(canonical);
        }
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_file_parses_and_survives_the_round_trip(string file)
    {
        var sql = TestFiles.Read(file);
        var statements = SqlParser.ParseStatements(sql);
        statements.Count.ShouldBeGreaterThan(0);
        var written = string.Join(";\n", statements.Select(SqlUnparser.Unparse));
        SqlParser.ParseStatements(written).ShouldBe(statements);
        foreach (var statement in statements)
        {
            SpansAreSound(statement, sql);
        }
    }

    [Fact]
    public void All_22_queries_of_tpch_are_there() => TestFiles.List("q??.sql", "queries", "tpch").Count().ShouldBe(22);

    private static void SpansAreSound(Statement statement, string sql)
    {
        foreach (var node in SyntaxWalk.All(statement).Where(node => node is not TableStorage and not WindowSpecification))
        {
            node.Span.Length.ShouldBeGreaterThan(0, $"{node.GetType().Name} in {sql}");
            node.Span.End.ShouldBeLessThanOrEqualTo(sql.Length);
            if (node is Identifier { Quoted: false } or ColumnReference)
            {
                continue;
            }

            foreach (var child in SyntaxWalk.Children(node).Where(child => child is Expression or Relation or Query))
            {
                SourceSpan.Covering(node.Span, child.Span).ShouldBe(node.Span, $"{child.GetType().Name} in {node.GetType().Name} in {sql}");
            }
        }
    }
}
