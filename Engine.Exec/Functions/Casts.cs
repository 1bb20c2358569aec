using System.Diagnostics;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Exec.Functions;

/// <summary>The kernels of CAST and TRY_CAST.</summary>
internal static class Casts
{
    /// <summary>The kernel for a conversion that <see cref="Core.Expressions.CastRules.IsExplicit"/> allows.</summary>
    public static ScalarKernel Bind(DataType from, DataType to, bool isTry) => from.Equals(to)
        ? (in context, arguments, rowCount) => arguments[0].Retain()
        : throw new UnreachableException($"cast of {from} to {to}, try {isTry}");
}
