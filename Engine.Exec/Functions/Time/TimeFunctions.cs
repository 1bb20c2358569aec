using System.Collections.Immutable;
using Engine.Core.Functions;

namespace Engine.Exec.Functions.Time;

/// <summary>The functions of dates and times.</summary>
internal static class TimeFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
        [.. FieldFunctions.All, .. TruncationFunctions.All, .. PrecisionFunctions.All, .. DifferenceFunctions.All, .. MomentFunctions.All, .. FormatFunctions.All, .. NumberTextFunctions.All, .. IntervalFunctions.All, .. ZoneFunctions.All, .. OverlapFunctions.All, .. IsoFunctions.All, .. EpochFunctions.All];
}
