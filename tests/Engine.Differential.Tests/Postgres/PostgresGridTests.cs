using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Engine.Differential.Tests.Postgres;

/// <summary>
/// Functions, operators, casts and special forms over the values of <see cref="GridValues"/>: value, type and SQLSTATE are PostgreSQL's, or the list of
/// known differences says why not. A quick run takes a sample of the calls; QE_POSTGRES=full, set by tests/fuzz-postgres.sh, takes all, and only then
/// is a line of the list that explains nothing an error. QE_POSTGRES_OUT names a file for all that differs.
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
        var differences = Run(postgres, "UTC", taken, known);
        differences.AddRange(Run(postgres, "Europe/Berlin", [.. taken.Where(IsZoned)], known));

        Report(differences);
        differences.Count.ShouldBe(0, "calls that end otherwise than in PostgreSQL 15, and no line of known-postgres-differences.tsv says why");
        if (IsFull && Filter is null)
        {
            known.Unused.ShouldBeEmpty();
        }
    }

    private static bool IsTaken(Call call) =>
        (IsFull || call.Number % Sample == 0) && (Filter is null || call.Signature.Contains(Filter, StringComparison.Ordinal));

    /// <summary>Whether the session's zone matters.</summary>
    private static bool IsZoned(Call call) => call.Sql.Contains("timestamptz", StringComparison.Ordinal);

    private List<(Call Call, Difference Kind, Outcome Ours, Outcome Theirs)> Run(PostgresOracle postgres, string zone, IReadOnlyList<Call> calls, KnownPostgresDifferences known)
    {
        using var engine = new EngineProbe(zone);
        postgres.Execute($"SET timezone = '{zone}'");
        var (agreeing, listed) = (0, 0);
        var differences = new List<(Call, Difference, Outcome, Outcome)>();
        var start = Stopwatch.GetTimestamp();
        foreach (var call in calls)
        {
            var (ours, theirs) = (engine.Ask(call.Sql), postgres.Ask(call.Sql));
            var kind = OutcomeComparison.Compare(ours, theirs);
            if (kind == Difference.None)
            {
                agreeing++;
            }
            else if (known.Explains(call, kind))
            {
                listed++;
            }
            else
            {
                differences.Add((call, kind, ours, theirs));
            }
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{zone}: {calls.Count} calls of {calls.DistinctBy(call => call.Signature).Count()} signatures in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s: {agreeing} agree, {listed} listed, {differences.Count} differ"));
        return differences;
    }

    private void Report(List<(Call Call, Difference Kind, Outcome Ours, Outcome Theirs)> differences)
    {
        foreach (var group in differences.GroupBy(difference => (difference.Call.Signature, difference.Kind)).OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"{group.Count(),6} {group.Key.Kind} {group.Key.Signature}");
            foreach (var (call, _, ours, theirs) in group.Take(ExamplesPerSignature))
            {
                output.WriteLine($"         {call.Sql}\n           ours {ours}\n           theirs {theirs}");
            }
        }

        if (Environment.GetEnvironmentVariable("QE_POSTGRES_OUT") is { } file)
        {
            File.WriteAllLines(file, differences.Select(d => $"{d.Kind}\t{d.Call.Signature}\t{d.Call.Sql}\t{d.Ours}\t{d.Theirs}".ReplaceLineEndings(" ")));
        }
    }
}
