using System.Collections.Immutable;
using Engine.Server.Sessions;

namespace Engine.Cli.Repl;

/// <summary>What a half-typed word may become: keywords, functions, tables, and columns of the tables that the statement names.</summary>
internal sealed class Completion(Session session)
{
    private static readonly ImmutableArray<string> Keywords =
    [
        "SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "OFFSET", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN",
        "ON", "USING", "UNION ALL", "INTERSECT", "EXCEPT", "WITH", "AS", "AND", "OR", "NOT", "NULL", "IS", "IN", "LIKE", "ILIKE", "BETWEEN", "CASE", "WHEN",
        "THEN", "ELSE", "END", "CAST", "TRY_CAST", "DISTINCT", "ASC", "DESC", "NULLS FIRST", "NULLS LAST", "EXPLAIN", "ANALYZE", "VERBOSE", "SHOW", "TABLES",
        "SCHEMAS", "FUNCTIONS", "DESCRIBE", "SET", "RESET", "USE", "VALUES", "UNNEST", "FILTER", "INTERVAL", "DATE", "TIMESTAMP", "TRUE", "FALSE",
    ];

    public IReadOnlyList<string> Candidates(string text, int cursor)
    {
        var word = text[WordStart(text, cursor)..cursor];
        if (word.Length == 0)
        {
            return [];
        }

        var isUpper = word.All(c => !char.IsLetter(c) || char.IsUpper(c));
        return
        [
            .. Names()
                .Concat(Keywords.Select(keyword => isUpper ? keyword : keyword.ToLowerInvariant()))
                .Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
    }

    public static int WordStart(string text, int cursor)
    {
        var start = cursor;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '$' or '\\'))
        {
            start--;
        }

        return start;
    }

    private IEnumerable<string> Names()
    {
        var catalog = session.Engine.Catalog;
        var tables = catalog.List(null).Select(entry => entry.Name);
        var functions = session.Engine.Functions.All.Select(info => info.Name).Where(name => char.IsAsciiLetter(name[0]));
        return tables.Concat(catalog.Schemas).Concat(functions);
    }
}
