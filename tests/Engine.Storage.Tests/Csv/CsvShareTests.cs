using System.Text;
using System.Text.Json;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Storage.Csv;
using Engine.TestKit;
using Xunit.Abstractions;

namespace Engine.Storage.Tests.Csv;

/// <summary>How many files with a known right answer are read exactly right, without options.</summary>
public sealed class CsvShareTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>What tests/duckdb/csv-share.mjs measured with DuckDB 1.5.6 on the same files, by the same rules.</summary>
    private const int RightInDuckDB = 53;

    private readonly ScanFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [SharedDataFact]
    public void More_files_are_read_exactly_right_than_by_DuckDB()
    {
        var right = 0;
        var total = 0;
        foreach (var (path, wanted) in Cases())
        {
            total++;
            var verdict = Judge(path, WithoutMadeUpHeader(wanted));
            right += verdict == "right" ? 1 : 0;
            output.WriteLine($"{verdict}\t{Path.GetRelativePath(SharedData.PathOf("csv"), path)}");
        }

        output.WriteLine($"{right} of {total} files are read exactly right; DuckDB reads {RightInDuckDB}");
        total.ShouldBeGreaterThan(90);
        right.ShouldBeGreaterThan(RightInDuckDB);
    }

    [SharedDataFact]
    public void Every_foreign_csv_file_gives_rows_or_an_error()
    {
        var format = new CsvFormat(_fixture.Store, _fixture.Pool);
        var read = 0;
        foreach (var path in Directory.GetFiles(SharedData.PathOf("csv"), "*", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(SharedData.PathOf("fuzz/csv"))).Concat(Directory.GetFiles(SharedData.PathOf("fuzz/duckdb-csv"))))
        {
            try
            {
                _fixture.Read(format, _fixture.Store.List(path, CancellationToken.None)[0], onError: OnError.Null).Rows.ShouldNotBeNull();
                read++;
            }
            catch (QueryException e)
            {
                e.Message.ShouldNotBeNullOrEmpty();
            }
        }

        read.ShouldBeGreaterThan(500);
    }

    private static IEnumerable<(string Path, List<string[]> Wanted)> Cases()
    {
        foreach (var set in new[] { "pollock", "pollock-survey" })
        {
            foreach (var path in Directory.GetFiles(SharedData.PathOf($"csv/{set}/csv")).Order(StringComparer.Ordinal))
            {
                var clean = SharedData.PathOf($"csv/{set}/clean/{Path.GetFileName(path)}");
                if (File.Exists(clean))
                {
                    yield return (path, ParsePlainly(File.ReadAllText(clean)));
                }
            }
        }

        foreach (var set in new[] { "csv-spectrum", "csv-test-data" })
        {
            foreach (var path in Directory.GetFiles(SharedData.PathOf($"csv/{set}"), "*.csv").Order(StringComparer.Ordinal))
            {
                var json = Path.ChangeExtension(path, "json");
                if (File.Exists(json))
                {
                    yield return (path, ReadJson(json));
                }
            }
        }
    }

    private string Judge(string path, List<string[]> wanted)
    {
        try
        {
            var format = new CsvFormat(_fixture.Store, _fixture.Pool);
            var file = _fixture.Store.List(path, CancellationToken.None)[0];
            var inference = format.Infer([file], ScanFixture.Options(("all_varchar", "true")), null, CancellationToken.None);
            var rows = _fixture.ReadWith(format, file, inference);
            var hasHeader = inference.Options["header_rows"] != "0";
            var body = hasHeader ? wanted.Skip(1).ToList() : wanted;
            if (hasHeader && (wanted.Count == 0 || !IsHeaderRight([.. inference.Schema.Select(field => field.Name)], wanted[0])))
            {
                return "wrong header " + inference.Schema;
            }

            if (rows.Count != body.Count)
            {
                return $"{rows.Count} rows instead of {body.Count}, {Describe(inference.Options)}";
            }

            for (var row = 0; row < rows.Count; row++)
            {
                if (!Normalize(rows[row]).SequenceEqual(Normalize(body[row])))
                {
                    return $"row {row + 1} is {string.Join('|', rows[row])} instead of {string.Join('|', body[row])}, {Describe(inference.Options)}";
                }
            }

            return "right";
        }
        catch (QueryException e)
        {
            return "error " + e.Message;
        }
    }

    private static string Describe(FormatOptions options) => string.Join(' ', options.Values.Select(option => $"{option.Key}={option.Value}"));

    private static bool IsHeaderRight(string[] names, string[] wanted) =>
        names.Length >= wanted.Length && names.Zip(wanted).All(pair =>
            pair.Second.Trim().Length == 0
            || wanted.Count(other => string.Equals(other.Trim(), pair.Second.Trim(), StringComparison.OrdinalIgnoreCase)) > 1
            || pair.First.Trim() == pair.Second.Trim());

    /// <summary>The clean files name the columns of tables without header col_0, col_1 and so on.</summary>
    private static List<string[]> WithoutMadeUpHeader(List<string[]> wanted) =>
        wanted.Count > 0 && wanted[0].Select((name, i) => name.Trim() == $"col_{i}").All(isMadeUp => isMadeUp) ? wanted[1..] : wanted;

    /// <summary>Blanks around a value and empty fields behind the last one make no difference.</summary>
    private static List<string> Normalize(string?[] row)
    {
        var cells = row.Select(cell => (cell ?? "").Trim()).ToList();
        while (cells.Count > 0 && cells[^1].Length == 0)
        {
            cells.RemoveAt(cells.Count - 1);
        }

        return cells;
    }

    private static List<string[]> ReadJson(string path)
    {
        var root = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        var rows = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root];
        var objects = rows.Where(row => row.ValueKind == JsonValueKind.Object).ToList();
        return objects.Count > 0
            ? [[.. objects[0].EnumerateObject().Select(field => field.Name)], .. objects.Select(row => row.EnumerateObject().Select(field => field.Value.ToString()).ToArray())]
            : [.. rows.Select(row => row.EnumerateArray().Select(cell => cell.ToString()).ToArray())];
    }

    /// <summary>The clean files are plain RFC 4180.</summary>
    private static List<string[]> ParsePlainly(string text)
    {
        var records = new List<string[]>();
        var record = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                var isDoubled = isQuoted && i + 1 < text.Length && text[i + 1] == '"';
                field.Append(isDoubled ? "\"" : "");
                i += isDoubled ? 1 : 0;
                isQuoted = isDoubled || !isQuoted;
            }
            else if (isQuoted || text[i] is not (',' or '\n' or '\r'))
            {
                field.Append(text[i]);
            }
            else if (text[i] is ',' or '\n')
            {
                record.Add(field.ToString());
                field.Clear();
                if (text[i] == '\n')
                {
                    records.Add([.. record]);
                    record.Clear();
                }
            }
        }

        if (field.Length > 0 || record.Count > 0)
        {
            records.Add([.. record, field.ToString()]);
        }

        return records;
    }
}
