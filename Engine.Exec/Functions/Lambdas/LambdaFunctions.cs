using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Lambdas;

/// <summary>The functions that take lambdas. A lambda runs once over the items of all rows of a batch.</summary>
internal static class LambdaFunctions
{
    public static readonly AnyParameter T = AnyParameter.T;
    public static readonly AnyParameter U = new("U");
    public static readonly AnyParameter R = new("R");

    public static readonly ImmutableArray<ScalarFunction> All = [.. ItemLambdas.All, .. FoldLambdas.All, .. MapLambdas.All, SortLambda.Function];

    /// <summary>An overload with lambdas; it is told NULL rows by its array, and can fail as its lambdas can.</summary>
    public static ScalarOverload Overload(
        ImmutableArray<ParameterType> parameters, Func<ImmutableArray<DataType>, DataType> result, Func<ScalarBinding, ScalarKernel> bind, bool canFail = false) =>
        new(parameters, result, bind) { SeesNulls = true, CanFail = canFail };

    public static LambdaParameter Lambda(ParameterType parameter, ParameterType result) => new([parameter], result);

    public static LambdaParameter Lambda(ParameterType first, ParameterType second, ParameterType result) => new([first, second], result);

    /// <summary>The places, from 1 on, of items in their arrays.</summary>
    public static unsafe Column PlacesOf(ListItems items, MemoryPool pool)
    {
        var buffer = pool.Allocate((long)items.Count * sizeof(long), "places");
        for (var i = 0; i < items.Count; i++)
        {
            ((long*)buffer.Pointer)[i] = i - items.Offsets[items.Rows[i]] + 1;
        }

        return new FixedColumn(DataType.BigInt, items.Count, new BufferSlice(buffer), default);
    }
}
