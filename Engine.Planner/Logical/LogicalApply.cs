using System.Collections.Immutable;
using Engine.Core.Expressions;

namespace Engine.Planner.Logical;

/// <summary>
/// A join whose right input may refer to columns of the left one, as a correlated subquery does: for every left row the right input is another. The binder
/// makes it and unnesting removes it; no rule and no executor ever sees one. (The dependent join of Neumann and Kemper, "Unnesting Arbitrary Queries",
/// BTW 2015.)
/// </summary>
/// <param name="Type">Inner, Left, Semi or Anti.</param>
/// <param name="Left">The rows of the query around.</param>
/// <param name="Right">The subquery.</param>
/// <param name="Condition">Over the columns of both.</param>
public sealed record LogicalApply(JoinType Type, LogicalNode Left, LogicalNode Right, Expression Condition) : LogicalNode
{
    public override ImmutableArray<LogicalColumn> Output => Type is JoinType.Semi or JoinType.Anti ? Left.Output : [.. Left.Output, .. Right.Output];

    public override ImmutableArray<LogicalNode> Inputs => [Left, Right];

    public override IEnumerable<Expression> Expressions => [Condition];

    public override LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this with { Left = inputs[0], Right = inputs[1] };
}
