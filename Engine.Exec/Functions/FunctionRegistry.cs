using System.Collections.Frozen;
using Engine.Core.Functions;
using Engine.Exec.Functions.Aggregates;
using Engine.Exec.Functions.Catalog;
using Engine.Exec.Functions.Conversion;
using Engine.Exec.Functions.Dialect;
using Engine.Exec.Functions.Json;
using Engine.Exec.Functions.Lambdas;
using Engine.Exec.Functions.Logs;
using Engine.Exec.Functions.Mathematics;
using Engine.Exec.Functions.Nested;
using Engine.Exec.Functions.Operators;
using Engine.Exec.Functions.Patterns;
using Engine.Exec.Functions.Sessions;
using Engine.Exec.Functions.Text;
using Engine.Exec.Functions.Time;
using Engine.Exec.Functions.Windows;

namespace Engine.Exec.Functions;

/// <summary>Every function of the engine. The lists stand in the category files; there is no scan by reflection.</summary>
public sealed class FunctionRegistry : IFunctionCatalog
{
    private readonly FrozenDictionary<string, ScalarFunction> _scalars;
    private readonly FrozenDictionary<string, AggregateFunction> _aggregates;
    private readonly FrozenDictionary<string, WindowFunction> _windows;

    private FunctionRegistry(IEnumerable<ScalarFunction> scalars, IEnumerable<AggregateFunction> aggregates, IEnumerable<WindowFunction> windows)
    {
        _windows = ByName(windows, function => function.Info);
        _scalars = ByName(scalars, function => function.Info);
        _aggregates = ByName(aggregates, function => function.Info);
    }

    public static FunctionRegistry Default { get; } = new(
        [
            .. ComparisonOperators.All,
            .. ArithmeticOperators.All,
            .. LogicOperators.All,
            .. TextFunctions.All,
            .. NestedFunctions.All,
            .. LambdaFunctions.All,
            .. MathFunctions.All,
            .. RegexFunctions.All,
            .. TimeFunctions.All,
            .. JsonFunctions.All,
            .. LogFunctions.All,
            .. FormFunctions.All,
            .. SessionFunctions.All,
            .. EnumFunctions.All,
            .. SequenceFunctions.All,
            .. SleepFunctions.All,
            .. PrestoFunctions.All,
            .. CatalogFunctions.All,
            .. ColumnFactFunctions.All,
            .. ServerFunctions.All,
            .. ObjectListFunctions.All,
            .. PrivilegeFunctions.All,
        ],
        [.. BasicAggregates.All, .. StatisticAggregates.All, .. FurtherAggregates.All, .. CollectedAggregates.All, .. Quantiles.All, .. FoldAggregates.All, .. HypotheticalAggregates.All],
        WindowFunctions.All);

    public IEnumerable<FunctionInfo> All =>
        _scalars.Values.Select(function => function.Info)
            .Concat(_aggregates.Values.Select(function => function.Info))
            .Concat(_windows.Values.Select(function => function.Info))
            .Distinct();

    public ScalarFunction? FindScalar(string name) => _scalars.GetValueOrDefault(name);

    public AggregateFunction? FindAggregate(string name) => _aggregates.GetValueOrDefault(name);

    public WindowFunction? FindWindow(string name) => _windows.GetValueOrDefault(name);

    private static FrozenDictionary<string, T> ByName<T>(IEnumerable<T> functions, Func<T, FunctionInfo> info) =>
        functions.SelectMany(function => info(function).Aliases.Add(info(function).Name).Select(name => KeyValuePair.Create(name, function)))
            .ToFrozenDictionary(StringComparer.Ordinal);
}
