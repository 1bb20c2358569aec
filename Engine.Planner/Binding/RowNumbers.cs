using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;

namespace Engine.Planner.Binding;

/// <summary>Rows chosen by their place in an order: what LIMIT within groups, DISTINCT ON and WITH TIES come to.</summary>
internal static class RowNumbers
{
    /// <summary>The plan with the number of each row within its partition.</summary>
    /// <param name="plan">The rows.</param>
    /// <param name="partitionBy">As for <see cref="LogicalWindow"/>.</param>
    /// <param name="orderBy">As for <see cref="LogicalWindow"/>.</param>
    /// <param name="context">Gives out columns.</param>
    /// <param name="function"><c>row_number</c>, or <c>rank</c> where rows that are equal in the order have the same number.</param>
    public static (LogicalNode Plan, LogicalColumn Number) Of(
        LogicalNode plan, ImmutableArray<Expression> partitionBy, ImmutableArray<SortKey> orderBy, BindingContext context, string function = "row_number")
    {
        var number = context.NewColumn(function, DataType.BigInt);
        var call = new WindowCall(function, [], DataType.BigInt, IsDistinct: false, IgnoresNulls: false, Filter: null, [], WindowFrame.Default);
        return (new LogicalWindow(plan, partitionBy, orderBy, [new WindowAggregation(number, call)]), number);
    }

    /// <summary>Whether a number is among those that an offset and a count let through.</summary>
    public static Expression Between(LogicalColumn number, long offset, long? count)
    {
        var terms = new List<Expression>();
        if (offset > 0)
        {
            terms.Add(Compare(">", offset));
        }

        if (count is { } rows)
        {
            terms.Add(Compare("<=", rows > long.MaxValue - offset ? long.MaxValue : offset + rows));
        }

        return ExpressionWalk.AndAll(terms);

        Call Compare(string name, long value) => new(name, [number.Reference(), new Literal(value, DataType.BigInt)], DataType.Boolean);
    }
}
