namespace Engine.Differential.Tests.Files;

/// <summary>Makes queries over one relation, written $table, whose columns both engines see alike. The same seed makes the same queries.</summary>
public sealed class QueryGenerator(int seed, IReadOnlyList<(string Name, Kind Kind)> columns, IReadOnlyDictionary<string, IReadOnlyList<string>> samples)
{
    private readonly Random _random = new(seed);
    private string _last = string.Empty;

    public string Next() => _random.Next(8) switch
    {
        0 => $"SELECT {Columns()} FROM $table WHERE {Condition(2)}",
        1 => $"SELECT {Key()} AS k, {Aggregates()} FROM $table GROUP BY 1",
        2 => $"SELECT {Key()} AS k, {Aggregates()} FROM $table WHERE {Condition(1)} GROUP BY 1 HAVING count(*) > {_random.Next(3)}",
        3 => $"SELECT {Aggregates()} FROM $table WHERE {Condition(2)}",
        4 => $"SELECT DISTINCT {Columns()} FROM $table",
        5 => $"SELECT count(*) AS n FROM (SELECT * FROM $table) a JOIN (SELECT * FROM $table) b ON a.{Name()} = b.{_last} WHERE {Condition(1, "a.")}",
        6 => Union(),
        _ => $"SELECT {Expression()} AS e FROM $table WHERE {Condition(1)}",
    };

    /// <summary>Of one column with itself: PostgreSQL's UNION does not match types of different families, DuckDB's does.</summary>
    private string Union()
    {
        var key = Key();
        return $"SELECT k, count(*) AS n FROM (SELECT {key} AS k FROM $table WHERE {Condition(1)} UNION ALL SELECT {key} FROM $table) u GROUP BY k";
    }

    private (string Name, Kind Kind) Pick() => columns[_random.Next(columns.Count)];

    private string Name()
    {
        _last = Quote(Pick().Name);
        return _last;
    }

    private string Key()
    {
        if (_last.Length == 0 || _random.Next(2) == 0)
        {
            Name();
        }

        return _last;
    }

    private string Columns() => string.Join(", ", Enumerable.Range(0, _random.Next(1, Math.Min(4, columns.Count) + 1)).Select((_, i) => $"{Quote(Pick().Name)} AS c{i}"));

    private string Aggregates() => string.Join(", ", Enumerable.Range(0, _random.Next(1, 4)).Select((_, i) => $"{Aggregate()} AS a{i}"));

    private string Aggregate()
    {
        var (name, kind) = Pick();
        var column = Quote(name);
        return (kind, _random.Next(5)) switch
        {
            (Kind.Number, 0) => $"sum({column})",
            (Kind.Number, 1) => $"avg({column})",
            (_, 2) => $"min({column})",
            (_, 3) => $"max({column})",
            (_, 4) => $"count(DISTINCT {column})",
            _ => $"count({column})",
        };
    }

    private string Expression()
    {
        var (name, kind) = Pick();
        var column = Quote(name);
        return (kind, _random.Next(3)) switch
        {
            (Kind.Number, 0) => $"{column} + {_random.Next(100)}",
            (Kind.Number, 1) => $"CASE WHEN {column} > {_random.Next(1000)} THEN 'high' WHEN {column} IS NULL THEN 'none' ELSE 'low' END",
            (Kind.Text, 0) => $"coalesce({column}, 'missing')",
            (Kind.Text, 1) => $"nullif({column}, {Constant(name, kind)})",
            _ => $"{column} IS NULL",
        };
    }

    private string Condition(int terms, string prefix = "") =>
        string.Join(_random.Next(2) == 0 ? " AND " : " OR ", Enumerable.Range(0, terms).Select(_ => Term(prefix)));

    private string Term(string prefix)
    {
        var (name, kind) = Pick();
        var column = prefix + Quote(name);
        return _random.Next(6) switch
        {
            0 => $"{column} IS NOT NULL",
            1 => $"{column} IN ({Constant(name, kind)}, {Constant(name, kind)})",
            2 => $"{column} BETWEEN {Constant(name, kind)} AND {Constant(name, kind)}",
            3 => $"NOT ({column} = {Constant(name, kind)})",
            4 => $"{column} >= {Constant(name, kind)}",
            _ => $"{column} < {Constant(name, kind)}",
        };
    }

    /// <summary>Mostly a value that is there.</summary>
    private string Constant(string name, Kind kind)
    {
        var known = samples[name];
        if (known.Count > 0 && _random.Next(5) > 0)
        {
            var value = known[_random.Next(known.Count)].Replace("'", "''", StringComparison.Ordinal);

            // DuckDB reads many digits as a decimal, whose nearest double is not always the one that the digits name.
            return kind == Kind.Number ? value.Contains('.', StringComparison.Ordinal) ? $"CAST('{value}' AS double)" : value : kind == Kind.Time ? $"CAST('{value}' AS timestamp)" : kind == Kind.Date ? $"CAST('{value}' AS date)" : $"'{value}'";
        }

        return kind switch
        {
            Kind.Number => _random.Next(-10, 1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
            Kind.Time => "CAST('2020-02-29 12:00:00' AS timestamp)",
            Kind.Date => "CAST('2020-02-29' AS date)",
            _ => "'m'",
        };
    }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>What may be done with a column.</summary>
public enum Kind
{
    Number,
    Text,
    Time,
    Date,
}
