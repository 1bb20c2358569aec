using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Tokens;

namespace Engine.Parser.Tests;

/// <summary>Whatever the text, the parser answers with a tree or with a QueryException that has a place inside of the text.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 20_000;

    private static readonly string[] Fragments =
    [
        "(", ")", "[", "]", "{", "}", ",", ";", "'", "\"", "$$", "$1", "?", ":x", "::", "->", "--", "/*", "*/", "E'\\", "U&'", "X'", "1e", "0x", "..",
        " select ", " from ", " where ", " and ", " not ", " case ", " end ", " in ", " as ", " over ", " values ", " with ", " group by ", " join ",
        " interval ", " cast(", " null ", "\0", "\uD83D", "é", "`", "\\", " order by all ", " pivot ", " lateral ", " escape ", " filter ",
    ];

    [Fact]
    public void Mutated_statements_never_throw_anything_else()
    {
        var random = new Random(20240731);
        var texts = TestFiles.AllSql().Where(sql => sql.Length < 1500).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var sql = texts[random.Next(texts.Length)];
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                sql = Mutate(random, sql, texts);
            }

            Check(sql);
        }
    }

    [Fact]
    public void Random_token_sequences_never_throw_anything_else()
    {
        var random = new Random(7);
        var words = TestFiles.AllSql().SelectMany(sql => SqlTokenizer.Tokenize(sql)).Select(token => token.Text).Where(text => text.Length > 0).Distinct().ToArray();
        for (var round = 0; round < Rounds / 2; round++)
        {
            var count = random.Next(1, 30);
            Check(string.Join(' ', Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)])));
        }
    }

    [Fact]
    public void Every_prefix_of_a_statement_is_a_tree_or_an_error()
    {
        foreach (var sql in TestFiles.AllSql().Where(sql => sql.Length < 300))
        {
            for (var length = 0; length < sql.Length; length += 3)
            {
                Check(sql[..length]);
            }
        }
    }

    private static void Check(string sql)
    {
        SyntaxList<Statement> statements = [];
        try
        {
            statements = SqlParser.ParseStatements(sql);
        }
        catch (QueryException error)
        {
            var span = error.Span.ShouldNotBeNull(sql);
            span.Start.ShouldBeInRange(0, sql.Length, sql);
            span.End.ShouldBeInRange(0, sql.Length, sql);
            error.Message.ShouldNotContain("\n");
            SourceExcerpt.At(sql, span).ToString().ShouldNotBeEmpty();
        }

        var written = string.Join(";", statements.Select(SqlUnparser.Unparse));
        try
        {
            SqlParser.ParseStatements(written).ShouldBe(statements, sql);
        }
        catch (QueryException error)
        {
            Assert.Fail($"{error.Message}: {written}, from {sql}");
        }
    }

    private static string Mutate(Random random, string sql, string[] texts)
    {
        var at = random.Next(sql.Length + 1);
        var length = Math.Min(random.Next(1, 12), sql.Length - at);
        switch (random.Next(6))
        {
            case 0:
                return sql.Remove(at, length);
            case 1:
                return sql.Insert(at, Fragments[random.Next(Fragments.Length)]);
            case 2:
                return sql.Remove(at, length).Insert(at, Fragments[random.Next(Fragments.Length)]);
            case 3:
                return sql.Insert(at, sql.Substring(at, length));
            case 4:
                var other = texts[random.Next(texts.Length)];
                var from = random.Next(other.Length);
                return sql.Insert(at, other.Substring(from, Math.Min(random.Next(1, 30), other.Length - from)));
            default:
                return sql[..at];
        }
    }
}
