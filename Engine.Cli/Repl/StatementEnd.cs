namespace Engine.Cli.Repl;

/// <summary>Tells whether typed text is a whole statement.</summary>
internal static class StatementEnd
{
    /// <summary>Whether the text ends with a semicolon that is not inside a string, a quoted name or a comment.</summary>
    public static bool IsComplete(string text)
    {
        var isEnded = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\'' or '"':
                    i = text.IndexOf(text[i], i + 1);
                    if (i < 0)
                    {
                        return false;
                    }

                    isEnded = false;
                    break;
                case '-' when Follows(text, i, "--"):
                    i = text.IndexOf('\n', i);
                    if (i < 0)
                    {
                        return isEnded;
                    }

                    break;
                case '/' when Follows(text, i, "/*"):
                    i = text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                    if (i < 0)
                    {
                        return false;
                    }

                    i++;
                    break;
                case ';':
                    isEnded = true;
                    break;
                case var c when !char.IsWhiteSpace(c):
                    isEnded = false;
                    break;
            }
        }

        return isEnded;
    }

    private static bool Follows(string text, int place, string mark) => string.CompareOrdinal(text, place, mark, 0, mark.Length) == 0;
}
