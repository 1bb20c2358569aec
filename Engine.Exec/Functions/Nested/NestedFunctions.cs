using System.Collections.Immutable;
using Engine.Core.Functions;

namespace Engine.Exec.Functions.Nested;

/// <summary>The functions of arrays, rows and maps.</summary>
internal static class NestedFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All = [.. ConstructorFunctions.All, .. ArrayFunctions.All, .. ArrayParts.All, .. SetFunctions.All, .. MapFunctions.All];
}
