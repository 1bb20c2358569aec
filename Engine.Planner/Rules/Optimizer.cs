using System.Collections.Immutable;
using System.Diagnostics;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules;

/// <summary>A rule that ran: how long, and the plan after it when it changed something.</summary>
public sealed record RuleTrace(string Phase, string Rule, TimeSpan Elapsed, LogicalNode? Changed);

/// <summary>Runs the phases in order. Every rule is timed, traced, checked and can be switched off by name.</summary>
public static class Optimizer
{
    /// <summary>A phase repeats while its rules find work, up to this often.</summary>
    private const int MaxRounds = 8;

    /// <summary>In the list of disabled rules: none runs.</summary>
    public const string AllRules = "all";

    public static LogicalNode Optimize(LogicalNode plan, RuleContext context, IReadOnlySet<string> disabledRules, ICollection<RuleTrace>? trace = null)
    {
        foreach (var phase in Phases.All)
        {
            for (var round = 0; round < MaxRounds; round++)
            {
                var before = plan;
                foreach (var rule in phase.Rules.Where(rule => !disabledRules.Contains(rule.Name) && !disabledRules.Contains(AllRules)))
                {
                    context.Binding.CancellationToken.ThrowIfCancellationRequested();
                    plan = Run(phase.Name, rule, plan, context, trace);
                }

                if (ReferenceEquals(before, plan) || !phase.Repeats)
                {
                    break;
                }
            }
        }

        return plan;
    }

    private static LogicalNode Run(string phase, IPlanRule rule, LogicalNode plan, RuleContext context, ICollection<RuleTrace>? trace)
    {
        var start = Stopwatch.GetTimestamp();
        var result = rule.Apply(plan, context);
        var hasChanged = !ReferenceEquals(result, plan);
        trace?.Add(new RuleTrace(phase, rule.Name, Stopwatch.GetElapsedTime(start), hasChanged ? result : null));
        if (hasChanged)
        {
            PlanCheck.Verify(rule.Name, plan, result);
        }

        return result;
    }
}

/// <summary>Rules that run together.</summary>
internal sealed record Phase(string Name, bool Repeats, ImmutableArray<IPlanRule> Rules);
