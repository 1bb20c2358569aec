using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Engine.Core.Types;

namespace Engine.Planner.Physical;

/// <summary>
/// A step of a physical plan: immutable, serialisable, the same on every worker. Expressions refer to the input's columns by position.
/// </summary>
/// <param name="Output">The columns it gives.</param>
[JsonDerivedType(typeof(ScanNode), "scan")]
[JsonDerivedType(typeof(ValuesNode), "values")]
[JsonDerivedType(typeof(FilterNode), "filter")]
[JsonDerivedType(typeof(ProjectNode), "project")]
[JsonDerivedType(typeof(AggregateNode), "aggregate")]
[JsonDerivedType(typeof(ExpandNode), "expand")]
[JsonDerivedType(typeof(HashJoinNode), "hash_join")]
[JsonDerivedType(typeof(NestedLoopJoinNode), "nested_loop_join")]
[JsonDerivedType(typeof(SortNode), "sort")]
[JsonDerivedType(typeof(TopNNode), "top_n")]
[JsonDerivedType(typeof(LimitNode), "limit")]
[JsonDerivedType(typeof(UnionNode), "union")]
[JsonDerivedType(typeof(SetOperationNode), "set_operation")]
[JsonDerivedType(typeof(SingleRowNode), "single_row")]
[JsonDerivedType(typeof(UnnestNode), "unnest")]
[JsonDerivedType(typeof(WindowNode), "window")]
[JsonDerivedType(typeof(WithNode), "with")]
[JsonDerivedType(typeof(SharedScanNode), "shared_scan")]
[JsonDerivedType(typeof(RecursionNode), "recursion")]
public abstract record PlanNode(Schema Output)
{
    /// <summary>The planner's guess, for EXPLAIN and for sizing.</summary>
    public double EstimatedRows { get; init; }

    /// <summary>Unique in a plan: what run-time figures are reported under.</summary>
    public int Id { get; init; }

    [JsonIgnore]
    public abstract ImmutableArray<PlanNode> Inputs { get; }
}
