using System.Globalization;
using Xunit.Abstractions;

namespace Engine.Differential.Tests.Fuzz;

/// <summary>
/// Generated expressions and queries give what DuckDB gives, but for the listed differences. A sample of a fixed seed; QE_FUZZ_SQL runs more
/// (tests/fuzz-sql.sh).
/// </summary>
public sealed class SqlFuzzTests(ITestOutputHelper output)
{
    private const int SampleSize = 600;
    private const int MaxShown = 40;

    private static int Count(double share) => (int)(share * int.Parse(Environment.GetEnvironmentVariable("QE_FUZZ_SQL") ?? $"{SampleSize}", CultureInfo.InvariantCulture));

    private static int FirstSeed => int.Parse(Environment.GetEnvironmentVariable("QE_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);

    [DuckDbFact]
    public void Expressions_give_what_DuckDb_gives() => Compare(Count(1), ExpressionGenerator.Table, seed =>
    {
        var generator = new ExpressionGenerator(new Random(seed));
        var type = generator.AnyType();

        // Arrays have another text form in DuckDB.
        return TwoTexts.Of($"SELECT id, {(type == FuzzType.Array ? "to_json({0})::varchar" : "{0}")} AS x FROM fuzz ORDER BY id", generator.Make(type, depth: 4));
    });

    [DuckDbFact]
    public void Queries_give_what_DuckDb_gives() => Compare(Count(0.4), SelectGenerator.Tables, seed => new SelectGenerator(new Random(seed)).Make(depth: 2));

    private void Compare(int count, IReadOnlyList<string> tables, Func<int, TwoTexts> make)
    {
        using var duckDb = new DuckDbOracle();
        using var engine = new EngineUnderTest();
        foreach (var statement in tables)
        {
            duckDb.Ask(statement).Error.ShouldBeNull();
            engine.Ask(statement).Error.ShouldBeNull();
        }

        duckDb.Ask("SET default_null_order = 'nulls_last_on_asc_first_on_desc'").Error.ShouldBeNull();
        var known = new FuzzDifferences();
        var (agreed, failedAlike, found) = (0, 0, new List<string>());
        for (var seed = FirstSeed; seed < FirstSeed + count; seed++)
        {
            var sql = make(seed);
            var (ours, theirs) = (engine.Ask(sql.Ours), duckDb.Ask(sql.Theirs));
            if (AnswerComparison.Difference(ours, theirs) is not { } difference)
            {
                agreed++;
                failedAlike += ours.Error is null ? 0 : 1;
            }
            else if (!known.IsKnown(sql.Ours, difference))
            {
                found.Add($"seed {seed}: {difference}\n    {sql.Ours}{(sql.Ours == sql.Theirs ? string.Empty : $"\n    {sql.Theirs}")}");
            }
        }

        output.WriteLine($"{count} generated: {agreed} agree ({failedAlike} of them are errors in both), {known.Counts.Values.Sum()} differ as listed, {found.Count} differ otherwise");
        foreach (var (reason, times) in known.Counts.OrderByDescending(pair => pair.Value))
        {
            output.WriteLine($"  {times}: {reason}");
        }

        found.Take(MaxShown).ShouldBeEmpty();
    }
}
