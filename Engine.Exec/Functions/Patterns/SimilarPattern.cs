using System.Text;
using Engine.Core.Errors;
using Engine.Core.Text.Regex;

namespace Engine.Exec.Functions.Patterns;

/// <summary>SQL's SIMILAR TO patterns as regular expressions: % and _ of LIKE, with choices, repetitions, groups and brackets.</summary>
internal static class SimilarPattern
{
    /// <summary>The pattern for a match of the whole text.</summary>
    /// <param name="pattern">The SIMILAR TO pattern.</param>
    /// <param name="escape">One character, or empty for none.</param>
    public static ByteRegex Parse(string pattern, string escape)
    {
        var result = new StringBuilder("(?:");
        var isInBrackets = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var symbol = pattern[i];
            if (escape.Length > 0 && symbol == escape[0])
            {
                if (++i >= pattern.Length)
                {
                    throw new QueryException(ErrorCodes.InvalidEscapeSequence, $"SIMILAR TO pattern must not end with escape character: \"{pattern}\"");
                }

                AppendLiteral(result, pattern[i]);
            }
            else if (isInBrackets)
            {
                isInBrackets = symbol != ']';
                result.Append(symbol == '\\' ? "\\\\" : symbol.ToString());
            }
            else
            {
                isInBrackets = symbol == '[';
                switch (symbol)
                {
                    case '%': result.Append(".*"); break;
                    case '_': result.Append('.'); break;
                    case '(': result.Append("(?:"); break;
                    case '.' or '^' or '$' or '\\': AppendLiteral(result, symbol); break;
                    default: result.Append(symbol); break;
                }
            }
        }

        return ByteRegex.Parse(result.Append(')').ToString(), ByteRegexOptions.DotMatchesLineFeed);
    }

    private static void AppendLiteral(StringBuilder result, char symbol)
    {
        if (char.IsAscii(symbol) && !char.IsAsciiLetterOrDigit(symbol) && symbol != '_')
        {
            result.Append('\\');
        }

        result.Append(symbol);
    }
}
