using System.Collections.Immutable;
using Engine.Planner.Rules.Joins;
using Engine.Planner.Rules.Limits;
using Engine.Planner.Rules.Pruning;
using Engine.Planner.Rules.Pushdown;
using Engine.Planner.Rules.Simplify;

namespace Engine.Planner.Rules;

/// <summary>The order of the rules. Later phases rely on what earlier ones made true.</summary>
internal static class Phases
{
    public static readonly ImmutableArray<Phase> All =
    [
        new Phase("simplify", Repeats: true, [new FoldConstants(), new SimplifyConditions(), new FactorConditions(), new MergeProjects()]),
        new Phase("pushdown", Repeats: true, [new PushDownPredicates(), new MergeProjects()]),
        new Phase("joins", Repeats: false, [new OrderJoins(), new MergeProjects(), new ChooseJoinSides()]),
        new Phase("limits", Repeats: true, [new MergeLimits(), new PushDownLimits(), new UseTopN()]),
        new Phase("pruning", Repeats: false, [new PushConstraintsIntoScans(), new PrunePartitions(), new PushConditionsIntoScans(), new PruneColumns(), new MergeProjects(), new AnswerFromStatistics()]),
    ];
}
