using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>greatest and least, which leave NULLs out.</summary>
internal static class ExtremeFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(MathInfo.Of("greatest(value, ...)", "The greatest of the values that are not NULL.", "greatest(1, 3, NULL) = 3"), [Overload(1)]),
        new(MathInfo.Of("least(value, ...)", "The least of the values that are not NULL.", "least(1, 3, NULL) = 1"), [Overload(-1)]),
    ];

    private static ScalarOverload Overload(int sign) => new([AnyParameter.T], types => types[0], binding => RowKernel.WithNulls<ColumnBuilder>(
        binding.ResultType,
        (a, row, result) =>
        {
            var best = -1;
            for (var i = 0; i < a.Count; i++)
            {
                if (!a.IsNull(i, row)
                    && (best < 0 || ValueComparison.Compare(a.Column(i), a.Place(i, row), a.Column(best), a.Place(best, row)) * sign > 0))
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                result.AppendNull();
            }
            else
            {
                result.AppendFlat(a.Column(best), [a.Place(best, row)]);
            }
        }))
    {
        Variadic = AnyParameter.T,
        SeesNulls = true,
    };
}
