using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Tokens;

/// <summary>
/// Operators: the longest one that the engine knows. PostgreSQL takes the longest run of operator characters instead, because its operators
/// can be defined by users; here <c>a||-1</c> works without a space.
/// </summary>
internal static class OperatorScanner
{
    private const int MaxLength = 4;

    private static readonly WordTable Table = new(Symbols());

    /// <summary>The token type and the length of the operator at <paramref name="start"/>; the length is 0 when there is none.</summary>
    public static (int Type, int Length) Scan(string sql, int start)
    {
        for (var length = Math.Min(MaxLength, LengthOfRun(sql, start)); length > 0; length--)
        {
            if (Table.TryGetType(sql.AsSpan(start, length), out var type))
            {
                return (type, length);
            }
        }

        return default;
    }

    // A comment ends a run of operator characters.
    private static int LengthOfRun(string sql, int start)
    {
        var end = start + 1;
        while (end < sql.Length && end - start < MaxLength && IsOperatorCharacter(sql[end]) && !StartsComment(sql, end))
        {
            end++;
        }

        return end - start;
    }

    private static bool StartsComment(string sql, int position) =>
        position + 1 < sql.Length && ((sql[position] == '-' && sql[position + 1] == '-') || (sql[position] == '/' && sql[position + 1] == '*'));

    private static bool IsOperatorCharacter(char character) =>
        character is '+' or '-' or '*' or '/' or '<' or '>' or '=' or '~' or '!' or '@' or '#' or '%' or '^' or '&' or '|' or '?';

    private static List<(string Word, int Type)> Symbols()
    {
        List<(string Word, int Type)> symbols =
        [
            ("=", SqlGrammar.Equal),
            ("==", SqlGrammar.Equal),
            ("<>", SqlGrammar.NotEqual),
            ("!=", SqlGrammar.NotEqual),
            ("<", SqlGrammar.Less),
            ("<=", SqlGrammar.LessOrEqual),
            (">", SqlGrammar.Greater),
            (">=", SqlGrammar.GreaterOrEqual),
            ("=>", SqlGrammar.FatArrow),
            ("+", SqlGrammar.Plus),
            ("-", SqlGrammar.Minus),
            ("*", SqlGrammar.Star),
            ("/", SqlGrammar.Slash),
            ("//", SqlGrammar.DoubleSlash),
            ("%", SqlGrammar.Percent),
            ("^", SqlGrammar.Caret),
            ("**", SqlGrammar.Caret),
        ];

        // The first entry of a spelling wins: the ones above have rules of their own.
        symbols.AddRange(OperatorSymbols.All.Select(symbol => (symbol, SqlGrammar.Operator)));
        return symbols;
    }
}
