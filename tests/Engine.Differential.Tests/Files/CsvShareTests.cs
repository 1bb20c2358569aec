using System.Text;
using System.Text.Json;
using Engine.TestKit;
using Xunit.Abstractions;

namespace Engine.Differential.Tests.Files;

/// <summary>How many files with a known right answer each engine reads exactly right, without options.</summary>
public sealed class CsvShareTests(ITestOutputHelper output)
{
    /// <summary>What was reached; it only goes up.</summary>
    private const int MinRight = 64;

    [SharedDataFact]
    public void More_files_are_read_exactly_right_than_by_DuckDB()
    {
        using var engine = new EngineUnderTest();
        using var oracle = DuckDbOracle.Missing is null ? new DuckDbOracle() : null;
        var right = 0;
        var rightInDuckDb = 0;
        var total = 0;
        foreach (var (path, clean) in Cases())
        {
            total++;
            var file = new CorpusFile(path, Path.GetRelativePath(SharedData.PathOf("csv"), path), "read_csv");
            var wanted = WithoutMadeUpHeader(clean);
            var ours = Judge(engine.Ask($"SELECT * FROM {file.Call(", all_varchar => true")}"), HasHeader(file), wanted);
            right += ours == "right" ? 1 : 0;
            var theirs = oracle is null ? "not asked" : Judge(oracle.Ask($"SELECT * FROM {file.Call(", all_varchar=true")}"), HasHeader(oracle, file), wanted);
            rightInDuckDb += theirs == "right" ? 1 : 0;
            output.WriteLine($"{ours}\t{theirs}\t{file.Name}");
        }

        output.WriteLine($"{right} of {total} files are read exactly right; DuckDB {(oracle is null ? $"was not asked: {DuckDbOracle.Missing}" : $"reads {rightInDuckDb}")}");
        total.ShouldBeGreaterThan(90);
        right.ShouldBeGreaterThanOrEqualTo(MinRight);
        right.ShouldBeGreaterThan(rightInDuckDb);
    }

    private static bool HasHeader(CorpusFile file) => ToldReading.Dialect(file)["header_rows"] != "0";

    private static bool HasHeader(DuckDbOracle oracle, CorpusFile file) =>
        oracle.Ask($"SELECT HasHeader FROM sniff_csv('{file.Path.Replace("'", "''", StringComparison.Ordinal)}', all_varchar=true)") is { Error: null } answer && answer.Rows[0][0] == "true";

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

    private static string Judge(Answer answer, bool hasHeader, List<string[]> wanted)
    {
        if (answer.Error is { } error)
        {
            return "error " + error.Split('\n')[0];
        }

        var body = hasHeader ? wanted.Skip(1).ToList() : wanted;
        if (hasHeader && (wanted.Count == 0 || !IsHeaderRight([.. answer.Columns], wanted[0])))
        {
            return "wrong header " + string.Join('|', answer.Columns);
        }

        if (answer.Rows.Count != body.Count)
        {
            return $"{answer.Rows.Count} rows instead of {body.Count}";
        }

        for (var row = 0; row < body.Count; row++)
        {
            if (!Normalize(answer.Rows[row]).SequenceEqual(Normalize(body[row])))
            {
                return $"row {row + 1} is {string.Join('|', answer.Rows[row])} instead of {string.Join('|', body[row])}";
            }
        }

        return "right";
    }

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
