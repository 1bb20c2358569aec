using Engine.Core.Memory;

namespace Engine.Exec.Tests.Operators;

/// <summary>Every operator takes every encoding: a query gives the same rows however the columns of its table lie in memory.</summary>
public sealed class EncodingTests
{
    private static readonly string[] Columns = ["id", "n", "s", "f", "m", "w", "d", "ts", "b", "u", "a", "r"];

    /// <summary>At least one for every operator.</summary>
    internal static readonly string[] Queries =
    [
        "SELECT * FROM t",
        "SELECT * FROM t WHERE n > 0 OR s LIKE 'c%'",
        "SELECT * FROM t WHERE b AND id % 2 = 0 LIMIT 30 OFFSET 5",
        "SELECT id + n, s || '!', f * 2, m + w, d + 1, NOT b, upper(s), r.x, a[1], cardinality(a) FROM t",
        "SELECT CASE WHEN n > 0 THEN s WHEN b THEN 'b' END, coalesce(n, id), nullif(id, n), s IN ('bbbbb', '', NULL), n IN (1, 2) FROM t",
        "SELECT CASE WHEN n <> 0 THEN id / n END, CAST(m AS text), try_cast(s AS integer) FROM t",
        "SELECT count(*), count(n), sum(n), sum(m), sum(w), avg(f), min(s), max(d), max_by(s, id), bool_or(b), min(u), any_value(1) FROM t",
        "SELECT s, count(DISTINCT n), sum(m) FILTER (WHERE b), string_agg(CAST(id AS text), ',' ORDER BY id DESC, n), median(n) FROM t GROUP BY s",
        "SELECT x.id, y.id FROM t AS x JOIN t AS y ON x.s = y.s AND x.n = y.n AND x.id < y.id",
        "SELECT x.id, y.s FROM t AS x LEFT JOIN (SELECT * FROM t WHERE b) AS y ON x.id = y.id + 1",
        "SELECT x.id, y.s FROM (SELECT * FROM t WHERE NOT b) AS x FULL JOIN (SELECT * FROM t WHERE n > 0) AS y ON x.d = y.d AND x.n < y.n",
        "SELECT id FROM t WHERE n IN (SELECT id FROM t WHERE b)",
        "SELECT id FROM t WHERE n NOT IN (SELECT n FROM t WHERE n IS NOT NULL AND b)",
        "SELECT x.id, y.id FROM t AS x JOIN (SELECT DISTINCT id, m FROM t) AS y ON x.m > y.m",
        "SELECT n, s FROM t INTERSECT SELECT n, s FROM t WHERE b",
        "SELECT n, d FROM t EXCEPT ALL SELECT n, d FROM t WHERE id % 3 = 0",
        "SELECT s FROM t UNION SELECT upper(s) FROM t",
        "SELECT id, item FROM t CROSS JOIN UNNEST(a) AS v(item)",
        "SELECT (SELECT max(n) FROM t), id FROM t WHERE f = (SELECT min(f) FROM t)",
    ];

    public static TheoryData<TableEncoding> Encodings() => [.. Enum.GetValues<TableEncoding>().Where(encoding => encoding != TableEncoding.Flat)];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Queries_give_what_they_give_over_flat_columns(TableEncoding encoding)
    {
        // Rows have no greatest one, as in PostgreSQL.
        var perColumn = Columns.SelectMany(column => (string[])
        [
            $"SELECT {column}, count(*) FROM t GROUP BY 1",
            $"SELECT DISTINCT {column} FROM t",
            $"SELECT {column}, id FROM t ORDER BY {column} DESC NULLS LAST, id",
            $"SELECT {column}, id FROM t ORDER BY {column}, id LIMIT 20 OFFSET 3",
            $"SELECT x.{column}, y.i FROM t AS x JOIN (SELECT DISTINCT id AS i, {column} AS v FROM t) AS y ON x.{column} = y.v",
            $"SELECT count(*) FROM t WHERE {column} IS NULL",
            $"SELECT max({column}), min({column}), count({column}), count(DISTINCT {column}), array_agg({column} ORDER BY id) FROM t",
        ]).Where(sql => !sql.Contains("max(r)", StringComparison.Ordinal));
        foreach (var sql in Queries.Concat(perColumn))
        {
            Run(sql, encoding).ShouldBe(Run(sql, TableEncoding.Flat), sql);
        }
    }

    [Theory]
    [InlineData(TableEncoding.Flat)]
    [InlineData(TableEncoding.Constant)]
    public void Queries_give_the_same_from_disk(TableEncoding encoding)
    {
        foreach (var sql in Queries)
        {
            Run(sql, encoding, spillsAlways: true).ShouldBe(Run(sql, encoding), sql);
        }
    }

    private static List<string> Run(string sql, TableEncoding encoding, bool spillsAlways = false)
    {
        using var pool = MemoryPool.CreateRoot("test");
        var rows = EncodedTable.Query(sql, encoding, pool, spillsAlways);

        // Groups and set operations come in any order.
        if (sql.LastIndexOf("ORDER BY", StringComparison.Ordinal) <= sql.LastIndexOf(')'))
        {
            rows.Sort(StringComparer.Ordinal);
        }

        return rows;
    }
}
