using System.Text.RegularExpressions;

namespace Engine.Differential.Tests.Postgres;

/// <summary>
/// The list of what differs on purpose, known-postgres-differences.tsv: lines of a pattern over "signature: expression", the kind of
/// <see cref="Difference"/> with the SQLSTATEs it may come with, and the reason. Every line has to explain something, or it is out of date.
/// </summary>
public sealed class KnownPostgresDifferences
{
    private readonly Entry[] _entries =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "known-postgres-differences.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => new Entry(line)),
    ];

    /// <summary>Lines that no difference was found for.</summary>
    public IReadOnlyList<string> Unused => [.. _entries.Where(entry => entry.Uses == 0).Select(entry => entry.Line)];

    public bool Explains(Call call, Difference kind, Outcome ours, Outcome theirs)
    {
        var (text, states) = ($"{call.Signature}: {call.Sql}", StatesOf(kind, ours, theirs));
        if (Array.Find(_entries, entry => entry.Kind == kind && entry.Takes(states) && entry.Pattern.IsMatch(text)) is not { } found)
        {
            return false;
        }

        found.Uses++;
        return true;
    }

    /// <summary>The SQLSTATE of the side that fails, of both as <c>ours/theirs</c>; null where none does.</summary>
    public static string? StatesOf(Difference kind, Outcome ours, Outcome theirs) => kind switch
    {
        Difference.Refused or Difference.Internal => ours.SqlState,
        Difference.Allowed => theirs.SqlState,
        Difference.Code => $"{ours.SqlState}/{theirs.SqlState}",
        _ => null,
    };

    /// <summary>A line of the list. A point in its pattern matches line feeds too, which some values have.</summary>
    private sealed class Entry
    {
        private readonly string[] _states;

        public Entry(string line)
        {
            var parts = line.Split('\t');
            var kind = parts[1].Split(' ');
            Line = line;
            Pattern = new Regex(parts[0], RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
            Kind = Enum.Parse<Difference>(kind[0]);
            _states = kind[1..];
            var isOfErrors = Kind is Difference.Refused or Difference.Allowed or Difference.Code;
            (_states.Length > 0).ShouldBe(isOfErrors, $"a difference of errors says their SQLSTATEs: {line}");
            (parts.Length == 3 && parts[2].Length > 0).ShouldBeTrue($"a line is a pattern, a kind and a reason: {line}");
        }

        public string Line { get; }

        public Regex Pattern { get; }

        public Difference Kind { get; }

        public int Uses { get; set; }

        public bool Takes(string? states) => states is null || _states.Contains(states, StringComparer.Ordinal);
    }
}
