using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Engine.Core.Types;
using Engine.Planner.Logical;

namespace Engine.Planner.Physical;

/// <summary>Computes window calls over rows that have partitions and order in common. Columns are places in the input.</summary>
/// <param name="Input">What the calls need is computed there.</param>
/// <param name="PartitionBy">Rows with equal values are seen together.</param>
/// <param name="OrderBy">The order within a partition.</param>
/// <param name="Calls">The calls.</param>
/// <param name="KeptColumns">How many of the input's columns, from the first on, go through.</param>
/// <param name="Output">The kept columns, then one for each call.</param>
public sealed record WindowNode(
    PlanNode Input,
    ImmutableArray<int> PartitionBy,
    ImmutableArray<WindowKey> OrderBy,
    ImmutableArray<WindowCallSpecification> Calls,
    int KeptColumns,
    Schema Output) : PlanNode(Output)
{
    [JsonIgnore]
    public override ImmutableArray<PlanNode> Inputs => [Input];
}

/// <summary>A key of an order.</summary>
public sealed record WindowKey(int Column, bool IsDescending, bool NullsFirst);

/// <summary>A call of a window.</summary>
/// <param name="Function">Lower-case name.</param>
/// <param name="Arguments">Columns.</param>
/// <param name="Type">The result type.</param>
/// <param name="IsDistinct">Whether equal arguments within a frame count once.</param>
/// <param name="IgnoresNulls">Whether rows whose first argument is NULL are passed over.</param>
/// <param name="Filter">The column that says which rows count; null for all.</param>
/// <param name="OrderBy">The order in which an aggregate takes a frame's rows in; empty for that of the window.</param>
/// <param name="Frame">The rows around the current one that count.</param>
public sealed record WindowCallSpecification(
    string Function,
    ImmutableArray<int> Arguments,
    DataType Type,
    bool IsDistinct,
    bool IgnoresNulls,
    int? Filter,
    ImmutableArray<WindowKey> OrderBy,
    FrameSpecification Frame);

/// <summary>A frame.</summary>
public sealed record FrameSpecification(FrameUnit Unit, FrameEnd Start, FrameEnd End, FrameExclusion Exclusion);

/// <summary>One end of a frame.</summary>
/// <param name="Kind">Where it is.</param>
/// <param name="Offset">Rows or groups from the current row.</param>
/// <param name="LimitColumn">For RANGE with an offset: the value that the frame reaches to.</param>
/// <param name="KeyColumn">For RANGE with an offset: the key that is compared with it.</param>
public sealed record FrameEnd(FrameBoundKind Kind, long Offset, int? LimitColumn, int? KeyColumn);
