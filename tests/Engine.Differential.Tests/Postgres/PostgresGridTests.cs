using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Engine.Differential.Tests.Postgres;

/// <summary>
/// Functions, operators, casts and special forms over the values of <see cref="GridValues"/>: value, type and SQLSTATE are PostgreSQL's, or the list of
/// known differences says why not. A quick run takes a sample of the calls; QE_POSTGRES=full, set by tests/fuzz-postgres.sh, takes all, and only then
/// is a line of the list that explains nothing an error. QE_POSTGRES_OUT names a file for all that differs, listed or not.
/// </summary>
public sealed class PostgresGridTests(ITestOutputHelper output)
{
    /// <summary>A quick run takes every so many-th call.</summary>
    private const ulong Sample = 20;
    private const int ExamplesPerSignature = 3;

    private static readonly bool IsFull = Environment.GetEnvironmentVariable("QE_POSTGRES") == "full";
    private static readonly string? Filter = Environment.GetEnvironmentVariable("QE_POSTGRES_FILTER");

    [PostgresFact]
    public void Every_call_ends_as_in_PostgreSQL_15()
    {
        using var server = new PostgresServer();
        using var postgres = new PostgresOracle(server.ConnectionString);
        var known = new KnownPostgresDifferences();
        IReadOnlyList<Call> calls = [.. SignatureGrid.Of(postgres), .. CastGrid.All, .. FormGrid.All];
        var taken = calls.Where(IsTaken).ToList();
        List<Finding> findings = [.. Run(postgres, "UTC", taken, known), .. Run(postgres, "Europe/Berlin", [.. taken.Where(IsZoned)], known)];
        var unlisted = findings.Where(finding => !finding.IsListed).ToList();
        var unused = IsFull && Filter is null ? known.Unused : [];

        Report(findings, unlisted, unused);
        this.ShouldSatisfyAllConditions(
            () => unlisted.Count.ShouldBe(0, "calls that end otherwise than in PostgreSQL 15, and no line of known-postgres-differences.tsv says why"),
            () => unused.Count.ShouldBe(0, "lines of known-postgres-differences.tsv that explain nothing"));
    }

    private static bool IsTaken(Call call) =>
        (IsFull || call.Number % Sample == 0) && (Filter is null || call.Signature.Contains(Filter, StringComparison.Ordinal));

    /// <summary>Whether the session's zone matters.</summary>
    private static bool IsZoned(Call call) => call.Sql.Contains("timestamptz", StringComparison.Ordinal);

    private List<Finding> Run(PostgresOracle postgres, string zone, IReadOnlyList<Call> calls, KnownPostgresDifferences known)
    {
        using var engine = new EngineProbe(zone);
        postgres.Execute($"SET timezone = '{zone}'");
        var findings = new List<Finding>();
        var start = Stopwatch.GetTimestamp();
        foreach (var call in calls)
        {
            var (ours, theirs) = (engine.Ask(call.Sql), postgres.Ask(call.Sql));
            var kind = OutcomeComparison.Compare(ours, theirs);
            if (kind != Difference.None)
            {
                findings.Add(new Finding(call, kind, ours, theirs, known.Explains(call, kind, ours, theirs)));
            }
        }

        var listed = findings.Count(finding => finding.IsListed);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{zone}: {calls.Count} calls of {calls.DistinctBy(call => call.Signature).Count()} signatures in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s: {calls.Count - findings.Count} agree, {listed} listed, {findings.Count - listed} differ"));
        return findings;
    }

    private void Report(List<Finding> findings, List<Finding> unlisted, IReadOnlyList<string> unused)
    {
        foreach (var group in unlisted.GroupBy(finding => (finding.Call.Signature, finding.Kind)).OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"{group.Count(),6} {group.Key.Kind} {group.Key.Signature}");
            foreach (var (call, _, ours, theirs, _) in group.Take(ExamplesPerSignature))
            {
                output.WriteLine($"         {call.Sql}\n           ours {ours}\n           theirs {theirs}");
            }
        }

        foreach (var line in unused)
        {
            output.WriteLine($"explains nothing: {line}");
        }

        if (Environment.GetEnvironmentVariable("QE_POSTGRES_OUT") is { } file)
        {
            File.WriteAllLines(file, findings.Select(f => $"{(f.IsListed ? "listed" : "differs")}\t{f.Kind} {KnownPostgresDifferences.StatesOf(f.Kind, f.Ours, f.Theirs)}\t{f.Call.Signature}\t{f.Call.Sql}\t{f.Ours}\t{f.Theirs}".ReplaceLineEndings(" ")));
        }
    }

    /// <summary>A call that ends otherwise than in PostgreSQL.</summary>
    private sealed record Finding(Call Call, Difference Kind, Outcome Ours, Outcome Theirs, bool IsListed);
}
