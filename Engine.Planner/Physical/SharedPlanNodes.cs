using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Engine.Core.Types;

namespace Engine.Planner.Physical;

/// <summary>A plan whose rows are kept for <see cref="SharedScanNode"/>s to read.</summary>
public sealed record SharedPlanDefinition(int Id, string Name, PlanNode Plan);

/// <summary>Computes shared plans, in order, then the body that reads them.</summary>
public sealed record WithNode(ImmutableArray<SharedPlanDefinition> Definitions, PlanNode Body) : PlanNode(Body.Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [.. Definitions.Select(definition => definition.Plan), Body];
}

/// <summary>Reads kept rows: those of a shared plan, or inside of a recursion's step the ones that were new the last time.</summary>
/// <param name="SharedId">Of the <see cref="SharedPlanDefinition"/> or <see cref="RecursionNode"/>.</param>
/// <param name="Name">What EXPLAIN calls it.</param>
/// <param name="Places">The columns read, by their places.</param>
/// <param name="Output">The columns it gives.</param>
public sealed record SharedScanNode(int SharedId, string Name, ImmutableArray<int> Places, Schema Output) : PlanNode(Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [];
}

/// <summary>The rows of the base, then those that the step makes of the rows that were new the last time, until none are.</summary>
public sealed record RecursionNode(int RecursionId, string Name, bool IsAll, PlanNode Base, PlanNode Step, Schema Output) : PlanNode(Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Base, Step];
}
