using System.Text.RegularExpressions;

namespace Engine.Differential.Tests.Fuzz;

/// <summary>The differences from DuckDB that are meant, each with its reason: <c>known-fuzz-differences.tsv</c>.</summary>
public sealed class FuzzDifferences
{
    private readonly List<(Regex Sql, Regex Difference, string Reason)> _known =
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "known-fuzz-differences.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(cells => (Pattern(cells[0]), Pattern(cells[1]), cells[2])),
    ];

    public Dictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a difference is listed; it is counted by its reason then.</summary>
    public bool IsKnown(string sql, string difference)
    {
        var reason = _known.Find(known => known.Sql.IsMatch(sql) && known.Difference.IsMatch(difference)).Reason;
        if (reason is not null)
        {
            Counts[reason] = Counts.GetValueOrDefault(reason) + 1;
        }

        return reason is not null;
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
