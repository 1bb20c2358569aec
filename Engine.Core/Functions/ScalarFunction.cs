using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Functions;

/// <summary>
/// Computes a column of <paramref name="rowCount"/> rows. Arguments are flat or constant, of exactly the overload's types; the caller keeps them
/// and gets the result, flat or constant.
/// </summary>
public delegate Column ScalarKernel(in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount);

/// <summary>What a kernel may use.</summary>
/// <param name="Pool">Where results are allocated.</param>
/// <param name="Session">Time zone, statement time and the like.</param>
/// <param name="Span">The call's place in the statement, for errors.</param>
public readonly record struct KernelContext(MemoryPool Pool, SessionContext Session, SourceSpan? Span)
{
    /// <summary>The lambda arguments of the call, which are not among the columns; none for most calls.</summary>
    public ImmutableArray<ILambda> Lambdas { get; init; }
}

/// <summary>What is fixed for one statement.</summary>
/// <param name="StatementTime">Microseconds since 1970-01-01 UTC.</param>
/// <param name="TimeZone">IANA zone of the session.</param>
/// <param name="User">Who asks.</param>
public sealed record SessionContext(long StatementTime, TimeZoneInfo TimeZone, string User)
{
    /// <summary>What functions can ask of the session.</summary>
    public ISessionFacts Facts { get; init; } = NoSession.Instance;

    /// <summary>Ends what waits.</summary>
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>A function by name with its overloads.</summary>
public sealed record ScalarFunction(FunctionInfo Info, ImmutableArray<ScalarOverload> Overloads);

/// <summary>One signature of a function and how its kernel is made.</summary>
/// <param name="Parameters">The arguments.</param>
/// <param name="Result">The result type for the argument types, which match the parameters.</param>
/// <param name="Bind">Makes the kernel, once per query.</param>
public sealed record ScalarOverload(
    ImmutableArray<ParameterType> Parameters,
    Func<ImmutableArray<DataType>, DataType> Result,
    Func<ScalarBinding, ScalarKernel> Bind)
{
    /// <summary>What any number of further arguments may be, or null when there can be none.</summary>
    public ParameterType? Variadic { get; init; }

    /// <summary>The result type where it follows from constant arguments, by their places; null where the types of the arguments say it.</summary>
    public Func<ImmutableDictionary<int, object?>, DataType>? ResultOfConstants { get; init; }

    /// <summary>Whether some value makes it raise an error.</summary>
    public bool CanFail { get; init; }

    /// <summary>Whether NULL arguments reach the kernel; else any NULL argument makes the row NULL, which the kernel has to see to.</summary>
    public bool SeesNulls { get; init; }

    /// <summary>False for an overload that needs its exact types: arguments are not widened to reach it.</summary>
    public bool AllowsCoercion { get; init; } = true;
}

/// <summary>What is known of a call when its kernel is made.</summary>
/// <param name="ArgumentTypes">As the overload's parameters.</param>
/// <param name="ResultType">As the overload says.</param>
/// <param name="Constants">Managed values of the arguments that are constant: patterns, formats, units are prepared once.</param>
/// <param name="Span">The call's place in the statement.</param>
public sealed record ScalarBinding(
    ImmutableArray<DataType> ArgumentTypes,
    DataType ResultType,
    ImmutableDictionary<int, object?> Constants,
    SourceSpan? Span);
