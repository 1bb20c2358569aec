using Antlr4.Runtime;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Building;
using Engine.Parser.Generated;
using Engine.Parser.Parsing;
using Engine.Parser.Tokens;

namespace Engine.Parser;

/// <summary>
/// From SQL text to syntax trees. What cannot be parsed is a <see cref="QueryException"/> whose span points at the offending token. Safe for
/// concurrent use.
/// </summary>
public static class SqlParser
{
    /// <summary>The words that the grammar knows, in lower case, and whether they are no names unless they are quoted.</summary>
    public static IEnumerable<(string Word, bool IsReserved)> Keywords => SqlKeywords.All.Select(word => (word, SqlKeywords.IsReserved(word)));

    /// <summary>All statements of a text, separated by semicolons; none when it holds only white space and comments.</summary>
    public static SyntaxList<Statement> ParseStatements(string sql) =>
        Build(sql, SqlGrammar.RULE_script, parser => parser.script(), (builder, tree) => builder.Statements.Build(tree));

    /// <summary>A text that holds exactly one statement; a semicolon behind it is fine.</summary>
    public static Statement ParseStatement(string sql)
    {
        var statements = ParseStatements(sql);
        return statements.Count switch
        {
            0 => throw SyntaxErrors.Invalid(SyntaxErrors.At(sql, new SourceSpan(sql.Length, 0)) + ": expected a statement", new SourceSpan(sql.Length, 0)),
            1 => statements[0],
            _ => throw SyntaxErrors.Invalid("only one statement is expected here", statements[1].Span),
        };
    }

    /// <summary>An expression on its own.</summary>
    public static Expression ParseExpression(string sql) =>
        Build(sql, SqlGrammar.RULE_standaloneExpression, parser => parser.standaloneExpression(), (builder, tree) => builder.Expressions.Build(tree.expression()));

    /// <summary>A type name on its own, such as <c>map(varchar, array(decimal(12, 2)))</c>.</summary>
    public static TypeName ParseType(string sql) =>
        Build(sql, SqlGrammar.RULE_standaloneType, parser => parser.standaloneType(), (_, tree) => TypeBuilder.Build(tree.typeName()));

    private static TNode Build<TTree, TNode>(string sql, int rule, Func<SqlGrammar, TTree> parse, Func<SyntaxBuilder, TTree, TNode> build)
        where TTree : ParserRuleContext
    {
        ArgumentNullException.ThrowIfNull(sql);
        return build(new SyntaxBuilder(), GrammarRunner.Run(sql, rule, parse));
    }
}
