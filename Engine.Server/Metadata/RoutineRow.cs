using System.Globalization;
using Engine.Core.Functions;

namespace Engine.Server.Metadata;

/// <summary>One signature of a function.</summary>
/// <param name="Function">The function.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Number">Tells the signatures of a function apart, from 1.</param>
/// <param name="Kind">scalar, aggregate or window.</param>
internal sealed record RoutineRow(FunctionInfo Function, SignatureText Signature, int Number, string Kind)
{
    /// <summary>The function's name, or another one that it has.</summary>
    public string Name { get; init; } = Function.Name;

    public string SpecificName => string.Create(CultureInfo.InvariantCulture, $"{Name}_{Number}");

    /// <summary>Every signature of every function, by name.</summary>
    public static IEnumerable<RoutineRow> All(IFunctionCatalog functions) => functions.All
        .OrderBy(info => info.Name, StringComparer.Ordinal)
        .SelectMany(info => SignatureText.Of(info, functions).Select((signature, i) => new RoutineRow(info, signature, i + 1, KindOf(info, functions))));

    /// <summary>Every signature under each name that a call may have: no operators, nothing that only a dialect has.</summary>
    public static IEnumerable<RoutineRow> Callable(IFunctionCatalog functions) => All(functions)
        .SelectMany(row => row.Function.Aliases.Prepend(row.Function.Name).Select(name => row with { Name = name }))
        .Where(row => char.IsAsciiLetter(row.Name[0]) && !row.Name.Contains('.', StringComparison.Ordinal))
        .DistinctBy(row => row.SpecificName);

    private static string KindOf(FunctionInfo info, IFunctionCatalog functions) =>
        ReferenceEquals(functions.FindAggregate(info.Name)?.Info, info) ? "aggregate"
        : ReferenceEquals(functions.FindWindow(info.Name)?.Info, info) ? "window"
        : "scalar";
}
