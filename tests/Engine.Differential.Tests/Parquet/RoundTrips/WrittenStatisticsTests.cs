using System.Globalization;
using System.Text.Json;
using Engine.Core.Types;
using Engine.Differential.Tests.Files;
using Xunit.Abstractions;

namespace Engine.Differential.Tests.Parquet.RoundTrips;

/// <summary>
/// What written files say of themselves is true: no condition loses a row to statistics, page index, dictionaries or bloom filters, here or in DuckDB,
/// and both find in the footers what is in the data.
/// </summary>
public sealed class WrittenStatisticsTests(ITestOutputHelper output) : IDisposable
{
    private const int FirstTable = 5000;
    private const int QuickTables = 30;
    private const int FullTables = 400;
    private const int ConditionsPerColumn = 12;

    private static readonly string[] Operators = ["=", "<>", "<", "<=", ">", ">=", "IS NULL", "IS NOT NULL"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qe-statistics");

    public void Dispose() => _folder.Delete(recursive: true);

    [DuckDbFact]
    public void No_condition_loses_a_row()
    {
        using var oracle = new DuckDbOracle();
        using var engine = new EngineUnderTest();

        // Without rules no condition reaches a scan: it is evaluated over every row.
        using var plain = new EngineUnderTest();
        plain.Ask("SET disabled_rules = 'all'").Error.ShouldBeNull();
        var (asked, matching, complaints) = (0, 0L, new List<string>());
        for (var number = FirstTable; number < FirstTable + (FileCorpus.IsFull ? FullTables : QuickTables); number++)
        {
            var table = GeneratedTable.Of(number);
            var path = Path.Combine(_folder.FullName, $"{number}.parquet");
            table.Write(path);
            foreach (var field in table.Schema.Where(field => !field.Type.IsNested && field.Type.Kind is not (TypeKind.Json or TypeKind.Interval)))
            {
                var name = Field.Quote(field.Name);
                var values = engine.Ask($"SELECT DISTINCT {name}::varchar FROM '{path}' WHERE {name} IS NOT NULL ORDER BY 1").Rows.Select(row => row[0]!).ToList();
                foreach (var round in Enumerable.Range(0, values.Count == 0 ? 0 : ConditionsPerColumn))
                {
                    var op = Operators[(number + round) % Operators.Length];
                    var value = values[(number * 31 + round * 17) % values.Count].Replace("'", "''", StringComparison.Ordinal);
                    var condition = op.StartsWith("IS", StringComparison.Ordinal) ? $"{name} {op}" : $"{name} {op} CAST('{value}' AS {field.Type})";
                    var counted = Count(engine, $"SELECT count(*) FROM '{path}' WHERE {condition}");

                    var wanted = Count(plain, $"SELECT count(*) FROM '{path}' WHERE {condition}");
                    var theirs = Literal(field.Type, value) is { } literal || op.StartsWith("IS", StringComparison.Ordinal)
                        ? oracle.Ask($"SELECT count(*) FROM '{path}' WHERE {(op.StartsWith("IS", StringComparison.Ordinal) ? condition : $"{name} {op} {Literal(field.Type, value)}")}")
                        : null;
                    asked++;
                    matching += wanted;
                    if (counted != wanted)
                    {
                        complaints.Add($"table {number}, {condition}: {counted} rows, not {wanted}");
                    }

                    if (theirs is not null && (theirs.Error is not null || long.Parse(theirs.Rows[0][0]!, CultureInfo.InvariantCulture) != wanted))
                    {
                        complaints.Add($"table {number}, {condition}: DuckDB {theirs.Error ?? theirs.Rows[0][0]}, not {wanted}");
                    }
                }
            }
        }

        output.WriteLine($"{asked} conditions over written files, {matching} rows met them");
        complaints.ForEach(output.WriteLine);
        complaints.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(200);
    }

    /// <summary>For every row group and column: NULLs, and bounds that DuckDB computes from the values.</summary>
    [DuckDbFact]
    public void Footers_say_what_is_in_the_data()
    {
        using var oracle = new DuckDbOracle();
        using var engine = new EngineUnderTest();
        var path = Path.Combine(_folder.FullName, "x.parquet");
        engine.Ask($"""
            COPY (SELECT x, (x * 7919 % 1000)::smallint AS i2, CASE WHEN x % 3 > 0 THEN (x * 31 % 500)::integer - 250 END AS i4, (x % 97)::double / 7 - 5 AS f8,
                (x * 13 % 800)::decimal(9,2) - 400 AS m, (x * 17 % 900)::decimal(30,3) - 450 AS w, DATE '2024-01-01' + (x % 400)::integer AS d,
                TIMESTAMP '2024-01-01' + x * interval '1 hour' AS ts, 'é' || (x * 7 % 300) AS s, NULL::integer AS n, x % 2 = 0 AS b
            FROM generate_series(1, 10000) AS g(x)) TO '{path}' (row_group_size 3000, page_rows 500, compression snappy)
            """).Error.ShouldBeNull();
        var chunks = 0;
        foreach (var column in new[] { "x", "i2", "i4", "f8", "m", "w", "d", "ts", "s", "n" })
        {
            var said = oracle.Ask($"SELECT row_group_id, num_values, stats_null_count, stats_min_value, stats_max_value, min_is_exact, max_is_exact FROM parquet_metadata('{path}') WHERE path_in_schema = '{column}' ORDER BY 1");
            var held = oracle.Ask($"SELECT file_row_number // 3000, count(*), count(*) - count({column}), min({column}), max({column}) FROM read_parquet('{path}', file_row_number=true) GROUP BY 1 ORDER BY 1");
            said.Rows.Count.ShouldBe(4, said.Error);
            foreach (var (chunk, data) in said.Rows.Zip(held.Rows))
            {
                chunk[..3].ShouldBe(data[..3], column);
                (Plain(chunk[3]), Plain(chunk[4])).ShouldBe((Plain(data[3]), Plain(data[4])), $"{column} of row group {chunk[0]}");
                chunks++;
            }
        }

        chunks.ShouldBe(40);
    }

    /// <summary>NaN is the highest number here and in DuckDB, and no statistics say otherwise.</summary>
    [DuckDbFact]
    public void NaN_is_found_behind_bounds()
    {
        using var oracle = new DuckDbOracle();
        using var engine = new EngineUnderTest();
        var path = Path.Combine(_folder.FullName, "nan.parquet");
        engine.Ask($"COPY (SELECT CASE WHEN x % 100 = 7 THEN 'NaN' ELSE (x % 500)::double END AS f, CASE WHEN x % 100 = 7 THEN 'NaN' ELSE x::real END AS r FROM generate_series(1, 5000) AS g(x)) TO '{path}' (page_rows 1000)").Error.ShouldBeNull();
        foreach (var condition in new[] { "f > 600", "f = 'NaN'", "r > 6000", "r >= 'NaN'", "f <> 'NaN' AND r <> 'NaN'", "f <= 499" })
        {
            var wanted = condition[2] is '<' ? "4950" : "50";
            Count(engine, $"SELECT count(*) FROM '{path}' WHERE {condition}").ToString(CultureInfo.InvariantCulture).ShouldBe(wanted, condition);
            oracle.Ask($"SELECT count(*) FROM '{path}' WHERE {condition}").Rows[0][0].ShouldBe(wanted, condition);
        }
    }

    /// <summary>DuckDB hashes as the writer did: what is there is never excluded, what is not nearly always is.</summary>
    [DuckDbFact]
    public void Bloom_filters_answer_in_DuckDB()
    {
        using var oracle = new DuckDbOracle();
        using var engine = new EngineUnderTest();
        var path = Path.Combine(_folder.FullName, "bloom.parquet");
        _ = engine.Ask($"""
            COPY (SELECT x * 3 AS i8, (x * 3)::integer AS i4, (x * 3)::smallint AS i2, (x * 3)::double AS f8, (x * 3)::real AS f4, 'k' || x * 3 AS s, repeat('long ', 30) || x * 3 AS l
            FROM generate_series(0, 4999) AS g(x)) TO '{path}' (row_group_size 2500, bloom_filter *)
            """);
        foreach (var (column, of) in new (string, Func<int, string>)[]
        {
            ("i8", value => $"{value}::BIGINT"), ("i4", value => $"{value}::INTEGER"), ("f8", value => $"{value}::DOUBLE"), ("f4", value => $"{value}::FLOAT"),
            ("s", value => $"'k{value}'"), ("l", value => $"repeat('long ', 30) || '{value}'"),
        })
        {
            var (kept, excluded) = (0, 0);
            for (var i = 0; i < 150; i++)
            {
                var present = i * 97 % 5000;
                var rows = oracle.Ask($"SELECT row_group_id, bloom_filter_excludes FROM parquet_bloom_probe('{path}', '{column}', {of(present * 3)})");
                rows.Rows.Count.ShouldBe(2, rows.Error);
                kept += rows.Rows.Count(row => row[0] == (present / 2500).ToString(CultureInfo.InvariantCulture) && row[1] == "false");
                excluded += oracle.Ask($"SELECT bloom_filter_excludes FROM parquet_bloom_probe('{path}', '{column}', {of((present * 3) + 1)})").Rows.Count(row => row[0] == "true");
            }

            kept.ShouldBe(150, column);
            excluded.ShouldBeGreaterThan(285, column);
        }
    }

    /// <summary>Footer and page index as hyparquet finds them, of a table whose every page is known.</summary>
    [ParquetReadersFact]
    public void Footer_and_page_index_say_to_hyparquet_what_was_written()
    {
        using var engine = new EngineUnderTest();
        var path = Path.Combine(_folder.FullName, "index.parquet");
        engine.Ask($"""
            COPY (SELECT x, CASE WHEN x % 4 > 0 THEN 's' || x % 50 END AS s, [x, NULL] AS l, CASE WHEN x > 500 THEN -x END AS late, CASE WHEN x = 1000 THEN 'NaN' ELSE x::double END AS f, 'NaN'::double AS nan
            FROM generate_series(1, 1000) AS g(x)) TO '{path}' (row_group_size 600, page_rows 100, sorted_by (x), bloom_filter (s), kv_metadata.owner me)
            """).Error.ShouldBeNull();
        using var found = ParquetPeers.Metadata(path);
        var footer = found.RootElement.GetProperty("metadata");
        footer.GetProperty("num_rows").GetInt64().ShouldBe(1000);
        footer.GetProperty("created_by").GetString()!.ShouldStartWith("QueryEngine version ");
        Text(footer.GetProperty("key_value_metadata")).ShouldBe("""[{"key":"owner","value":"me"}]""");
        var groups = footer.GetProperty("row_groups").EnumerateArray().ToList();
        groups.Select(group => group.GetProperty("num_rows").GetInt64()).ShouldBe([600, 400]);
        Text(groups[0].GetProperty("sorting_columns")).ShouldBe("""[{"column_idx":0,"descending":false,"nulls_first":false}]""");
        foreach (var group in groups)
        {
            var chunks = group.GetProperty("columns").EnumerateArray().Select(chunk => chunk.GetProperty("meta_data")).ToList();
            group.GetProperty("total_byte_size").GetInt64().ShouldBe(chunks.Sum(chunk => chunk.GetProperty("total_uncompressed_size").GetInt64()));
            group.GetProperty("total_compressed_size").GetInt64().ShouldBe(chunks.Sum(chunk => chunk.GetProperty("total_compressed_size").GetInt64()));
            group.GetProperty("file_offset").GetInt64().ShouldBe(chunks[0].GetProperty("data_page_offset").GetInt64());
            chunks.Select(chunk => chunk.TryGetProperty("bloom_filter_length", out _)).ShouldBe([false, true, false, false, false, false]);
        }

        var first = groups[0].GetProperty("columns").EnumerateArray().Select(chunk => chunk.GetProperty("meta_data")).ToList();
        Text(first[2].GetProperty("size_statistics")).ShouldBe("""{"repetition_level_histogram":[600,600],"definition_level_histogram":[0,0,600,600]}""");
        Text(first[4].GetProperty("statistics")).ShouldBe("""{"null_count":0,"max_value":600,"min_value":1,"is_max_value_exact":true,"is_min_value_exact":true}""");
        Text(first[5].GetProperty("statistics")).ShouldBe("""{"null_count":0}""");

        // A single NaN, which readers place at either end or nowhere: no bounds are better than some that leave it out.
        Text(groups[1].GetProperty("columns")[4].GetProperty("meta_data").GetProperty("statistics")).ShouldBe("""{"null_count":0}""");

        // Of each chunk the pages start at the same rows; those of NULLs alone have no bounds, and the others are in order.
        var indexes = found.RootElement.GetProperty("indexes").EnumerateArray().ToList();
        indexes.Count.ShouldBe(12);
        indexes.Take(6).Select(Rows).Distinct().ShouldBe(["0 100 200 300 400 500"]);
        indexes.Skip(6).Select(Rows).Distinct().ShouldBe(["0 100 200 300"]);
        Text(indexes[0].GetProperty("column")).ShouldBe(
            """{"null_pages":[false,false,false,false,false,false],"min_values":[1,101,201,301,401,501],"max_values":[100,200,300,400,500,600],"boundary_order":"ASCENDING","null_counts":[0,0,0,0,0,0]}""");
        Text(indexes[3].GetProperty("column")).ShouldBe(
            """{"null_pages":[true,true,true,true,true,false],"min_values":["","","","","",-600],"max_values":["","","","","",-501],"boundary_order":"ASCENDING","null_counts":[100,100,100,100,100,0]}""");
        indexes[9].GetProperty("column").GetProperty("boundary_order").GetString().ShouldBe("DESCENDING");
        indexes[1].GetProperty("offset").GetProperty("unencoded_byte_array_data_bytes").EnumerateArray().Sum(bytes => bytes.GetInt64())
            .ShouldBe(first[1].GetProperty("size_statistics").GetProperty("unencoded_byte_array_data_bytes").GetInt64());

        // Without bounds of every page there is no index of them.
        new[] { 4, 5, 10, 11 }.Select(chunk => indexes[chunk].GetProperty("column").ValueKind)
            .ShouldBe([JsonValueKind.Object, JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null]);

        static string Text(JsonElement element) => JsonSerializer.Serialize(element);

        static string Rows(JsonElement index) => string.Join(' ', index.GetProperty("offset").GetProperty("page_locations").EnumerateArray().Select(page => page.GetProperty("first_row_index").GetInt64()));
    }

    private static long Count(EngineUnderTest engine, string sql)
    {
        var answer = engine.Ask(sql);
        answer.Error.ShouldBeNull(sql);
        return long.Parse(answer.Rows[0][0]!, CultureInfo.InvariantCulture);
    }

    /// <summary>A literal of DuckDB; null for types that it spells or orders in another way.</summary>
    private static string? Literal(DataType type, string value) => type switch
    {
        DecimalType number => $"CAST('{value}' AS DECIMAL({number.Precision},{number.Scale}))",
        { Kind: TypeKind.Varbinary or TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.Date } => null,
        { Kind: TypeKind.Real } => $"CAST('{value}' AS FLOAT)",
        { Kind: TypeKind.Varchar } => $"'{value}'",
        _ => $"CAST('{value}' AS {type})",
    };

    private static string? Plain(string? value) => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? Math.Round(number, 9).ToString("0.#########", CultureInfo.InvariantCulture)
        : value;
}
