using System.Text.RegularExpressions;

namespace Engine.Differential.Tests.Postgres;

/// <summary>
/// The list of what differs on purpose, known-postgres-differences.tsv: lines of a pattern over "signature: expression", the kind of
/// <see cref="Difference"/>, and the reason. Every line has to explain something, or it is out of date.
/// </summary>
public sealed class KnownPostgresDifferences
{
    private readonly Entry[] _entries =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "known-postgres-differences.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(parts => new Entry(new Regex(parts[0], RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), Enum.Parse<Difference>(parts[1], ignoreCase: true), parts[2])),
    ];

    /// <summary>Lines that no difference was found for.</summary>
    public IEnumerable<string> Unused => _entries.Where(entry => entry.Uses == 0).Select(entry => $"{entry.Pattern}\t{entry.Kind}\t{entry.Reason}");

    public bool Explains(Call call, Difference kind)
    {
        var text = $"{call.Signature}: {call.Sql}";
        if (Array.Find(_entries, entry => entry.Kind == kind && entry.Pattern.IsMatch(text)) is not { } found)
        {
            return false;
        }

        found.Uses++;
        return true;
    }

    private sealed record Entry(Regex Pattern, Difference Kind, string Reason)
    {
        public int Uses { get; set; }
    }
}
