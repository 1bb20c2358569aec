using System.Globalization;
using System.Text.Json;
using Engine.Core.Types;
using Engine.TestKit;

namespace Engine.Differential.Tests.Parquet;

/// <summary>A file that the peers read.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Columns">Those that hyparquet is to read beside the others; none and it reads the file when there are variants in it, and then in place of parquet-wasm.</param>
public sealed record PeerFile(string Path, IReadOnlyList<string> Columns);

/// <summary>What others read from the same files: DuckDB, parquet-wasm (Rust), and hyparquet (JavaScript).</summary>
public sealed class ParquetPeers : IDisposable
{
    private static readonly NpmFolder Npm = new(Path.Combine("Parquet", "peer"), "parquet-wasm");

    private readonly DuckDbOracle _duckDb = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qe-parquet");
    private readonly Dictionary<string, string> _places;

    public ParquetPeers(IReadOnlyList<PeerFile> files)
    {
        _places = files.Select((file, i) => (file.Path, Place: Path.Combine(_folder.FullName, i.ToString(CultureInfo.InvariantCulture)))).ToDictionary(file => file.Path, file => file.Place, StringComparer.Ordinal);
        var list = Path.Combine(_folder.FullName, "list");
        File.WriteAllLines(list, files.Select(file => string.Join('\t', [file.Path, .. file.Columns])));
        Npm.Run("peer.mjs", list, _folder.FullName);
    }

    /// <summary>Why they cannot be asked, or null when they can.</summary>
    public static string? Missing => DuckDbOracle.Missing ?? Npm.Missing;

    /// <summary>What hyparquet finds in a footer and in the page index: see metadata.mjs.</summary>
    public static JsonDocument Metadata(string path) => JsonDocument.Parse(Npm.Run("metadata.mjs", path));

    /// <summary>How a table differs from DuckDB's: null when it does not.</summary>
    public string? DifferenceFromDuckDb(string path, ParquetTable ours)
    {
        // Variants are shown as JSON there too. Columns are asked for by place, as names that differ in case alone are changed there.
        var isJson = ours.Schema.Any(field => field.Type.Kind == TypeKind.Json);
        var select = isJson || ours.IsPart
            ? string.Join(", ", ours.Schema.Select(field => Field.Quote(field.Name) + (field.Type.Kind == TypeKind.Json ? "::JSON" : "")).DefaultIfEmpty("count(*)"))
            : "*";
        var answer = _duckDb.Ask($"SELECT {select} FROM read_parquet('{path.Replace("'", "''", StringComparison.Ordinal)}', hive_partitioning=false, filename=false)");
        if (answer.Error is { } error)
        {
            return "fails: " + error.ReplaceLineEndings(" ");
        }

        var columns = ours.Schema.Select((field, i) => answer.Rows.Select(row => OfCell(row[i], field.Type)).ToList());
        return ours.Columns.Length == answer.Columns.Count || ours.IsPart
            ? new ParquetTable(ours.Schema, [.. columns]).DifferenceFrom(ours)
            : $"{answer.Columns.Count} columns, not {ours.Columns.Length}";
    }

    /// <summary>How a table differs from the one that parquet-wasm reads, or hyparquet where there are variants: null when it does not.</summary>
    public string? DifferenceFromOther(string path, ParquetTable ours) =>
        File.Exists(_places[path] + ".json") || File.Exists(_places[path] + ".json.error") ? DifferenceFromHyparquet(path, ours) : DifferenceFromArrow(path, ours);

    /// <summary>How a table differs from the one that parquet-wasm reads: null when it does not.</summary>
    public string? DifferenceFromArrow(string path, ParquetTable ours)
    {
        if (File.Exists(_places[path] + ".arrows.error"))
        {
            return "fails: " + File.ReadAllText(_places[path] + ".arrows.error");
        }

        var table = ParquetTable.ReadArrow(_places[path] + ".arrows", ours.Schema);
        if (ours.IsPart)
        {
            table = table.Only([.. ours.Schema.Select(field => field.Name)]);
        }

        return table.Columns.Length == ours.Columns.Length
            ? table.DifferenceFrom(ours)
            : $"{table.Columns.Length} columns, not {ours.Columns.Length}";
    }

    /// <summary>How a table differs from the one that hyparquet reads: null when it does not.</summary>
    public string? DifferenceFromHyparquet(string path, ParquetTable ours)
    {
        if (ours.Columns.Length == 0)
        {
            return null;
        }

        if (File.Exists(_places[path] + ".json.error"))
        {
            return "fails: " + File.ReadAllText(_places[path] + ".json.error");
        }

        using var json = JsonDocument.Parse(File.ReadAllText(_places[path] + ".json"));
        var rows = json.RootElement.EnumerateArray().ToList();
        var columns = ours.Schema.Select(field => rows.ConvertAll(row => row.TryGetProperty(field.Name, out var cell) ? OfMember(cell, field.Type) : "NULL"));
        return new ParquetTable(ours.Schema, [.. columns]).DifferenceFrom(ours);
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
}

/// <summary>A test that compares Parquet files with other readers; skipped, with the reason, where they or the files cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ParquetPeerFactAttribute : FactAttribute
{
    public ParquetPeerFactAttribute() => Skip = SharedData.Folder is null ? "needs the foreign test files in ../shared/data" : ParquetPeers.Missing;
}
