using System.Collections.Immutable;
using Engine.Core.Functions;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>The mathematical functions.</summary>
internal static class MathFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        .. NumberFunctions.All,
        .. RandomFunctions.All,
        .. RoundingFunctions.All,
        .. PowerFunctions.All,
        .. TrigonometricFunctions.All,
        .. BitFunctions.All,
        .. ExtremeFunctions.All,
        .. SpecialFunctions.All,
        .. VectorFunctions.All,
        .. BaseFunctions.All,
    ];
}
