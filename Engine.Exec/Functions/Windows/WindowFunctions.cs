using System.Collections.Immutable;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Windows;

/// <summary>The functions that need OVER. How they are computed stands with the window operator.</summary>
internal static class WindowFunctions
{
    public static readonly ImmutableArray<WindowFunction> All =
    [
        new(Info("row_number()", "The number of the row within its partition, from 1.", "row_number() OVER (ORDER BY x DESC) FROM (VALUES (7)) t(x) = 1"), WindowFunctionKind.RowNumber, [Number([])]),
        new(Info("rank()", "The number of the first peer of the row.", "rank() OVER (ORDER BY x) FROM (VALUES (7)) t(x) = 1"), WindowFunctionKind.Rank, [Number([])]),
        new(Info("dense_rank()", "The number of the row's group of peers.", "dense_rank() OVER (ORDER BY x) FROM (VALUES (7)) t(x) = 1"), WindowFunctionKind.DenseRank, [Number([])]),
        new(Info("percent_rank()", "The rank less one, as a share of the rows less one.", "percent_rank() OVER (ORDER BY x) FROM (VALUES (7)) t(x) = 0"), WindowFunctionKind.PercentRank, [Share()]),
        new(Info("cume_dist()", "The share of the rows up to the last peer of the row.", "cume_dist() OVER (ORDER BY x) FROM (VALUES (7)) t(x) = 1"), WindowFunctionKind.CumeDist, [Share()]),
        new(Info("ntile(buckets)", "The bucket of the row when the partition is divided as evenly as can be.", "ntile(4) OVER (ORDER BY x) FROM (VALUES (7)) t(x) = 1"), WindowFunctionKind.Ntile, [new WindowOverload([DataType.Integer], _ => DataType.Integer)]),
        new(Info("lag(value, offset, default)", "The value some rows before, one if not said otherwise.", "lag(x, 1, 0) OVER (ORDER BY x) FROM (VALUES (7)) t(x) = 0"), WindowFunctionKind.Lag, Shifted()),
        new(Info("lead(value, offset, default)", "The value some rows behind, one if not said otherwise.", "lead(x, 1, 0) OVER (ORDER BY x) FROM (VALUES (7)) t(x) = 0"), WindowFunctionKind.Lead, Shifted()),
        new(Info("first_value(value)", "The value of the first row of the frame.", "first_value(x) OVER (ORDER BY x) FROM (VALUES (7)) t(x) = 7"), WindowFunctionKind.FirstValue, [Value([AnyParameter.T])]),
        new(Info("last_value(value)", "The value of the last row of the frame.", "last_value(x) OVER (ORDER BY x) FROM (VALUES (7)) t(x) = 7"), WindowFunctionKind.LastValue, [Value([AnyParameter.T])]),
        new(Info("nth_value(value, n)", "The value of the n-th row of the frame.", "nth_value(x, 1) OVER (ORDER BY x) FROM (VALUES (7)) t(x) = 7"), WindowFunctionKind.NthValue, [Value([AnyParameter.T, DataType.BigInt])]),
    ];

    private static FunctionInfo Info(string signature, string description, string example) => new(signature, "window", description, example);

    private static WindowOverload Number(ImmutableArray<ParameterType> parameters) => new(parameters, _ => DataType.BigInt);

    private static WindowOverload Share() => new([], _ => DataType.Double);

    private static WindowOverload Value(ImmutableArray<ParameterType> parameters) => new(parameters, types => types[0]);

    private static ImmutableArray<WindowOverload> Shifted() => [Value([AnyParameter.T]), Value([AnyParameter.T, DataType.BigInt]), Value([AnyParameter.T, DataType.BigInt, AnyParameter.T])];
}
