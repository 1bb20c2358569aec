using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Core.Types;

namespace Engine.Planner.Logical;

/// <summary>Reads a table. <paramref name="SourceColumns"/> are indexes into the source's schema, one for each output column.</summary>
/// <param name="Source">The table.</param>
/// <param name="Columns">The columns read.</param>
/// <param name="SourceColumns">Where they are in the table.</param>
/// <param name="Constraints">Conditions over the source's schema that rules found; the filter above stays.</param>
/// <param name="Limit">No more rows than this are needed.</param>
public sealed record LogicalScan(
    TableSource Source,
    ImmutableArray<LogicalColumn> Columns,
    ImmutableArray<int> SourceColumns,
    ImmutableArray<ColumnConstraint> Constraints,
    long? Limit) : LogicalNode
{
    /// <summary>Conditions over the source's schema that the scan applies itself; nothing above asks again.</summary>
    public ImmutableArray<Expression> Conditions { get; init; } = [];

    public override ImmutableArray<LogicalColumn> Output => Columns;
}

/// <summary>Rows that stand in the statement.</summary>
public sealed record LogicalValues(ImmutableArray<LogicalColumn> Columns, ImmutableArray<ImmutableArray<Expression>> Rows) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => Columns;

    public override IEnumerable<Expression> Expressions => Rows.SelectMany(row => row);
}

/// <summary>The rows for which the predicate is true.</summary>
public sealed record LogicalFilter(LogicalNode Input, Expression Predicate) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => Input.Output;

    public override ImmutableArray<LogicalNode> Inputs => [Input];

    public override IEnumerable<Expression> Expressions => [Predicate];

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Input = inputs[0] };
}

/// <summary>A column and how it is computed.</summary>
public sealed record Projection(LogicalColumn Column, Expression Value)
{
    public static Projection Keep(LogicalColumn column) => new(column, column.Reference());

    /// <summary>Whether it hands a column through under the same id.</summary>
    public bool IsIdentity => Value is ColumnReference reference && reference.Column == Column.Id;
}

/// <summary>Computes columns.</summary>
public sealed record LogicalProject(LogicalNode Input, ImmutableArray<Projection> Projections) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output { get; } = [.. Projections.Select(projection => projection.Column)];

    public override ImmutableArray<LogicalNode> Inputs => [Input];

    public override IEnumerable<Expression> Expressions => Projections.Select(projection => projection.Value);

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Input = inputs[0] };
}

/// <summary>A call of an aggregate function.</summary>
/// <param name="Function">Lower-case name.</param>
/// <param name="Arguments">Over the input's columns; none for count(*).</param>
/// <param name="Type">The result type.</param>
/// <param name="IsDistinct">Whether equal arguments count once.</param>
/// <param name="Filter">Only rows for which this is true count; null for all.</param>
/// <param name="OrderBy">The order in which rows are taken in; empty when it does not matter.</param>
public sealed record AggregateCall(
    string Function,
    ImmutableArray<Expression> Arguments,
    DataType Type,
    bool IsDistinct,
    Expression? Filter,
    ImmutableArray<SortKey> OrderBy)
{
    public IEnumerable<Expression> Expressions => Arguments.Concat(Filter is null ? [] : [Filter]).Concat(OrderBy.Select(key => key.Value));

    public AggregateCall Rewrite(Func<Expression, Expression> rewrite) => this with
    {
        Arguments = [.. Arguments.Select(rewrite)],
        Filter = Filter is null ? null : rewrite(Filter),
        OrderBy = [.. OrderBy.Select(key => key with { Value = rewrite(key.Value) })],
    };

    public bool Equals(AggregateCall? other) =>
        other is not null && Function == other.Function && IsDistinct == other.IsDistinct && Equals(Filter, other.Filter)
        && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan()) && OrderBy.AsSpan().SequenceEqual(other.OrderBy.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Function, Arguments.Length);
}

/// <summary>An aggregate and the column of its results.</summary>
public sealed record Aggregation(LogicalColumn Column, AggregateCall Call);

/// <summary>Groups rows by key expressions and aggregates each group. Without keys there is exactly one group. DISTINCT is one without aggregates.</summary>
public sealed record LogicalAggregate(LogicalNode Input, ImmutableArray<Projection> Keys, ImmutableArray<Aggregation> Aggregations) : LogicalNode
{
    /// <summary>Keys of groups that are there even when no row belongs to them.</summary>
    public ImmutableArray<ImmutableArray<Literal>> EmptyGroups { get; init; } = [];

    public override ImmutableArray<LogicalColumn> Output => [.. Keys.Select(key => key.Column), .. Aggregations.Select(aggregation => aggregation.Column)];

    public override ImmutableArray<LogicalNode> Inputs => [Input];

    public override IEnumerable<Expression> Expressions =>
        Keys.Select(key => key.Value).Concat(Aggregations.SelectMany(aggregation => aggregation.Call.Expressions));

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Input = inputs[0] };
}

/// <summary>
/// Gives every row once for each grouping set: the keys of the set have their values, the others are NULL, and the set's number tells the rows apart.
/// </summary>
/// <param name="Input">Its columns stay as they are.</param>
/// <param name="Keys">All keys.</param>
/// <param name="Sets">For each set the places of its keys.</param>
/// <param name="Set">The set's number, from 0.</param>
public sealed record LogicalExpand(LogicalNode Input, ImmutableArray<Projection> Keys, ImmutableArray<ImmutableArray<int>> Sets, LogicalColumn Set) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => [.. Input.Output, .. Keys.Select(key => key.Column), Set];

    public override ImmutableArray<LogicalNode> Inputs => [Input];

    public override IEnumerable<Expression> Expressions => Keys.Select(key => key.Value);

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Input = inputs[0] };
}

/// <summary>How rows of two inputs meet.</summary>
public enum JoinType : byte
{
    Inner,
    Left,
    Right,
    Full,

    /// <summary>Left rows that have a match; no right columns.</summary>
    Semi,

    /// <summary>Left rows without a match; no right columns.</summary>
    Anti,

    /// <summary>As Anti, for NOT IN: a NULL on either side that could match keeps a row out.</summary>
    NullAwareAnti,
}

/// <summary>Two expressions that are equal in matching rows, over the left and the right input.</summary>
/// <param name="Left">Over the left input.</param>
/// <param name="Right">Over the right input.</param>
/// <param name="MatchesNull">Whether NULL equals NULL.</param>
public sealed record JoinKey(Expression Left, Expression Right, bool MatchesNull = false)
{
    /// <summary>What it says as a condition.</summary>
    public Expression Condition()
    {
        var condition = new Call(MatchesNull ? "is_distinct_from" : "=", [Left, Right], DataType.Boolean) { Span = Left.Span };
        return MatchesNull ? new Call("not", [condition], DataType.Boolean) { Span = Left.Span } : condition;
    }
}

/// <summary>Joins two inputs on key equality and a residual condition over both; without keys every pair is tried.</summary>
public sealed record LogicalJoin(JoinType Type, LogicalNode Left, LogicalNode Right, ImmutableArray<JoinKey> Keys, Expression? Residual) : LogicalNode
{
    // Computed, not stored: a copy made by "with" must not keep the columns of the inputs it had.
    public override ImmutableArray<LogicalColumn> Output =>
        Type is JoinType.Semi or JoinType.Anti or JoinType.NullAwareAnti ? Left.Output : [.. Left.Output, .. Right.Output];

    public override ImmutableArray<LogicalNode> Inputs => [Left, Right];

    public override IEnumerable<Expression> Expressions =>
        Keys.SelectMany(key => (Expression[])[key.Left, key.Right]).Concat(Residual is null ? [] : [Residual]);

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Left = inputs[0], Right = inputs[1] };
}

/// <summary>One key of a sort order.</summary>
public sealed record SortKey(Expression Value, bool IsDescending, bool NullsFirst);

/// <summary>Sorts.</summary>
public sealed record LogicalSort(LogicalNode Input, ImmutableArray<SortKey> Keys) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => Input.Output;

    public override ImmutableArray<LogicalNode> Inputs => [Input];

    public override IEnumerable<Expression> Expressions => Keys.Select(key => key.Value);

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Input = inputs[0] };
}

/// <summary>Leaves out the first rows and ends after some more. <paramref name="Count"/> is null without a LIMIT.</summary>
public sealed record LogicalLimit(LogicalNode Input, long Offset, long? Count) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => Input.Output;

    public override ImmutableArray<LogicalNode> Inputs => [Input];

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Input = inputs[0] };
}

/// <summary>The first rows of a sort order, without sorting the rest.</summary>
public sealed record LogicalTopN(LogicalNode Input, ImmutableArray<SortKey> Keys, long Offset, long Count) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => Input.Output;

    public override ImmutableArray<LogicalNode> Inputs => [Input];

    public override IEnumerable<Expression> Expressions => Keys.Select(key => key.Value);

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Input = inputs[0] };
}

/// <summary>The set operations on whole rows; ALL keeps duplicates.</summary>
public enum SetOperator : byte
{
    Union,
    Intersect,
    Except,
}

/// <summary>Combines rows of two inputs with the same column types. UNION ALL is the only one that does not compare rows.</summary>
public sealed record LogicalSetOperation(SetOperator Operator, bool IsAll, LogicalNode Left, LogicalNode Right, ImmutableArray<LogicalColumn> Columns) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => Columns;

    public override ImmutableArray<LogicalNode> Inputs => [Left, Right];

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Left = inputs[0], Right = inputs[1] };
}

/// <summary>Checks that the input has at most one row and gives one of NULLs when it has none: a scalar subquery.</summary>
public sealed record LogicalSingleRow(LogicalNode Input) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => Input.Output;

    public override ImmutableArray<LogicalNode> Inputs => [Input];

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Input = inputs[0] };
}

/// <summary>Expands arrays or maps side by side into rows; shorter ones are padded with NULL.</summary>
/// <param name="Input">Its columns repeat for every item.</param>
/// <param name="Arrays">Over the input's columns.</param>
/// <param name="Columns">The item columns: one for an array, the fields for an array of rows, key and value for a map.</param>
/// <param name="Ordinality">The item's number from 1, or null when nobody asks.</param>
/// <param name="KeepsEmpty">Whether a row without items stays, with NULLs.</param>
public sealed record LogicalUnnest(
    LogicalNode Input, ImmutableArray<Expression> Arrays, ImmutableArray<LogicalColumn> Columns, LogicalColumn? Ordinality, bool KeepsEmpty) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output =>
        [.. Input.Output, .. Columns, .. Ordinality is null ? ImmutableArray<LogicalColumn>.Empty : [Ordinality]];

    public override ImmutableArray<LogicalNode> Inputs => [Input];

    public override IEnumerable<Expression> Expressions => Arrays;

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Input = inputs[0] };
}
