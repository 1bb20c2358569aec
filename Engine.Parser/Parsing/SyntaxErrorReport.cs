using Engine.Core.Errors;
using Engine.Parser.Generated;
using Engine.Parser.Tokens;

namespace Engine.Parser.Parsing;

/// <summary>Turns the failure of the parser into the error that the user reads.</summary>
internal static class SyntaxErrorReport
{
    private const int MaxAlternatives = 6;

    // What a reader most likely meant comes first; what is not here comes behind, and operators only when there is nothing else.
    private static readonly string[] Order =
    [
        "a statement", "a query", "an expression", "a table", "a name", "an identifier", "a type", "a string", "a number", "a value",
        "TABLE", "VIEW", "SCHEMA", "an interval field", ")", "]", "}", "FROM", "JOIN", "ON", "USING", "WHERE", "GROUP BY", "HAVING", "AS", "an alias",
        "','", "ORDER BY", "LIMIT", "WINDOW", "QUALIFY", "OFFSET", "UNION", "INTERSECT", "EXCEPT", "WHEN", "THEN", "ELSE", "END", "TO", "IN", "BY", "SET", "INTO",
        "VALUES", ";", "end of input",
    ];

    private static readonly HashSet<int> OperatorLike =
    [
        SqlGrammar.Operator, SqlGrammar.OPERATOR, SqlGrammar.Plus, SqlGrammar.Minus, SqlGrammar.Star, SqlGrammar.Slash, SqlGrammar.DoubleSlash,
        SqlGrammar.Percent, SqlGrammar.Caret, SqlGrammar.DoubleColon, SqlGrammar.LeftBracket, SqlGrammar.Dot, SqlGrammar.AND, SqlGrammar.OR, SqlGrammar.NOT,
        SqlGrammar.IS, SqlGrammar.ISNULL, SqlGrammar.NOTNULL, SqlGrammar.IN, SqlGrammar.LIKE, SqlGrammar.ILIKE, SqlGrammar.SIMILAR, SqlGrammar.BETWEEN,
        SqlGrammar.OVERLAPS, SqlGrammar.COLLATE, SqlGrammar.AT,
    ];

    // A name may go on as a call or as a typed literal: true after every name, so it says nothing.
    private static readonly HashSet<int> NameEndings = [SqlGrammar.LeftParenthesis, SqlGrammar.StringLiteral];

    private static readonly string[] NameRules = ["an identifier", "a name", "a table"];

    public static QueryException Describe(string sql, SqlToken[] tokens, ParseFailure failure, int entryRule)
    {
        var (index, types, rules) = ExpectedTokens.Find(tokens, failure, entryRule);
        var token = tokens[index];
        var expected = Expected(types, rules);
        var message = SyntaxErrors.At(sql, token.Span) + (expected.Count == 0 ? string.Empty : ": expected " + Listed(expected));
        return new QueryException(ErrorCodes.SyntaxError, message, token.Span, HintFor(tokens, index, rules));
    }

    private static List<string> Expected(HashSet<int> types, HashSet<string> rules)
    {
        var found = new HashSet<string>(rules, StringComparer.Ordinal);
        if (types.Contains(SqlGrammar.DoubleColon))
        {
            types.ExceptWith(NameEndings);
            found.Remove("a string");
        }

        foreach (var type in types)
        {
            // Behind BETWEEN x only AND goes on; where OR may stand as well, both are operators among others.
            if (OperatorLike.Contains(type) && (type != SqlGrammar.AND || types.Contains(SqlGrammar.OR)))
            {
                found.Add("an operator");
            }
            else
            {
                found.Add(NameOf(type));
            }
        }

        // After a finished value anything may follow: operators would only hide the few words that matter.
        if (found.Count > 1)
        {
            found.Remove("an operator");
        }

        if (found.Contains("an identifier"))
        {
            found.Remove("an alias");
        }

        return [.. found.OrderBy(name => Array.IndexOf(Order, name) is >= 0 and var rank ? rank : Order.Length).ThenBy(name => name, StringComparer.Ordinal)];
    }

    private static string Listed(List<string> expected)
    {
        if (expected.Count == 1)
        {
            return expected[0];
        }

        return expected.Count > MaxAlternatives
            ? string.Join(", ", expected.Take(MaxAlternatives)) + ", ..."
            : string.Join(", ", expected.Take(expected.Count - 1)) + " or " + expected[^1];
    }

    private static string NameOf(int type) => type switch
    {
        -1 => "end of input",
        SqlGrammar.Identifier or SqlGrammar.QuotedIdentifier => "an identifier",
        SqlGrammar.StringLiteral or SqlGrammar.BinaryLiteral or SqlGrammar.BitLiteral => "a string",
        SqlGrammar.IntegerLiteral or SqlGrammar.DecimalLiteral or SqlGrammar.FloatLiteral => "a number",
        SqlGrammar.PositionalParameter or SqlGrammar.QuestionParameter or SqlGrammar.NamedParameter => "a parameter",
        SqlGrammar.LambdaArrow => "->",
        SqlGrammar.Comma => "','",
        SqlGrammar.GROUP => "GROUP BY",
        SqlGrammar.ORDER => "ORDER BY",
        _ => SqlGrammar.DefaultVocabulary.GetLiteralName(type).Trim('\''),
    };

    private static string? HintFor(SqlToken[] tokens, int index, HashSet<string> rules)
    {
        var token = tokens[index];
        var previous = index > 0 ? tokens[index - 1] : null;
        if (token.Type == SqlGrammar.Less && previous is not null && IsTypeWord(previous.Text))
        {
            return $"Types take parentheses here: {previous.Text.ToLowerInvariant()}(...), or element[] for an array.";
        }

        if (SqlKeywords.IsReserved(token.Type) && rules.Overlaps(NameRules))
        {
            return $"\"{token.Text}\" is a reserved word; to use it as a name, put it in double quotes.";
        }

        return token.Text == "`" ? "Names are quoted with double quotes." : null;
    }

    private static bool IsTypeWord(string word) =>
        word.Equals("array", StringComparison.OrdinalIgnoreCase) || word.Equals("map", StringComparison.OrdinalIgnoreCase) ||
        word.Equals("struct", StringComparison.OrdinalIgnoreCase) || word.Equals("row", StringComparison.OrdinalIgnoreCase) ||
        word.Equals("list", StringComparison.OrdinalIgnoreCase);
}
