namespace Engine.Differential.Tests.Files;

/// <summary>How one table looks to both engines.</summary>
/// <param name="Kind">What the difference is, in a word or two; <see cref="Alike"/> when there is none.</param>
/// <param name="Detail">The difference itself, for whoever looks into it.</param>
/// <param name="Ours">The table in the engine's FROM.</param>
/// <param name="Theirs">The table in DuckDB's FROM.</param>
/// <param name="Columns">What queries may use, by the names that both relations give it: of very wide tables, the first columns.</param>
/// <param name="Samples">Some values of each of those columns.</param>
public sealed record TwoReadings(
    string Kind, string Detail, string Ours, string Theirs, IReadOnlyList<(string Name, Kind Kind)> Columns, IReadOnlyDictionary<string, IReadOnlyList<string>> Samples)
{
    private const int MaxColumns = 200;
    private const int MaxSamples = 20;

    public const string Alike = "alike";

    public bool AreAlike => Kind == Alike;

    /// <summary>
    /// Asks both for all rows. A column that they type differently counts as text on both sides, and a nested one as JSON; where that reads
    /// differently (1 and 1.0), the values must still be equal, but queries leave the column out.
    /// </summary>
    public static TwoReadings Of(EngineUnderTest engine, DuckDbOracle oracle, string oursFrom, string theirsFrom)
    {
        var ours = engine.Ask($"SELECT * FROM {oursFrom}");
        var theirs = oracle.Ask($"SELECT * FROM {theirsFrom}");
        TwoReadings Differ(string kind, string detail) => new(kind, detail, oursFrom, theirsFrom, [], new Dictionary<string, IReadOnlyList<string>>());
        if (ours.Error is not null || theirs.Error is not null)
        {
            return Differ(
                ours.Error is null ? "DuckDB fails" : theirs.Error is null ? "ours fails" : "both fail",
                $"ours: {ours.Error ?? ours.Rows.Count + " rows"}; DuckDB: {theirs.Error?.Split('\n')[0] ?? theirs.Rows.Count + " rows"}");
        }

        if (ours.Columns.Count != theirs.Columns.Count || !ours.Columns.Zip(theirs.Columns).All(pair => pair.First == pair.Second || AreMadeUp(pair.First, pair.Second)))
        {
            return Differ("names", $"ours: {string.Join(", ", ours.Columns)}; DuckDB: {string.Join(", ", theirs.Columns)}");
        }

        if (ours.Rows.Count != theirs.Rows.Count)
        {
            return Differ("row count", $"ours: {ours.Rows.Count}; DuckDB: {theirs.Rows.Count}");
        }

        var isPlain = ours.Columns.SequenceEqual(theirs.Columns);
        var left = new List<string>();
        var right = new List<string>();
        var kinds = new List<(string Name, Kind Kind)>();
        for (var i = 0; i < ours.Columns.Count; i++)
        {
            var name = QueryGenerator.Quote(ours.Columns[i]);
            var other = QueryGenerator.Quote(theirs.Columns[i]);
            var kind = KindOf(ours.Types[i]);
            if (kind is null || kind != KindOf(theirs.Types[i].ToLowerInvariant()))
            {
                isPlain = false;
                var isNested = IsNested(ours.Types[i]) || IsNested(theirs.Types[i]);
                kind = Files.Kind.Text;
                left.Add(isNested ? $"CAST(CAST({name} AS json) AS varchar) AS {name}" : $"CAST({name} AS varchar) AS {name}");
                right.Add(isNested ? $"CAST(to_json({other}) AS varchar) AS {name}" : $"CAST({other} AS varchar) AS {name}");
            }
            else
            {
                left.Add(name);
                right.Add($"{other} AS {name}");
            }

            kinds.Add((ours.Columns[i], kind.Value));
        }

        if (!isPlain)
        {
            oursFrom = $"(SELECT {string.Join(", ", left)} FROM {oursFrom}) t";
            theirsFrom = $"(SELECT {string.Join(", ", right)} FROM {theirsFrom}) t";
            ours = engine.Ask($"SELECT * FROM {oursFrom}");
            theirs = oracle.Ask($"SELECT * FROM {theirsFrom}");
        }

        if (AnswerComparison.Difference(ours, theirs) is { } difference)
        {
            return Differ("values", difference);
        }

        var places = Enumerable.Range(0, kinds.Count).Where(i => kinds[i].Kind != Files.Kind.Text || IsSpelledAlike(ours, theirs, i)).Take(MaxColumns).ToList();
        return places.Count == 0
            ? Differ("spelling", "no column is spelled alike as text")
            : new TwoReadings(Alike, "", oursFrom, theirsFrom, [.. places.Select(i => kinds[i])], places.ToDictionary(i => kinds[i].Name, i => Sample(ours, i), StringComparer.Ordinal));
    }

    /// <summary>Without those that SQL text in DuckDB cannot spell, as U+0000 ends it.</summary>
    private static IReadOnlyList<string> Sample(Answer answer, int column) =>
        [.. answer.Rows.Select(row => row[column]).OfType<string>().Where(value => !value.Contains('\0', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MaxSamples)];

    /// <summary>Columns without a name in the file are column1, column2... here and column0, column1... there, padded to column00 where there are many.</summary>
    private static bool AreMadeUp(string ours, string theirs) =>
        ours.StartsWith("column", StringComparison.Ordinal) && theirs.StartsWith("column", StringComparison.Ordinal)
        && int.TryParse(ours.AsSpan(6), out var one) && int.TryParse(theirs.AsSpan(6), out var zero) && one == zero + 1;

    private static bool IsSpelledAlike(Answer ours, Answer theirs, int column) =>
        ours.Rows.Select(row => row[column]).Order(StringComparer.Ordinal).SequenceEqual(theirs.Rows.Select(row => row[column]).Order(StringComparer.Ordinal));

    private static bool IsNested(string type) => type.StartsWith("array", StringComparison.Ordinal) || type.StartsWith("row", StringComparison.Ordinal)
        || type.StartsWith("STRUCT", StringComparison.Ordinal) || type.StartsWith("MAP", StringComparison.Ordinal) || type.EndsWith(']') || type is "json" or "JSON";

    private static Kind? KindOf(string type) => type switch
    {
        "bigint" or "integer" or "double" => Files.Kind.Number,
        "varchar" => Files.Kind.Text,
        "timestamp" => Files.Kind.Time,
        "date" => Files.Kind.Date,
        _ => null,
    };
}
