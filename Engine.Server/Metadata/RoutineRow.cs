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
    public string SpecificName => string.Create(CultureInfo.InvariantCulture, $"{Function.Name}_{Number}");

    /// <summary>Every signature of every function, by name.</summary>
    public static IEnumerable<RoutineRow> All(IFunctionCatalog functions) => functions.All
        .OrderBy(info => info.Name, StringComparer.Ordinal)
        .SelectMany(info => SignatureText.Of(info, functions).Select((signature, i) => new RoutineRow(info, signature, i + 1, KindOf(info, functions))));

    private static string KindOf(FunctionInfo info, IFunctionCatalog functions) =>
        ReferenceEquals(functions.FindAggregate(info.Name)?.Info, info) ? "aggregate"
        : ReferenceEquals(functions.FindWindow(info.Name)?.Info, info) ? "window"
        : "scalar";
}
