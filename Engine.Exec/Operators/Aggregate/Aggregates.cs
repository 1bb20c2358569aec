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
        stateCount = OverloadOf(specification.Function, types, execution).State(types).Length;
        return Create(specification.Function, types, specification.Type, execution, pool);
    }

    /// <param name="function">Lower-case name.</param>
    /// <param name="types">Of the arguments.</param>
    /// <param name="resultType">As the overload says.</param>
    /// <param name="execution">The query.</param>
    /// <param name="pool">Holds the states.</param>
    public static GroupedAccumulator Create(string function, ImmutableArray<DataType> types, DataType resultType, QueryContext execution, MemoryPool pool) =>
        OverloadOf(function, types, execution).Create(new AggregateBinding(types, resultType, execution.Session), pool);

    private static AggregateOverload OverloadOf(string name, ImmutableArray<DataType> types, QueryContext execution)
    {
        var function = execution.Functions.FindAggregate(name);
        return (function is null ? null : OverloadMatch.Exact(function.Overloads, types))
            ?? throw new System.Diagnostics.UnreachableException($"{name}({string.Join(", ", types)})");
    }
}
