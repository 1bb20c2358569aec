namespace Engine.Parser.Tests;

/// <summary>The files beside the tests, as they lie in the output directory.</summary>
internal static class TestFiles
{
    public static string Read(params string[] path) =>
        File.ReadAllText(Path.Combine([AppContext.BaseDirectory, .. path])).Replace("\r\n", "\n", StringComparison.Ordinal);

    public static IEnumerable<string> List(string pattern, params string[] path) =>
        Directory.EnumerateFiles(Path.Combine([AppContext.BaseDirectory, .. path]), pattern).Order(StringComparer.Ordinal);

    /// <summary>The cases of a golden file: blocks of SQL, "=> " and the canonical text, with empty lines between them.</summary>
    public static IEnumerable<(string Sql, string Canonical)> Golden(string name)
    {
        foreach (var block in Read("cases", name).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var separator = block.IndexOf("\n=> ", StringComparison.Ordinal);
            yield return (block[..separator].Trim('\n'), block[(separator + 4)..].TrimEnd('\n'));
        }
    }

    /// <summary>Every SQL text there is: golden cases and query files.</summary>
    public static IEnumerable<string> AllSql()
    {
        foreach (var file in List("*.txt", "cases"))
        {
            foreach (var (sql, _) in Golden(Path.GetFileName(file)))
            {
                yield return sql;
            }
        }

        foreach (var file in List("*.sql", "queries").Concat(List("*.sql", "queries", "tpch")))
        {
            yield return Read(file);
        }
    }
}
