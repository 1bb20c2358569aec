using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Engine.Slt.Scripts;

namespace Engine.Slt.Answers;

/// <summary>Whether an answer is what a query of a script expects.</summary>
/// <param name="flavour">How the expectation is written.</param>
internal sealed partial class AnswerCheck(SltFlavour flavour)
{
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    [GeneratedRegex(@"^(?<count>\d+) values hashing to (?<hash>[0-9a-f]{32})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hash { get; }

    /// <summary>What is wrong; null when it is as expected.</summary>
    /// <param name="record">The query.</param>
    /// <param name="expected">Its expectation with variables replaced; null where it has none.</param>
    /// <param name="answer">What came.</param>
    public string? Complaint(SltRecord record, ImmutableArray<string>? expected, Answer answer)
    {
        var isHash = expected is [var only] && Hash.IsMatch(only);
        var letters = record.Types;
        var width = answer.Types.Length;
        if (flavour != SltFlavour.Native && letters.Length > 0 && letters.Length != width && !(flavour == SltFlavour.DuckDb && (record.Label is not null || isHash)))
        {
            return $"expected {letters.Length} columns, got {width}";
        }

        var values = Rows(answer, letters, record.Sort);
        if (record.Label is { } label && flavour != SltFlavour.Native)
        {
            var hash = $"{values.Count}:{HashOf(values.SelectMany(row => row))}";
            if (!_labels.TryAdd(label, hash) && _labels[label] != hash)
            {
                return $"not the result of the earlier query with label {label}";
            }
        }

        return expected switch
        {
            null => null,
            _ when flavour == SltFlavour.DuckDb && record.Label is not null && expected.Value.IsEmpty => null,
            _ when isHash => HashComplaint(expected.Value[0], values, answer, record),
            _ => ValuesComplaint(expected.Value, values, answer, record),
        };
    }

    /// <summary>The answer as the lines of an expectation.</summary>
    public IEnumerable<string> Write(SltRecord record, Answer answer)
    {
        var rows = Rows(answer, record.Types, flavour == SltFlavour.Native ? SltSort.None : record.Sort);
        return flavour == SltFlavour.Sqlite ? rows.SelectMany(row => row) : rows.Select(row => string.Join('\t', row));
    }

    private List<string[]> Rows(Answer answer, string letters, SltSort sort)
    {
        var rows = answer.Rows.Select(row => row.Select((value, i) => flavour switch
        {
            SltFlavour.Sqlite => SqliteText.Of(value, answer.Types[i], i < letters.Length ? letters[i] : 'T'),
            _ => value switch { null => "NULL", "" => "(empty)", _ => value },
        }).ToArray());
        return Sorted([.. rows], sort);
    }

    private static List<string[]> Sorted(List<string[]> rows, SltSort sort) => sort switch
    {
        SltSort.Rows => [.. rows.Order(Comparer<string[]>.Create((a, b) => a.Zip(b).Select(pair => string.CompareOrdinal(pair.First, pair.Second)).FirstOrDefault(order => order != 0)))],
        SltSort.Values => [.. rows.SelectMany(row => row).Order(StringComparer.Ordinal).Select(value => new[] { value })],
        _ => rows,
    };

    private static string HashOf(IEnumerable<string> values) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(string.Concat(values.Select(value => value + "\n")))));

    private static string? HashComplaint(string expected, List<string[]> values, Answer answer, SltRecord record)
    {
        var match = Hash.Match(expected);
        var count = values.Sum(row => row.Length);
        if (match.Groups["count"].Value != count.ToString(CultureInfo.InvariantCulture))
        {
            return $"expected {match.Groups["count"].Value} values, got {count}";
        }

        // DuckDB's hashes were made over several spellings of booleans and numbers.
        IEnumerable<List<string[]>> spellings =
        [
            values,
            Sorted([.. answer.Rows.Select(row => row.Select((value, i) => (value ?? "NULL") switch { "true" => "1", "false" => "0", "" => "(empty)", var text => text }).ToArray())], record.Sort),
            Sorted([.. answer.Rows.Select(row => row.Select((value, i) => SqliteText.Of(value, answer.Types[i], i < record.Types.Length ? record.Types[i] : 'T')).ToArray())], record.Sort),
        ];
        return spellings.Any(rows => HashOf(rows.SelectMany(row => row)) == match.Groups["hash"].Value) ? null : $"expected {expected}, got\n{Show(values)}";
    }

    private string? ValuesComplaint(ImmutableArray<string> expected, List<string[]> values, Answer answer, SltRecord record)
    {
        var width = record.Sort == SltSort.Values ? 1 : Math.Max(1, answer.Types.Length);
        var complaint = $"expected\n{Show(expected.Select(line => new[] { line }))}\n    got\n{Show(values)}";
        if (Expected(expected, values.Count, width) is not { } wanted || wanted.Count != values.Count)
        {
            return complaint;
        }

        wanted = Sorted(wanted, record.Sort);
        var compare = new ValueComparison(flavour);
        bool IsEqual(string[] got, string[] want) =>
            want.Length == 1 && got.Length > 1 ? Spaced(string.Join(' ', got)) == Spaced(want[0]) : got.Length == want.Length && got.Zip(want).Select((pair, i) => compare.IsEqual(pair.First, pair.Second, record.Sort == SltSort.Values ? null : answer.Types[i], i < record.Types.Length ? record.Types[i] : 'T')).All(isEqual => isEqual);
        if (values.Zip(wanted).All(pair => IsEqual(pair.First, pair.Second)))
        {
            return null;
        }

        // Numbers that are spelt differently are sorted differently: each row looks for its own.
        return record.Sort == SltSort.Rows && values.Count <= 1000 && values.All(got => wanted.FindIndex(want => IsEqual(got, want)) is >= 0 and var place && RemoveAt(wanted, place)) ? null : complaint;
    }

    private static bool RemoveAt(List<string[]> rows, int place)
    {
        rows.RemoveAt(place);
        return true;
    }

    /// <summary>The expected rows; null when their lines do not give rows of this width.</summary>
    private List<string[]>? Expected(ImmutableArray<string> lines, int rowCount, int width)
    {
        if (flavour == SltFlavour.Native)
        {
            return [.. lines.Select(line => Cells(line, width))];
        }

        var isByRow = flavour == SltFlavour.DuckDb && ((width > 1 && lines.Length == rowCount) || (!lines.IsEmpty && lines.All(line => line.Contains('\t', StringComparison.Ordinal))));
        if (isByRow)
        {
            return [.. lines.Select(line => line.Split('\t'))];
        }

        return lines.Length % width == 0 ? [.. lines.Chunk(width)] : null;
    }

    /// <summary>Columns are apart by tabs, or by any blanks; where that gives another number, the line stays whole.</summary>
    private static string[] Cells(string line, int width)
    {
        var cells = line.Split('\t');
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return cells.Length == width ? cells : words.Length == width ? words : [line];
    }

    private static string Spaced(string line) => string.Join(' ', line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static string Show(IEnumerable<string[]> rows)
    {
        var lines = rows.Take(41).Select(row => "      " + string.Join('\t', row)).ToList();
        return string.Join('\n', lines.Count > 40 ? [.. lines[..40], "      ..."] : lines);
    }
}
