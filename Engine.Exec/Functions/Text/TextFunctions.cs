using System.Collections.Immutable;
using Engine.Core.Functions;

namespace Engine.Exec.Functions.Text;

/// <summary>The functions of text.</summary>
internal static class TextFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        .. LikeFunctions.All,
        .. CaseFunctions.All,
        .. TrimFunctions.All,
        .. SliceFunctions.All,
        .. SearchFunctions.All,
        .. ConcatFunctions.All,
        .. SplitFunctions.All,
        .. CodeFunctions.All,
        .. QuoteFunctions.All,
        .. UrlFunctions.All,
        .. DistanceFunctions.All,
        .. FormatText.All,
        .. HashFunctions.All,
        .. ByteFunctions.All,
    ];
}
