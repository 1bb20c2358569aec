namespace Engine.Bench;

/// <summary>One shape to be measured.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Sql">The query.</param>
/// <param name="DuckDbSql">The same question in DuckDB's dialect; mostly the same text.</param>
internal sealed record BenchQuery(string Name, string Sql, string DuckDbSql)
{
    private const string NameMark = "-- name:";
    private const string DuckDbMark = "-- duckdb:";

    /// <summary>Rows come in an order that the query asks for, and are compared in it.</summary>
    public bool IsOrdered => Sql.Contains("ORDER BY", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Reads a file of queries: a line <c>-- name: NAME</c>, then the query and, where DuckDB needs another text, a line <c>-- duckdb:</c> and that text.
    /// Other comments are skipped.
    /// </summary>
    /// <exception cref="BenchException">A query without a name, or a name without a query.</exception>
    public static IReadOnlyList<BenchQuery> ReadFile(string path)
    {
        var queries = new List<BenchQuery>();
        string? name = null;
        var texts = new List<string> { string.Empty };
        foreach (var line in File.ReadLines(path).Append(NameMark))
        {
            if (line.StartsWith(NameMark, StringComparison.Ordinal))
            {
                if (name is not null)
                {
                    queries.Add(Create(name, texts, path));
                }

                name = line[NameMark.Length..].Trim();
                texts = [string.Empty];
            }
            else if (line.StartsWith(DuckDbMark, StringComparison.Ordinal))
            {
                texts.Add(string.Empty);
            }
            else if (!line.StartsWith("--", StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(line))
            {
                if (name is null)
                {
                    throw new BenchException($"{path}: a query stands before the first \"{NameMark}\"");
                }

                texts[^1] += line + "\n";
            }
        }

        return queries;
    }

    private static BenchQuery Create(string name, List<string> texts, string path)
    {
        var sql = texts.Select(text => text.Trim().TrimEnd(';')).ToList();
        return name.Length > 0 && sql.Count <= 2 && sql.TrueForAll(text => text.Length > 0)
            ? new BenchQuery(name, sql[0], sql[^1])
            : throw new BenchException($"{path}: \"{NameMark} {name}\" wants a name and one query, or two with \"{DuckDbMark}\" between them");
    }
}
