using System.Text.RegularExpressions;
using Engine.Differential.Tests.Files;
using Engine.TestKit;
using Xunit.Abstractions;

namespace Engine.Differential.Tests.Parquet;

/// <summary>
/// <c>parquet_metadata</c> and <c>parquet_schema</c> say of every file of the shared data's <c>parquet</c> folder what DuckDB's functions of the
/// same names say, in the columns that both have. Where they do not, known-inspection-differences.tsv has the reason.
/// </summary>
public sealed partial class ParquetInspectionTests(ITestOutputHelper output)
{
    private const string Alike = "alike";

    private static readonly string[] MetadataColumns =
    [
        "row_group_id", "row_group_num_rows", "row_group_num_columns", "row_group_bytes", "row_group_compressed_bytes", "column_id", "path_in_schema", "type", "num_values",
        "compression", "encodings", "file_offset", "index_page_offset", "dictionary_page_offset", "data_page_offset", "total_compressed_size", "total_uncompressed_size",
        "bloom_filter_offset", "bloom_filter_length", "stats_min", "stats_max", "stats_null_count", "stats_distinct_count", "stats_min_value", "stats_max_value",
        "min_is_exact", "max_is_exact",
    ];

    private static readonly string[] SchemaColumns =
    [
        "column_id", "name", "type", "type_length", "repetition_type", "num_children", "converted_type", "scale", "precision", "field_id", "logical_type",
    ];

    [SharedDataFact]
    public void Metadata_is_what_DuckDB_says() => Compare("parquet_metadata", MetadataColumns, "row_group_id, column_id");

    [SharedDataFact]
    public void Schema_is_what_DuckDB_says() => Compare("parquet_schema", SchemaColumns, "column_id");

    /// <summary>The pages of a chunk have the chunk's values, and their bytes where the footer does not understate them; rows follow each other.</summary>
    [SharedDataFact]
    public void Pages_add_up_to_their_chunks()
    {
        const string sql = """
            WITH pages AS (
                SELECT row_group_id, column_id,
                    sum(CASE WHEN page_type LIKE 'DATA%' THEN num_values END) AS num_values,
                    sum(header_size + compressed_size) AS bytes,
                    sum(num_rows) AS num_rows, count(*) FILTER (WHERE page_type LIKE 'DATA%' AND num_rows IS NULL) AS untold
                FROM parquet_pages('@FILE') GROUP BY row_group_id, column_id
            )
            SELECT count(*), count(*) FILTER (WHERE p.num_values = m.num_values AND p.bytes = m.total_compressed_size AND (p.untold > 0 OR p.num_rows = m.row_group_num_rows))
            FROM parquet_metadata('@FILE') AS m JOIN pages AS p ON p.row_group_id = m.row_group_id AND p.column_id = m.column_id
            """;
        using var ours = new EngineUnderTest();
        var chunks = 0;
        foreach (var path in Directory.EnumerateFiles(SharedData.PathOf("parquet/parquet-dotnet"), "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var answer = ours.Ask(sql.Replace("@FILE", path, StringComparison.Ordinal));
            if (answer.Error is { } error)
            {
                output.WriteLine($"{path}: {error}");
                continue;
            }

            chunks += int.Parse(answer.Rows[0][0]!, System.Globalization.CultureInfo.InvariantCulture);
            if (answer.Rows[0][0] != answer.Rows[0][1])
            {
                output.WriteLine($"{path}: {answer.Rows[0][1]} of {answer.Rows[0][0]} chunks add up");
            }

            answer.Rows[0][1].ShouldBe(answer.Rows[0][0], path);
        }

        chunks.ShouldBeGreaterThan(100);
    }

    private void Compare(string function, string[] columns, string order)
    {
        if (DuckDbOracle.Missing is { } reason)
        {
            output.WriteLine($"not compared: {reason}");
            return;
        }

        var root = SharedData.PathOf("parquet");
        var known = new KnownDifferences("known-inspection-differences.tsv");
        using var ours = new EngineUnderTest();
        using var duckDb = new DuckDbOracle();
        var complaints = new List<string>();
        var results = new List<string>();
        foreach (var path in Directory.EnumerateFiles(root, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var sql = $"SELECT {string.Join(", ", columns.Select(column => $"CAST({Stated(column)} AS VARCHAR) AS {column}"))} FROM {function}('{path}') ORDER BY {string.Join(", ", order.Split(", ").Select(key => $"{function}.{key}"))}";
            var (result, detail) = Judge(ours.Ask(sql), duckDb.Ask(sql));
            var name = $"{function} {Path.GetRelativePath(root, path)}";
            results.Add(result);
            if (result != Alike)
            {
                output.WriteLine($"{result}\t{name}\t{detail}");
            }

            if ((result != Alike || known.Lists(name)) && known.Judge(name, result) is { } complaint)
            {
                complaints.Add($"{complaint}: {detail}");
            }
        }

        output.WriteLine($"{results.Count} files, {results.Count(result => result == Alike)} alike");
        complaints.ShouldBeEmpty();
        results.Count(result => result == Alike).ShouldBeGreaterThan(100);
    }

    /// <summary>What says nothing counts as not stated: the root's repetition, and that a leaf has no children.</summary>
    private static string Stated(string column) => column switch
    {
        "repetition_type" => "CASE WHEN column_id > 0 THEN repetition_type END",
        "num_children" => "NULLIF(num_children, 0)",
        _ => column,
    };

    /// <summary>The columns whose values differ, and the first values of each that do.</summary>
    private static (string Result, string Detail) Judge(Answer ours, Answer theirs)
    {
        if (ours.Error is not null || theirs.Error is not null)
        {
            var who = theirs.Error is null ? "refused here" : ours.Error is null ? "refused by DuckDB" : "refused by both";
            return (who, $"{ours.Error} | {theirs.Error}".ReplaceLineEndings(" "));
        }

        if (ours.Rows.Count != theirs.Rows.Count)
        {
            return ("rows", $"{ours.Rows.Count} | {theirs.Rows.Count}");
        }

        var differences = new List<(string Column, string Detail)>();
        for (var column = 0; column < ours.Columns.Count; column++)
        {
            var name = ours.Columns[column];
            var row = Enumerable.Range(0, ours.Rows.Count).FirstOrDefault(row => !AreAlike(name, ours.Rows[row][column], theirs.Rows[row][column]), -1);
            if (row >= 0)
            {
                differences.Add((name, $"{name}: {ours.Rows[row][column] ?? "NULL"} | {theirs.Rows[row][column] ?? "NULL"}"));
            }
        }

        return differences.Count == 0
            ? (Alike, "")
            : (string.Join(", ", differences.Select(difference => difference.Column)), string.Join("; ", differences.Select(difference => difference.Detail)));
    }

    /// <summary>DuckDB shows the offset of a column chunk only where its row group has one as well.</summary>
    private static bool AreAlike(string column, string? ours, string? theirs) => Canonical(column, ours) == Canonical(column, theirs) || (column == "file_offset" && theirs is null);

    /// <summary>
    /// The same value may have another text: encodings come in any order and repeatedly, DuckDB writes floating-point numbers with a decimal point, bytes
    /// as characters where they have some, and the bit width of an integer type as the character of that code.
    /// </summary>
    private static string? Canonical(string column, string? cell) => (column, cell) switch
    {
        (_, null) => null,
        ("encodings", _) => string.Join(", ", cell.Split(", ").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
        ("logical_type", _) => BitWidth().Replace(cell, "bitWidth,"),
        _ when column.StartsWith("stats_m", StringComparison.Ordinal) => cell.StartsWith(@"\x", StringComparison.Ordinal) && cell.Length % 2 == 0 && cell[2..].All(char.IsAsciiHexDigit)
            ? DuckDbText(Convert.FromHexString(cell[2..]))
            : cell.EndsWith(".0", StringComparison.Ordinal) ? cell[..^2] : cell,
        _ => cell,
    };

    private static string DuckDbText(byte[] bytes) =>
        string.Concat(bytes.Select(b => b is >= 32 and < 127 and not ((byte)'\\' or (byte)'\'' or (byte)'"') ? ((char)b).ToString() : $@"\x{b:X2}"));

    [GeneratedRegex("bitWidth=[^,]*,", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BitWidth();
}
