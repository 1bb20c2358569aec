using Antlr4.Runtime;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Tokens;

/// <summary>The words of the grammar; the vocabulary of SqlTokens.g4 and the rules at the end of SqlGrammar.g4 are the only list of them.</summary>
internal static class SqlKeywords
{
    private static readonly WordTable Table = new(Words());

    private static readonly bool[] Reserved = TypesOf(SqlGrammar.RULE_reserved);

    private static readonly bool[] SessionValues = TypesOf(SqlGrammar.RULE_sessionValue);

    private static readonly bool[] ColumnNames = TypesOf(SqlGrammar.RULE_columnNameKeyword);

    /// <summary>All keywords, in lower case.</summary>
    public static IEnumerable<string> All => Words().Select(word => word.Word.ToLowerInvariant());

    /// <summary>The token type of a word: its own one for a keyword, otherwise that of an identifier.</summary>
    public static int TypeOf(ReadOnlySpan<char> word) => Table.TryGetType(word, out var type) ? type : SqlGrammar.Identifier;

    /// <summary>Whether a word is not a name unless it is quoted.</summary>
    public static bool IsReserved(ReadOnlySpan<char> word) => Table.TryGetType(word, out var type) && Reserved[type];

    public static bool IsReserved(int tokenType) => tokenType >= 0 && Reserved[tokenType];

    /// <summary>Whether a function is written without parentheses when it has no arguments, like CURRENT_DATE.</summary>
    public static bool IsSessionValue(QualifiedName name) =>
        name is { IsSimple: true, Last: { Quoted: false, Value: var word } } && Table.TryGetType(word, out var type) && SessionValues[type];

    public static bool IsSessionValue(int tokenType) => tokenType >= 0 && SessionValues[tokenType];

    /// <summary>Whether a word that may be a column may also stand in front of a value, as in <c>ORDER BY ?</c>.</summary>
    public static bool IntroducesValue(int tokenType) => tokenType is SqlGrammar.BY or SqlGrammar.ESCAPE or SqlGrammar.FIRST or SqlGrammar.GROUPS or
        SqlGrammar.INTERVAL or SqlGrammar.NEXT or SqlGrammar.QUERY or SqlGrammar.RANGE or SqlGrammar.ROWS or SqlGrammar.SET or SqlGrammar.VALUES or
        SqlGrammar.ZONE;

    /// <summary>Whether a keyword that is not the name of a function elsewhere may be called all the same.</summary>
    public static bool HasCallForm(string word) => Table.TryGetType(word, out var type) &&
        (SessionValues[type] || ColumnNames[type] || type is SqlGrammar.LEFT or SqlGrammar.RIGHT or SqlGrammar.OVERLAPS);

    /// <summary>Whether a token is a name, quoted or not.</summary>
    public static bool IsName(int tokenType) =>
        tokenType is SqlGrammar.Identifier or SqlGrammar.QuotedIdentifier || (IsWord(tokenType) && !Reserved[tokenType]);

    /// <summary>Whether a token is a keyword.</summary>
    public static bool IsWord(int tokenType) => tokenType > SqlGrammar.Caret;

    private static List<(string Word, int Type)> Words()
    {
        var vocabulary = (Vocabulary)SqlGrammar.DefaultVocabulary;
        var words = new List<(string Word, int Type)>();
        for (var type = SqlGrammar.Caret + 1; type <= vocabulary.getMaxTokenType(); type++)
        {
            words.Add((vocabulary.GetLiteralName(type).Trim('\''), type));
        }

        return words;
    }

    private static bool[] TypesOf(int rule)
    {
        var types = new bool[((Vocabulary)SqlGrammar.DefaultVocabulary).getMaxTokenType() + 1];
        foreach (var type in SqlGrammar._ATN.NextTokens(SqlGrammar._ATN.ruleToStartState[rule]).ToList())
        {
            types[Math.Max(type, 0)] = true;
        }

        return types;
    }
}
