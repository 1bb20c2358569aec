using System.Collections.Immutable;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>From aggregate calls of a plan to accumulators.</summary>
internal static class Aggregates
{
    public static GroupedAccumulator Create(AggregateSpecification specification, QueryContext execution)
    {
        var types = ArgumentTypes(specification);
        return OverloadOf(specification, types, execution).Create(new AggregateBinding(types, specification.Type, execution.Session), execution.Pool);
    }

    /// <summary>Whether threads can aggregate apart and merge: not when rows must be seen in order, or once.</summary>
    public static bool CanMerge(AggregateSpecification specification) => !specification.IsDistinct && specification.OrderBy.IsEmpty;

    private static AggregateOverload OverloadOf(AggregateSpecification specification, ImmutableArray<DataType> types, QueryContext execution)
    {
        var function = execution.Functions.FindAggregate(specification.Function);
        return (function is null ? null : OverloadMatch.Exact(function.Overloads, types))
            ?? throw new System.Diagnostics.UnreachableException($"{specification.Function}({string.Join(", ", types)})");
    }

    private static ImmutableArray<DataType> ArgumentTypes(AggregateSpecification specification) => [.. specification.Arguments.Select(argument => argument.Type)];
}
