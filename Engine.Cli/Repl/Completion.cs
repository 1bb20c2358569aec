using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Errors;
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
                .Concat(Columns(text))
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

    /// <summary>The columns of the tables that the line names. A table whose files cannot be read has none to offer.</summary>
    private IEnumerable<string> Columns(string text)
    {
        var words = text.Split([' ', ',', '(', ')', '.', ';'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = session.Names;
        foreach (var (schema, name, isView) in AllOf(names).Where(entry => words.Contains(entry.Name)))
        {
            if (isView)
            {
                continue;
            }

            IEnumerable<string> columns;
            try
            {
                columns = names.Find(new TableName(null, schema, name), CancellationToken.None) is TableEntry table
                    ? [.. table.Source.Schema.Where(field => !field.IsHidden).Select(field => field.Name)]
                    : [];
            }
            catch (QueryException)
            {
                continue;
            }

            foreach (var column in columns)
            {
                yield return column;
            }
        }
    }

    private IEnumerable<string> Names()
    {
        var names = session.Names;
        var tables = AllOf(names).Select(entry => entry.Name);
        var functions = session.Engine.Functions.All.Select(info => info.Name).Where(name => char.IsAsciiLetter(name[0]));
        return tables.Concat(names.Schemas).Concat(functions);
    }

    private static IEnumerable<(string Schema, string Name, bool IsView)> AllOf(SessionNames names) => names.List(null).Concat(names.Schemas.SelectMany(names.List)).Distinct();
}
