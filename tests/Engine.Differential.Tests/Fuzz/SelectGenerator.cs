using System.Globalization;

namespace Engine.Differential.Tests.Fuzz;

/// <summary>
/// Queries over three small tables with NULLs and duplicates: joins of every kind, grouping with every form, windows, set operations, common tables and
/// correlated subqueries, nested in one another. What a query gives does not depend on an order that it does not ask for.
/// </summary>
public sealed class SelectGenerator(Random random)
{
    /// <summary>Makes the tables, in both dialects.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        "CREATE TABLE t1 (k int, v int, s varchar, d date)",
        "CREATE TABLE t2 (k int, w int, s varchar, m decimal(8, 2))",
        "CREATE TABLE t3 (g int, x bigint, f double)",
        "INSERT INTO t1 SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE i % 10 END, CASE WHEN i % 5 = 0 THEN NULL ELSE (i * 37) % 23 END, CASE WHEN i % 11 = 0 THEN NULL ELSE chr((97 + i % 5)::int) END, DATE '2024-01-01' + (i % 40)::int FROM generate_series(1, 60) t(i)",
        "INSERT INTO t2 SELECT CASE WHEN i % 6 = 0 THEN NULL ELSE i % 12 END, (i * 13) % 17, CASE WHEN i % 4 = 0 THEN NULL ELSE chr((97 + i % 7)::int) END, CASE WHEN i % 9 = 0 THEN NULL ELSE ((i * 71) % 500)::decimal(8, 2) / 4 END FROM generate_series(1, 40) t(i)",
        "INSERT INTO t3 SELECT i % 4, CASE WHEN i % 8 = 0 THEN NULL ELSE i * 1000 END, i * 0.5 FROM generate_series(1, 20) t(i)",
    ];

    private static readonly Source[] Sources =
    [
        new("t1", ["k", "v"], ["s"], "d", null), new("t2", ["k", "w"], ["s"], null, "m"), new("t3", ["g", "x"], [], null, "f"),
    ];

    private int _aliases;

    /// <summary>A query of some columns, all of them integers, texts or numbers that both engines write alike.</summary>
    public string Make(int depth) => random.Next(10) switch
    {
        0 when depth > 0 => WithCommonTable(depth - 1),
        1 when depth > 0 => SetOperation(depth - 1),
        2 or 3 => Grouped(depth),
        4 => Windowed(depth),
        5 => Top(depth),
        6 => GroupingSets(),
        _ => Plain(depth),
    };

    private string Plain(int depth)
    {
        var (from, inScope) = From(depth);
        var columns = Enumerable.Range(0, random.Next(1, 4)).Select((_, i) => $"{(i == 0 ? Number(inScope, depth) : random.Next(2) == 0 ? TextColumn(inScope) : Number(inScope, depth))} AS c{i}");
        return $"SELECT {(random.Next(4) == 0 ? "DISTINCT " : string.Empty)}{string.Join(", ", columns)} FROM {from}{Where(inScope, depth)}";
    }

    private string Grouped(int depth)
    {
        var (from, inScope) = From(depth);
        var key = random.Next(3) == 0 ? TextColumn(inScope) : Number(inScope, 0);
        var aggregates = string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(i => $"{Aggregate(inScope)} AS a{i}"));
        var having = random.Next(3) == 0 ? $" HAVING count(*) > {random.Next(1, 4)}" : string.Empty;
        return random.Next(4) == 0
            ? $"SELECT {aggregates} FROM {from}{Where(inScope, depth)}"
            : $"SELECT {key} AS g, {aggregates} FROM {from}{Where(inScope, depth)} GROUP BY {key}{having}";
    }

    private string GroupingSets()
    {
        var alias = NewAlias();
        var (source, inScope) = ($"t1 {alias}", new[] { (Sources[0], alias) });
        var sets = Pick($"ROLLUP ({alias}.k, {alias}.s)", $"CUBE ({alias}.k, {alias}.s)", $"GROUPING SETS (({alias}.k), ({alias}.s), ())", $"GROUPING SETS (({alias}.k, {alias}.s), ({alias}.k))");
        return $"SELECT {alias}.k AS k, {alias}.s AS s, grouping({alias}.k) AS gk, {Aggregate(inScope)} AS a FROM {source}{Where(inScope, 0)} GROUP BY {sets}";
    }

    private string Windowed(int depth)
    {
        var (from, inScope) = From(0);
        var partition = random.Next(3) == 0 ? string.Empty : $"PARTITION BY {Number(inScope, 0)} ";

        // Every column decides the order, so that there is one.
        var order = string.Join(", ", inScope.SelectMany(pair => pair.Source.Numbers.Concat(pair.Source.Texts).Select(column => $"{pair.Alias}.{column} NULLS LAST")));
        var frame = Pick(string.Empty, string.Empty, $" ROWS BETWEEN {random.Next(0, 4)} PRECEDING AND {random.Next(0, 3)} FOLLOWING", " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW", " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING");
        var column = Column(inScope);
        var call = Pick("row_number()", "rank()", "dense_rank()", $"ntile({random.Next(1, 5)})", $"lag({column}, {random.Next(0, 3)})", $"lead({column})", $"first_value({column})", $"last_value({column})", $"sum({column})", $"count({column})", $"min({column})", $"max({column})", "count(*)", $"nth_value({column}, 2)");
        var takesFrame = !call.Contains("row_number", StringComparison.Ordinal) && !call.Contains("rank", StringComparison.Ordinal) && !call.StartsWith("ntile", StringComparison.Ordinal) && !call.StartsWith("la", StringComparison.Ordinal) && !call.StartsWith("lead", StringComparison.Ordinal) || call.StartsWith("last_value", StringComparison.Ordinal);
        var query = $"SELECT {Column(inScope)} AS c0, {call} OVER ({partition}ORDER BY {order}{(takesFrame ? frame : string.Empty)}) AS w FROM {from}{Where(inScope, depth)}";
        return random.Next(4) == 0 ? $"SELECT c0, w FROM ({query}) {NewAlias()} WHERE w <= {random.Next(0, 30)}" : query;
    }

    private string Top(int depth)
    {
        var query = Plain(depth);
        return $"SELECT * FROM ({query}) {NewAlias()} ORDER BY ALL{Pick(string.Empty, " NULLS LAST", " NULLS FIRST")}{(random.Next(2) == 0 ? " LIMIT " + random.Next(0, 12) : string.Empty)}{(random.Next(3) == 0 ? " OFFSET " + random.Next(0, 6) : string.Empty)}";
    }

    private string SetOperation(int depth)
    {
        var operation = Pick("UNION", "UNION ALL", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL");
        return $"({Two(depth)}) {operation} ({Two(depth)})";
    }

    private string Two(int depth)
    {
        var (from, inScope) = From(depth);
        return $"SELECT {Column(inScope)} AS c0, {TextColumn(inScope)} AS c1 FROM {from}{Where(inScope, depth)}";
    }

    private string WithCommonTable(int depth)
    {
        var name = NewAlias();
        return random.Next(5) == 0
            ? $"WITH RECURSIVE {name}(n, m) AS (SELECT 1, {random.Next(1, 4)} UNION ALL SELECT n + 1, m * 2 FROM {name} WHERE n < {random.Next(1, 8)}) SELECT {name}.n AS c0, count(t1.k) AS c1 FROM {name} LEFT JOIN t1 ON t1.k = {name}.n GROUP BY {name}.n"
            : $"WITH {name} AS ({Two(depth)}) SELECT a.c0, b.c1, count(*) AS n FROM {name} a JOIN {name} b ON a.c0 = b.c0 GROUP BY a.c0, b.c1";
    }

    private (string Text, (Source Source, string Alias)[] InScope) From(int depth)
    {
        var first = OneSource(depth);
        var (text, inScope) = ($"{first.Text} {first.Alias}", new List<(Source, string)> { (first.Source, first.Alias) });
        for (var more = random.Next(3); more > 0; more--)
        {
            var next = OneSource(depth);
            var on = $"{Column([.. inScope])} = {Column([(next.Source, next.Alias)])}";
            var extra = random.Next(4) == 0 ? $" AND {Column([(next.Source, next.Alias)])} > {random.Next(0, 10)}" : string.Empty;
            text += random.Next(8) switch
            {
                0 => $" LEFT JOIN {next.Text} {next.Alias} ON {on}{extra}",
                1 => $" RIGHT JOIN {next.Text} {next.Alias} ON {on}{extra}",
                2 => $" FULL JOIN {next.Text} {next.Alias} ON {on}",
                3 => $" CROSS JOIN (SELECT * FROM {next.Text} WHERE {next.Source.Numbers[0]} = {random.Next(0, 5)}) {next.Alias}",
                _ => $" JOIN {next.Text} {next.Alias} ON {on}{extra}",
            };
            inScope.Add((next.Source, next.Alias));
        }

        return (text, [.. inScope]);
    }

    private (string Text, Source Source, string Alias) OneSource(int depth)
    {
        var source = Sources[random.Next(Sources.Length)];
        return depth > 0 && random.Next(4) == 0
            ? ($"({Two(depth - 1)})", new Source("subquery", ["c0"], ["c1"], null, null), NewAlias())
            : (source.Table, source, NewAlias());
    }

    private string Where((Source Source, string Alias)[] inScope, int depth)
    {
        if (random.Next(3) == 0)
        {
            return string.Empty;
        }

        var terms = Enumerable.Range(0, random.Next(1, 3)).Select(_ => Condition(inScope, depth));
        return " WHERE " + string.Join(Pick(" AND ", " OR "), terms);
    }

    private string Condition((Source Source, string Alias)[] inScope, int depth)
    {
        if (depth > 0 && random.Next(2) == 0)
        {
            var inner = NewAlias();
            var source = Sources[random.Next(Sources.Length)];
            var column = $"{inner}.{source.Numbers[random.Next(source.Numbers.Length)]}";
            var other = $"{inner}.{source.Numbers[random.Next(source.Numbers.Length)]}";
            var correlation = random.Next(3) > 0 ? $"{column} {Pick("=", "=", "<", ">=", "<>")} {Column(inScope)}" : $"{column} > {random.Next(0, 12)}";
            var query = $"FROM {source.Table} {inner} WHERE {correlation}";
            return random.Next(8) switch
            {
                0 => $"EXISTS (SELECT 1 {query})",
                1 => $"NOT EXISTS (SELECT 1 {query})",
                2 => $"{Column(inScope)} IN (SELECT {other} {query})",
                3 => $"{Column(inScope)} NOT IN (SELECT {other} {query})",
                4 => $"{Column(inScope)} {Pick("<", ">=", "=", "<>")} {Pick("ANY", "ALL")} (SELECT {other} {query})",
                5 => $"(SELECT count(*) {query}) {Pick(">", "=", "<")} {random.Next(0, 4)}",
                6 => $"coalesce((SELECT {Pick("min", "max", "sum")}({other}) {query}), -1) {Pick(">", "<")} {Column(inScope)}",
                _ => $"EXISTS (SELECT {inner}.{source.Numbers[0]} FROM {source.Table} {inner} WHERE {correlation} GROUP BY {inner}.{source.Numbers[0]} HAVING count(*) > {random.Next(1, 3)})",
            };
        }

        return random.Next(6) switch
        {
            0 => $"{Column(inScope)} IS {Pick(string.Empty, "NOT ")}NULL",
            1 => $"{TextColumn(inScope)} {Pick("=", "<", ">")} '{(char)('a' + random.Next(6))}'",
            2 => $"{Column(inScope)} BETWEEN {random.Next(0, 6)} AND {random.Next(4, 15)}",
            3 => $"{Column(inScope)} IN ({random.Next(0, 5)}, {random.Next(5, 10)}, NULL)",
            4 => $"NOT ({Column(inScope)} > {random.Next(0, 10)} AND {TextColumn(inScope)} = 'b')",
            _ => $"{Column(inScope)} {Pick("=", "<>", "<", "<=", ">", ">=")} {random.Next(0, 15)}",
        };
    }

    private string Number((Source Source, string Alias)[] inScope, int depth)
    {
        if (depth > 0 && random.Next(5) == 0)
        {
            var inner = NewAlias();
            var source = Sources[random.Next(Sources.Length)];
            var column = $"{inner}.{source.Numbers[random.Next(source.Numbers.Length)]}";
            return $"(SELECT {Pick("count(*)", $"max({column})", $"sum({column})", $"min({column})")} FROM {source.Table} {inner} WHERE {inner}.{source.Numbers[0]} {Pick("=", "<", ">")} {Column(inScope)})";
        }

        return random.Next(4) switch
        {
            0 => $"{Column(inScope)} + {random.Next(0, 5)}",
            1 => $"coalesce({Column(inScope)}, {random.Next(-3, 0)})",
            2 => $"CASE WHEN {Column(inScope)} > {random.Next(0, 10)} THEN {Column(inScope)} ELSE {random.Next(0, 3)} END",
            _ => Column(inScope),
        };
    }

    private string Aggregate((Source Source, string Alias)[] inScope)
    {
        var call = random.Next(9) switch
        {
            0 => "count(*)",
            1 => $"count({Column(inScope)})",
            2 => $"sum({Column(inScope)})",
            3 => $"min({Pick(Column(inScope), TextColumn(inScope))})",
            4 => $"max({Pick(Column(inScope), TextColumn(inScope))})",
            5 => $"count(DISTINCT {Pick(Column(inScope), TextColumn(inScope))})",
            6 => $"sum(DISTINCT {Column(inScope)})",
            7 => $"avg({Column(inScope)})",
            _ => $"bool_or({Column(inScope)} > {random.Next(0, 10)})",
        };
        return random.Next(4) == 0 ? $"{call} FILTER (WHERE {Condition(inScope, 0)})" : call;
    }

    private string Column((Source Source, string Alias)[] inScope)
    {
        var (source, alias) = inScope[random.Next(inScope.Length)];
        return $"{alias}.{source.Numbers[random.Next(source.Numbers.Length)]}";
    }

    private string TextColumn((Source Source, string Alias)[] inScope)
    {
        var texts = inScope.SelectMany(pair => pair.Source.Texts.Select(column => $"{pair.Alias}.{column}")).ToArray();
        return texts.Length == 0 ? "'b'" : texts[random.Next(texts.Length)];
    }

    private string NewAlias() => string.Create(CultureInfo.InvariantCulture, $"r{++_aliases}");

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    /// <summary>A relation with its columns by what they hold.</summary>
    private sealed record Source(string Table, string[] Numbers, string[] Texts, string? Date, string? Fraction);
}
