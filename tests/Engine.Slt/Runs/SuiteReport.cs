using System.Globalization;

namespace Engine.Slt.Runs;

/// <summary>Counts of many scripts, by area: the first folders of their paths.</summary>
internal sealed class SuiteReport(int areaDepth)
{
    private readonly SortedDictionary<string, (int Scripts, int Skipped, int Statements, int FailedStatements, int Queries, int FailedQueries)> _areas = new(StringComparer.Ordinal);

    public List<Failure> Failures { get; } = [];

    public Dictionary<string, int> SkipReasons { get; } = new(StringComparer.Ordinal);

    public int PassedQueries => _areas.Values.Sum(area => area.Queries - area.FailedQueries);

    public void Add(string script, Outcome outcome)
    {
        var folders = script.Split('/')[..^1];
        var name = string.Join('/', folders.Take(areaDepth));
        var area = _areas.GetValueOrDefault(name);
        _areas[name] = (
            area.Scripts + 1,
            area.Skipped + (outcome.SkipReason is null ? 0 : 1),
            area.Statements + outcome.Statements.Passed + outcome.Statements.Failed,
            area.FailedStatements + outcome.Statements.Failed,
            area.Queries + outcome.Queries.Passed + outcome.Queries.Failed,
            area.FailedQueries + outcome.Queries.Failed);
        Failures.AddRange(outcome.Failures);
        if (outcome.SkipReason is { } reason)
        {
            SkipReasons[reason] = SkipReasons.GetValueOrDefault(reason) + 1;
        }
    }

    public void Write(TextWriter output)
    {
        output.WriteLine($"{"area",-40} {"scripts",7} {"skipped",7} {"statements",10} {"failed",6} {"queries",7} {"failed",6} {"passed",8}");
        foreach (var (name, area) in _areas)
        {
            Write(output, name, area);
        }

        var all = _areas.Values;
        Write(output, "all", (all.Sum(a => a.Scripts), all.Sum(a => a.Skipped), all.Sum(a => a.Statements), all.Sum(a => a.FailedStatements), all.Sum(a => a.Queries), all.Sum(a => a.FailedQueries)));
        foreach (var (reason, count) in SkipReasons.OrderByDescending(pair => pair.Value))
        {
            output.WriteLine($"skipped {count}: {reason}");
        }
    }

    private static void Write(TextWriter output, string name, (int Scripts, int Skipped, int Statements, int FailedStatements, int Queries, int FailedQueries) area)
    {
        var share = area.Queries == 0 ? "-" : ((area.Queries - area.FailedQueries) * 100.0 / area.Queries).ToString("F2", CultureInfo.InvariantCulture) + " %";
        output.WriteLine($"{name,-40} {area.Scripts,7} {area.Skipped,7} {area.Statements,10} {area.FailedStatements,6} {area.Queries,7} {area.FailedQueries,6} {share,8}");
    }
}
