using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Functions;

/// <summary>An aggregate by name with its overloads.</summary>
public sealed record AggregateFunction(FunctionInfo Info, ImmutableArray<AggregateOverload> Overloads)
{
    /// <summary>Whether DISTINCT changes nothing, as for min and max.</summary>
    public bool IgnoresDistinct { get; init; }

    /// <summary>Whether no rows give 0, as for count, and not NULL.</summary>
    public bool IsZeroOfNone { get; init; }

    /// <summary>Whether the order of the rows shows in the answer, as for array_agg.</summary>
    public bool DependsOnOrder { get; init; }
}

/// <summary>One signature of an aggregate.</summary>
/// <param name="Parameters">The arguments.</param>
/// <param name="Result">The result type for the argument types.</param>
/// <param name="State">The types of the columns that a partial result consists of.</param>
/// <param name="Create">Makes an accumulator for any number of groups.</param>
public sealed record AggregateOverload(
    ImmutableArray<ParameterType> Parameters,
    Func<ImmutableArray<DataType>, DataType> Result,
    Func<ImmutableArray<DataType>, ImmutableArray<DataType>> State,
    Func<AggregateBinding, MemoryPool, GroupedAccumulator> Create);

/// <summary>What is known of an aggregate call when its accumulators are made.</summary>
public sealed record AggregateBinding(ImmutableArray<DataType> ArgumentTypes, DataType ResultType, SessionContext Session);

/// <summary>
/// The state of one aggregate for all groups of a table, addressed by dense group numbers. Its partial results are plain columns, so that partial
/// aggregation, merging of threads, spilling and exchange are one mechanism.
/// </summary>
public abstract class GroupedAccumulator : IDisposable
{
    /// <summary>Makes room for groups 0 to <paramref name="groupCount"/> - 1; new ones start empty. Called before rows of new groups come.</summary>
    public abstract void Resize(int groupCount);

    /// <summary>Adds rows; row i belongs to <paramref name="groups"/>[i]. Arguments are flat.</summary>
    public abstract void Update(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups);

    /// <summary>Adds rows that all belong to group 0. Arguments are flat, and of that many rows.</summary>
    /// <param name="arguments">As for <see cref="Update"/>.</param>
    /// <param name="groups">A zero for each row.</param>
    public virtual void UpdateFirst(ReadOnlySpan<Column> arguments, ReadOnlySpan<int> groups) => Update(arguments, groups);

    /// <summary>Adds partial results; row i belongs to <paramref name="groups"/>[i]. States are flat.</summary>
    public abstract void Merge(ReadOnlySpan<Column> states, ReadOnlySpan<int> groups);

    /// <summary>The partial results of a range of groups; the accumulator keeps them too.</summary>
    public abstract ImmutableArray<Column> GetState(int firstGroup, int groupCount);

    /// <summary>The results of a range of groups.</summary>
    public abstract Column GetResult(int firstGroup, int groupCount);

    public abstract void Dispose();
}
