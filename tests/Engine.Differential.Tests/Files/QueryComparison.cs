namespace Engine.Differential.Tests.Files;

/// <summary>Runs generated queries over a table that both engines read alike, and collects where they disagree.</summary>
public sealed class QueryComparison(EngineUnderTest engine, DuckDbOracle oracle, int queriesPerTable, string catalog = "no-catalog")
{
    private readonly List<string> _differences = [];

    public int Queries { get; private set; }

    /// <summary>Queries that both refuse. They prove little: few must be such.</summary>
    public int Refused { get; private set; }

    public IReadOnlyList<string> Differences => _differences;

    /// <summary>The first query goes through the command line and its CSV; the others through a session.</summary>
    public void Run(TwoReadings table, int seed)
    {
        var generator = new QueryGenerator(seed, table.Columns, table.Samples);
        var columns = string.Join(", ", table.Columns.Select(column => QueryGenerator.Quote(column.Name)));
        Compare($"SELECT {columns} FROM $table", table, sql => CsvAnswer.Ask(sql, catalog));
        for (var i = 0; i < queriesPerTable; i++)
        {
            Compare(generator.Next(), table, engine.Ask);
        }
    }

    private void Compare(string sql, TwoReadings table, Func<string, Answer> ask)
    {
        Queries++;
        var ours = ask(sql.Replace("$table", table.Ours, StringComparison.Ordinal));
        var theirs = oracle.Ask(sql.Replace("$table", table.Theirs, StringComparison.Ordinal));
        Refused += ours.Error is not null && theirs.Error is not null ? 1 : 0;
        if (AnswerComparison.Difference(ours, theirs) is { } difference)
        {
            _differences.Add($"{sql.Replace("$table", table.Ours, StringComparison.Ordinal)}\n    {difference}");
        }
    }
}
