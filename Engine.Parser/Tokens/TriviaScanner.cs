using Engine.Core.Errors;

namespace Engine.Parser.Tokens;

/// <summary>White space and comments: <c>-- to the end of the line</c> and <c>/* nested /* comments */ */</c>.</summary>
internal static class TriviaScanner
{
    /// <summary>The position of the next token from <paramref name="position"/> on.</summary>
    public static int Skip(string sql, int position)
    {
        while (position < sql.Length)
        {
            var character = sql[position];
            if (IsSpace(character))
            {
                position++;
            }
            else if (character == '-' && At(sql, position + 1) == '-')
            {
                var end = sql.IndexOf('\n', position);
                position = end < 0 ? sql.Length : end + 1;
            }
            else if (character == '/' && At(sql, position + 1) == '*')
            {
                position = SkipBlock(sql, position);
            }
            else
            {
                break;
            }
        }

        return position;
    }

    /// <summary>
    /// Where a string goes on after a gap, as the standard has it: the gap is white space with at least one line break. Returns -1 when the
    /// string ends here.
    /// </summary>
    public static int Continuation(string sql, int position)
    {
        var sawLineBreak = false;
        while (position < sql.Length)
        {
            var character = sql[position];
            if (IsSpace(character))
            {
                sawLineBreak |= character is '\n' or '\r';
                position++;
            }
            else if (character == '-' && At(sql, position + 1) == '-' && sql.IndexOf('\n', position) is >= 0 and var end)
            {
                position = end;
            }
            else
            {
                return character == '\'' && sawLineBreak ? position : -1;
            }
        }

        return -1;
    }

    private static bool IsSpace(char character) => character is ' ' or '\n' or '\r' or '\t' or '\f' or '\v' or '\u00a0' or '\ufeff';

    private static int SkipBlock(string sql, int start)
    {
        var depth = 0;
        var position = start;
        while (position < sql.Length)
        {
            var next = sql.AsSpan(position).IndexOfAny('*', '/');
            if (next < 0)
            {
                break;
            }

            position += next;
            if (sql[position] == '/' && At(sql, position + 1) == '*')
            {
                depth++;
                position += 2;
            }
            else if (sql[position] == '*' && At(sql, position + 1) == '/')
            {
                depth--;
                position += 2;
                if (depth == 0)
                {
                    return position;
                }
            }
            else
            {
                position++;
            }
        }

        throw SyntaxErrors.Unterminated("/* comment", sql, start);
    }

    private static char At(string sql, int position) => position < sql.Length ? sql[position] : '\0';
}
