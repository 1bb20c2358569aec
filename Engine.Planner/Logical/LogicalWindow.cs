using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Core.Types;

namespace Engine.Planner.Logical;

/// <summary>
/// Computes window calls that have their partitions and order in common: every row stays, with a column for each call.
/// </summary>
/// <param name="Input">The rows.</param>
/// <param name="PartitionBy">Rows with equal values are seen together; none for all rows.</param>
/// <param name="OrderBy">The order within a partition; rows that are equal in it are peers.</param>
/// <param name="Calls">The calls.</param>
public sealed record LogicalWindow(LogicalNode Input, ImmutableArray<Expression> PartitionBy, ImmutableArray<SortKey> OrderBy, ImmutableArray<WindowAggregation> Calls) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => [.. Input.Output, .. Calls.Select(call => call.Column)];

    public override ImmutableArray<LogicalNode> Inputs => [Input];

    public override IEnumerable<Expression> Expressions => PartitionBy.Concat(OrderBy.Select(key => key.Value)).Concat(Calls.SelectMany(call => call.Call.Expressions));

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Input = inputs[0] };
}

/// <summary>A window call and the column of its results.</summary>
public sealed record WindowAggregation(LogicalColumn Column, WindowCall Call);

/// <summary>A call of a window function, or of an aggregate over frames.</summary>
/// <param name="Function">Lower-case name.</param>
/// <param name="Arguments">Over the input's columns.</param>
/// <param name="Type">The result type.</param>
/// <param name="IsDistinct">Whether equal arguments within a frame count once.</param>
/// <param name="IgnoresNulls">Whether rows whose first argument is NULL are passed over.</param>
/// <param name="Filter">Only rows for which this is true count; null for all.</param>
/// <param name="OrderBy">The order in which an aggregate takes a frame's rows in; empty for that of the window.</param>
/// <param name="Frame">The rows around the current one that count.</param>
public sealed record WindowCall(
    string Function,
    ImmutableArray<Expression> Arguments,
    DataType Type,
    bool IsDistinct,
    bool IgnoresNulls,
    Expression? Filter,
    ImmutableArray<SortKey> OrderBy,
    WindowFrame Frame)
{
    public IEnumerable<Expression> Expressions => Arguments
        .Concat(Filter is null ? [] : [Filter])
        .Concat(OrderBy.Select(key => key.Value))
        .Concat(new[] { Frame.Start, Frame.End }.SelectMany(bound => bound.Limit is { } limit ? (Expression[])[limit.Value, limit.Key] : []));

    public WindowCall Rewrite(Func<Expression, Expression> rewrite) => this with
    {
        Arguments = [.. Arguments.Select(rewrite)],
        Filter = Filter is null ? null : rewrite(Filter),
        OrderBy = [.. OrderBy.Select(key => key with { Value = rewrite(key.Value) })],
        Frame = Frame with { Start = Frame.Start.Rewrite(rewrite), End = Frame.End.Rewrite(rewrite) },
    };

    public bool Equals(WindowCall? other) =>
        other is not null && Function == other.Function && IsDistinct == other.IsDistinct && IgnoresNulls == other.IgnoresNulls && Equals(Filter, other.Filter)
        && Frame == other.Frame && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan()) && OrderBy.AsSpan().SequenceEqual(other.OrderBy.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Function, Arguments.Length, Frame);
}

/// <summary>The rows around the current one that a call counts.</summary>
public sealed record WindowFrame(FrameUnit Unit, FrameBound Start, FrameBound End, FrameExclusion Exclusion)
{
    /// <summary>From the first row of the partition to the last peer of the current row: what SQL takes where nothing is said.</summary>
    public static readonly WindowFrame Default = new(FrameUnit.Range, new FrameBound(FrameBoundKind.UnboundedPreceding), new FrameBound(FrameBoundKind.CurrentRow), FrameExclusion.NoOthers);

    public static readonly WindowFrame Partition = Default with { End = new FrameBound(FrameBoundKind.UnboundedFollowing) };
}

/// <summary>One end of a frame.</summary>
/// <param name="Kind">Where it is.</param>
/// <param name="Offset">Rows or groups from the current row, for Preceding and Following.</param>
/// <param name="Limit">For Preceding and Following of RANGE: the value of the order's key there.</param>
public sealed record FrameBound(FrameBoundKind Kind, long Offset = 0, FrameLimit? Limit = null)
{
    public FrameBound Rewrite(Func<Expression, Expression> rewrite) =>
        Limit is null ? this : this with { Limit = new FrameLimit(rewrite(Limit.Value), rewrite(Limit.Key)) };
}

/// <summary>A value that a frame reaches to, and the key that it is compared with, both of one type.</summary>
public sealed record FrameLimit(Expression Value, Expression Key);

/// <summary>What the distance of a frame's end counts.</summary>
public enum FrameUnit : byte
{
    Rows,
    Range,
    Groups,
}

/// <summary>The kinds of frame ends, in their order along the partition.</summary>
public enum FrameBoundKind : byte
{
    UnboundedPreceding,
    Preceding,
    CurrentRow,
    Following,
    UnboundedFollowing,
}

/// <summary>Which rows around the current one a frame leaves out.</summary>
public enum FrameExclusion : byte
{
    NoOthers,
    CurrentRow,
    Group,
    Ties,
}
