using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Core.Functions;

/// <summary>A function that is only called with OVER: what it gives depends on where a row stands among others.</summary>
public sealed record WindowFunction(FunctionInfo Info, WindowFunctionKind Kind, ImmutableArray<WindowOverload> Overloads)
{
    /// <summary>Whether IGNORE NULLS may be written.</summary>
    public bool CanIgnoreNulls => Kind >= WindowFunctionKind.Lag;
}

/// <summary>One signature of a window function.</summary>
/// <param name="Parameters">The arguments.</param>
/// <param name="Result">The result type for the argument types.</param>
public sealed record WindowOverload(ImmutableArray<ParameterType> Parameters, Func<ImmutableArray<DataType>, DataType> Result);

/// <summary>What window functions there are; those from <see cref="Lag"/> on give a value of another row.</summary>
public enum WindowFunctionKind : byte
{
    RowNumber,
    Rank,
    DenseRank,
    PercentRank,
    CumeDist,
    Ntile,
    Lag,
    Lead,
    FirstValue,
    LastValue,
    NthValue,
}
