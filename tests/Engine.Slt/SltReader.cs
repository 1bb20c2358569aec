namespace Engine.Slt;

/// <summary>Reads scripts in the sqllogictest format: records apart by empty lines, comments behind #.</summary>
internal static class SltReader
{
    /// <summary>The name this engine goes by in skipif and onlyif.</summary>
    private const string EngineName = "queryengine";

    /// <param name="path">The script.</param>
    /// <param name="configuration">How it is run, which skipif and onlyif may name too, with hyphens for blanks.</param>
    public static IEnumerable<SltRecord> Read(string path, string configuration)
    {
        var lines = File.ReadAllLines(path);
        var next = 0;
        var isSkipped = false;
        while (next < lines.Length)
        {
            var line = lines[next].TrimEnd();
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#') || words[0] is "hash-threshold")
            {
                next++;
                continue;
            }

            switch (words[0])
            {
                case "halt":
                    yield break;
                case "skipif":
                    isSkipped |= IsHere(words[1], configuration);
                    next++;
                    break;
                case "onlyif":
                    isSkipped |= !IsHere(words[1], configuration);
                    next++;
                    break;
                case "statement" or "query":
                    var record = ReadRecord(path, lines, words, ref next);
                    if (!isSkipped)
                    {
                        yield return record;
                    }

                    isSkipped = false;
                    break;
                default:
                    throw new FormatException($"{path}:{next + 1}: unknown record: {line}");
            }
        }
    }

    private static bool IsHere(string name, string configuration) => name == EngineName || name == configuration.Replace(' ', '-');

    private static SltRecord ReadRecord(string path, string[] lines, string[] words, ref int next)
    {
        var start = next + 1;
        var header = lines[next++];
        var sql = new List<string>();
        while (next < lines.Length && lines[next].Trim().Length > 0 && lines[next] != "----")
        {
            sql.Add(lines[next++]);
        }

        var expected = new List<string>();
        if (next < lines.Length && lines[next] == "----")
        {
            for (next++; next < lines.Length && lines[next].Length > 0; next++)
            {
                expected.Add(lines[next]);
            }
        }

        var isError = words.Length > 1 && words[1] == "error";
        var pattern = isError ? header[(header.IndexOf("error", StringComparison.Ordinal) + "error".Length)..].Trim() : string.Empty;
        var sort = words.Contains("rowsort", StringComparer.Ordinal) ? SltSort.Rows : words.Contains("valuesort", StringComparer.Ordinal) ? SltSort.Values : SltSort.None;
        var expectation = isError ? SltExpectation.Error : words[0] == "query" ? SltExpectation.Rows : SltExpectation.Success;
        return new SltRecord(path, start, expectation, string.Join('\n', sql), pattern, sort, expected);
    }
}
