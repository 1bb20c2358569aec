using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Exec.Pipelines;
using Engine.Planner.Explain;
using Engine.Planner.Physical;
using Engine.Planner.Rules;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>EXPLAIN: the plan; ANALYZE runs it and adds what each step did; VERBOSE shows each rule that fired.</summary>
internal sealed class ExplainCommand(Session session)
{
    /// <summary>What it gives.</summary>
    public static readonly Schema Columns = new([new Field("QUERY PLAN", DataType.Varchar)]);

    public StatementResult Execute(Ast.ExplainStatement explain, CancellationToken cancellationToken)
    {
        if (explain.Statement is not Ast.QueryStatement query)
        {
            throw QueryException.NotSupportedYet("EXPLAIN of a statement that is no query", explain.Statement.Span);
        }

        var trace = new List<RuleTrace>();
        var plan = session.Plan(query.Query, cancellationToken, trace: explain.Verbose ? trace : null);
        var lines = new List<string>();
        foreach (var step in trace.Where(step => step.Changed is not null))
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"-- {step.Phase}: {step.Rule} ({step.Elapsed.TotalMilliseconds:N2} ms)"));
            lines.AddRange(PlanText.Of(PhysicalPlanner.Plan(step.Changed!)));
            lines.Add(string.Empty);
        }

        if (explain.Verbose)
        {
            lines.Add("-- physical plan");
        }

        lines.AddRange(explain.Analyze ? Analyze(plan, cancellationToken) : PlanText.Of(plan));
        return session.Table("EXPLAIN", [.. Columns.Select(column => column.Name)], lines.Select(line => ImmutableArray.Create<string?>(line)), cancellationToken);
    }

    private IReadOnlyList<string> Analyze(PlanNode plan, CancellationToken cancellationToken)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        using var result = session.Run("EXPLAIN", plan, cancellationToken);
        while (result.Next() is { } batch)
        {
            batch.Dispose();
        }

        var elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        var lines = PlanFigures.Lines(plan, result.Context!).ToList();
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"Elapsed: {elapsed.TotalMilliseconds:N1} ms, peak memory: {result.PeakMemoryBytes / 1048576.0:N1} MiB"));
        return lines;
    }
}
