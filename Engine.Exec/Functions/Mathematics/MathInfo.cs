using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>What the definitions of mathematical functions share.</summary>
internal static class MathInfo
{
    public static FunctionInfo Of(string name, string description, string example, params ImmutableArray<string> aliases) =>
        new(name, "math", description, example) { Aliases = aliases };

    /// <summary>A function of one double that is defined everywhere.</summary>
    public static ScalarFunction Total<TOperation>(string name, string description, string example, params ImmutableArray<string> aliases)
        where TOperation : struct, IUnaryOperation<double, double> => new(
            Of($"{name}(x)", description, example, aliases), [new([DataType.Double], _ => DataType.Double, UnaryKernel.Total<double, double, TOperation>)]);

    /// <summary>A function of one double that is not defined everywhere.</summary>
    public static ScalarFunction Partial<TOperation>(string name, string description, string example, params ImmutableArray<string> aliases)
        where TOperation : struct, IPartialUnaryOperation<double, double> => new(
            Of($"{name}(x)", description, example, aliases),
            [new([DataType.Double], _ => DataType.Double, UnaryKernel.Partial<double, double, TOperation>) { CanFail = true }]);

    public static QueryException OutOfRange(string call) => new(ErrorCodes.NumericValueOutOfRange, $"input is out of range: {call}");

    public static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
