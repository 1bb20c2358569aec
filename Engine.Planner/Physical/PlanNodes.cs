using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;

namespace Engine.Planner.Physical;

/// <summary>Reads the projected columns of a table.</summary>
public sealed record ScanNode(TableSource Source, ImmutableArray<int> Projection, ImmutableArray<ColumnConstraint> Constraints, long? Limit, Schema Output)
    : PlanNode(Output)
{
    /// <summary>Conditions over the table's schema that the scan applies itself.</summary>
    public ImmutableArray<Expression> Conditions { get; init; } = [];

    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [];
}

/// <summary>Rows of expressions without columns.</summary>
public sealed record ValuesNode(ImmutableArray<ImmutableArray<Expression>> Rows, Schema Output) : PlanNode(Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [];
}

/// <summary>The rows for which the predicate is true.</summary>
public sealed record FilterNode(PlanNode Input, Expression Predicate) : PlanNode(Input.Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Input];
}

/// <summary>Computes columns.</summary>
public sealed record ProjectNode(PlanNode Input, ImmutableArray<Expression> Values, Schema Output) : PlanNode(Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Input];
}

/// <summary>A sort key over the input's columns.</summary>
public sealed record SortSpecification(Expression Value, bool IsDescending, bool NullsFirst);

/// <summary>An aggregate over the input's columns.</summary>
public sealed record AggregateSpecification(
    string Function, ImmutableArray<Expression> Arguments, DataType Type, bool IsDistinct, Expression? Filter, ImmutableArray<SortSpecification> OrderBy);

/// <summary>Groups by a hash table. The output is the keys, then the aggregates. Without keys there is one group, even over no rows.</summary>
public sealed record AggregateNode(PlanNode Input, ImmutableArray<Expression> Keys, ImmutableArray<AggregateSpecification> Aggregates, Schema Output)
    : PlanNode(Output)
{
    /// <summary>Keys of groups that are there even when no row belongs to them.</summary>
    public ImmutableArray<ImmutableArray<Literal>> EmptyGroups { get; init; } = [];

    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Input];
}

/// <summary>Every row once for each grouping set: the input's columns, then the keys, NULL where they are not of the set, then the set's number.</summary>
public sealed record ExpandNode(PlanNode Input, ImmutableArray<Expression> Keys, ImmutableArray<ImmutableArray<int>> Sets, Schema Output) : PlanNode(Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Input];
}

/// <summary>Joins on equal keys: the right input is built into a table, the left one probes it.</summary>
/// <param name="Type">How rows meet.</param>
/// <param name="Left">The probe side.</param>
/// <param name="Right">The build side.</param>
/// <param name="LeftKeys">Over the left columns.</param>
/// <param name="RightKeys">Over the right columns, of the same types.</param>
/// <param name="Residual">Over the left columns followed by the right ones; null for none.</param>
/// <param name="Output">Left columns, then right ones unless the type has none.</param>
public sealed record HashJoinNode(
    JoinType Type,
    PlanNode Left,
    PlanNode Right,
    ImmutableArray<Expression> LeftKeys,
    ImmutableArray<Expression> RightKeys,
    Expression? Residual,
    Schema Output) : PlanNode(Output)
{
    /// <summary>For each key whether NULL equals NULL; none when it never does.</summary>
    public ImmutableArray<bool> MatchesNull { get; init; } = [];

    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Left, Right];
}

/// <summary>Joins by trying every pair.</summary>
public sealed record NestedLoopJoinNode(JoinType Type, PlanNode Left, PlanNode Right, Expression? Condition, Schema Output) : PlanNode(Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Left, Right];
}

/// <summary>Sorts all rows.</summary>
public sealed record SortNode(PlanNode Input, ImmutableArray<SortSpecification> Keys) : PlanNode(Input.Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Input];
}

/// <summary>The first rows of a sort order.</summary>
public sealed record TopNNode(PlanNode Input, ImmutableArray<SortSpecification> Keys, long Offset, long Count) : PlanNode(Input.Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Input];
}

/// <summary>Leaves rows out at the start and ends early.</summary>
public sealed record LimitNode(PlanNode Input, long Offset, long? Count) : PlanNode(Input.Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Input];
}

/// <summary>The rows of both inputs, duplicates kept.</summary>
public sealed record UnionNode(PlanNode Left, PlanNode Right, Schema Output) : PlanNode(Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Left, Right];
}

/// <summary>INTERSECT and EXCEPT; with ALL, by the number of times that a row occurs.</summary>
public sealed record SetOperationNode(SetOperator Operator, bool IsAll, PlanNode Left, PlanNode Right, Schema Output) : PlanNode(Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Left, Right];
}

/// <summary>Exactly one row: the input's, or NULLs.</summary>
public sealed record SingleRowNode(PlanNode Input) : PlanNode(Input.Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Input];
}

/// <summary>The input's columns, then the item columns, then the number of the item when asked for.</summary>
public sealed record UnnestNode(PlanNode Input, ImmutableArray<Expression> Arrays, bool WithOrdinality, bool KeepsEmpty, Schema Output) : PlanNode(Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Input];
}
