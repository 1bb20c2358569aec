using System.Collections.Immutable;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Aggregate;

/// <summary>From aggregate calls of a plan to accumulators.</summary>
internal static class Aggregates
{
    /// <param name="specification">The call.</param>
    /// <param name="execution">The query.</param>
    /// <param name="pool">Holds the states.</param>
    /// <param name="stateCount">Columns of a partial result.</param>
    public static GroupedAccumulator Create(AggregateSpecification specification, QueryContext execution, MemoryPool pool, out int stateCount)
    {
        ImmutableArray<DataType> types = [.. specification.Arguments.Select(argument => argument.Type)];
        var overload = OverloadOf(specification, types, execution);
        stateCount = overload.State(types).Length;
        return overload.Create(new AggregateBinding(types, specification.Type, execution.Session), pool);
    }

    private static AggregateOverload OverloadOf(AggregateSpecification specification, ImmutableArray<DataType> types, QueryContext execution)
    {
        var function = execution.Functions.FindAggregate(specification.Function);
        return (function is null ? null : OverloadMatch.Exact(function.Overloads, types))
            ?? throw new System.Diagnostics.UnreachableException($"{specification.Function}({string.Join(", ", types)})");
    }
}
