using System.Collections.Immutable;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Operators;

/// <summary>The six comparisons, over any type.</summary>
internal static class ComparisonOperators
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        Comparison<EqualComparison>("=", "Whether the values are equal.", "2 = 2 = true"),
        Comparison<NotEqualComparison>("<>", "Whether the values differ.", "2 <> 3 = true"),
        Comparison<LessComparison>("<", "Whether the first value is below the second.", "2 < 3 = true"),
        Comparison<LessOrEqualComparison>("<=", "Whether the first value is not above the second.", "2 <= 2 = true"),
        Comparison<GreaterComparison>(">", "Whether the first value is above the second.", "3 > 2 = true"),
        Comparison<GreaterOrEqualComparison>(">=", "Whether the first value is not below the second.", "3 >= 3 = true"),
    ];

    private static ScalarFunction Comparison<TComparison>(string name, string description, string example)
        where TComparison : struct, IComparison =>
        new(
            new FunctionInfo($"{name}(left, right)", "operators", description, example),
            [new ScalarOverload([AnyParameter.T, AnyParameter.T], _ => DataType.Boolean, ComparisonKernel.Bind<TComparison>)]);
}
