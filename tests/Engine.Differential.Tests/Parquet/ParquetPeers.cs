using System.Globalization;
using System.Text.Json;
using Engine.Core.Types;
using Engine.TestKit;

namespace Engine.Differential.Tests.Parquet;

/// <summary>What others read from the same files: DuckDB, and parquet-wasm (Rust), or hyparquet (JavaScript) where there are variants.</summary>
public sealed class ParquetPeers : IDisposable
{
    private static readonly NpmFolder Npm = new(Path.Combine("Parquet", "peer"), "parquet-wasm");

    private readonly DuckDbOracle _duckDb = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qe-parquet");
    private readonly IReadOnlyList<string> _paths;

    public ParquetPeers(IReadOnlyList<string> paths)
    {
        _paths = paths;
        var list = Path.Combine(_folder.FullName, "list");
        File.WriteAllLines(list, paths);
        Npm.Run("peer.mjs", list, _folder.FullName);
    }

    /// <summary>Why they cannot be asked, or null when they can.</summary>
    public static string? Missing => DuckDbOracle.Missing ?? Npm.Missing;

    /// <summary>How a table differs from DuckDB's: null when it does not.</summary>
    public string? DifferenceFromDuckDb(string path, ParquetTable ours)
    {
        // Variants are shown as JSON there too. Columns are asked for by place, as names that differ in case alone are changed there.
        var isJson = ours.Schema.Any(field => field.Type.Kind == TypeKind.Json);
        var select = isJson ? string.Join(", ", ours.Schema.Select(field => Field.Quote(field.Name) + (field.Type.Kind == TypeKind.Json ? "::JSON" : ""))) : "*";
        var answer = _duckDb.Ask($"SELECT {select} FROM read_parquet('{path.Replace("'", "''", StringComparison.Ordinal)}', hive_partitioning=false, filename=false)");
        if (answer.Error is { } error)
        {
            return "fails: " + error.ReplaceLineEndings(" ");
        }

        return Compare(ours, answer.Columns.Count, answer.Rows.Count, column => [.. answer.Rows.Select(row => OfCell(row[column], ours.Schema[column].Type))]);
    }

    /// <summary>How a table differs from the other peer's: null when it does not.</summary>
    public string? DifferenceFromOther(string path, ParquetTable ours)
    {
        var index = _paths.ToList().IndexOf(path);
        var place = Path.Combine(_folder.FullName, index.ToString(CultureInfo.InvariantCulture));
        if (File.Exists(place + ".error"))
        {
            return "fails: " + File.ReadAllText(place + ".error");
        }

        if (!File.Exists(place + ".json"))
        {
            var table = ParquetTable.ReadArrow(place + ".arrows");
            return Compare(ours, table.Columns.Length, table.Columns.FirstOrDefault()?.Count ?? 0, column => OfType(table.Columns[column], ours.Schema[column].Type));
        }

        using var json = JsonDocument.Parse(File.ReadAllText(place + ".json"));
        var rows = json.RootElement.EnumerateArray().ToList();
        return Compare(ours, ours.Columns.Length, rows.Count, column =>
            [.. rows.Select(row => row.TryGetProperty(ours.Schema[column].Name, out var cell) ? OfMember(cell, ours.Schema[column].Type) : "NULL")]);
    }

    public void Dispose()
    {
        _duckDb.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string OfCell(string? cell, DataType type)
    {
        if (cell is null)
        {
            return "NULL";
        }

        if (cell.Length > 0 && cell[0] is '[' or '{' && type is { IsNested: true } or { Kind: TypeKind.Interval })
        {
            using var json = JsonDocument.Parse(cell);
            return CanonicalValue.Of(json.RootElement, type);
        }

        using var text = JsonDocument.Parse(JsonSerializer.Serialize(cell));
        return CanonicalValue.Of(text.RootElement, type);
    }

    /// <summary>Arrow has no JSON: it is text there.</summary>
    private static List<string> OfType(List<string> values, DataType type) =>
        type.Kind == TypeKind.Json ? values.ConvertAll(value => value == "NULL" ? value : CanonicalValue.Json(value)) : values;

    /// <summary>A variant is JSON already, and its texts stand between quotes there too.</summary>
    private static string OfMember(JsonElement cell, DataType type)
    {
        if (type.Kind != TypeKind.Json || cell.ValueKind == JsonValueKind.Null)
        {
            return CanonicalValue.Of(cell, type);
        }

        using var text = JsonDocument.Parse(JsonSerializer.Serialize(cell.GetRawText()));
        return CanonicalValue.Of(text.RootElement, type);
    }

    private static string? Compare(ParquetTable ours, int columnCount, int rowCount, Func<int, List<string>> columnOf)
    {
        if (ours.Columns.Length != columnCount)
        {
            return $"{columnCount} columns, not {ours.Columns.Length}";
        }

        for (var i = 0; i < columnCount; i++)
        {
            if (ours.Columns[i].Count != rowCount)
            {
                return $"{rowCount} rows, not {ours.Columns[i].Count}";
            }

            var theirs = columnOf(i);
            for (var row = 0; row < rowCount; row++)
            {
                if (ours.Columns[i][row] != theirs[row])
                {
                    return $"{ours.Schema[i]} row {row}: {Cut(theirs[row])}, not {Cut(ours.Columns[i][row])}";
                }
            }
        }

        return null;
    }

    private static string Cut(string text) => text.Length > 200 ? text[..200] : text;
}

/// <summary>A test that compares Parquet files with other readers; skipped, with the reason, where they or the files cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ParquetPeerFactAttribute : FactAttribute
{
    public ParquetPeerFactAttribute() => Skip = SharedData.Folder is null ? "needs the foreign test files in ../shared/data" : ParquetPeers.Missing;
}
