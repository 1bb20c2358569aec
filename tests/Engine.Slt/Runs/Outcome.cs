namespace Engine.Slt.Runs;

/// <summary>How a script went.</summary>
internal sealed class Outcome
{
    public Tally Statements { get; } = new();

    public Tally Queries { get; } = new();

    public List<Failure> Failures { get; } = [];

    /// <summary>Why all of it or the rest was not run.</summary>
    public string? SkipReason { get; set; }

    public void Add(bool isQuery, Failure? failure)
    {
        var tally = isQuery ? Queries : Statements;
        if (failure is null)
        {
            tally.Passed++;
        }
        else
        {
            tally.Failed++;
            Failures.Add(failure);
        }
    }

    public sealed class Tally
    {
        public int Passed { get; set; }

        public int Failed { get; set; }

        public int Skipped { get; set; }
    }
}

/// <summary>A record that did not give what it is to give.</summary>
internal sealed record Failure(string Script, int Line, bool IsQuery, string Sql, string Reason)
{
    public override string ToString() => $"{Script}:{Line}: {Reason}\n    {Sql.ReplaceLineEndings("\n    ")}";
}
