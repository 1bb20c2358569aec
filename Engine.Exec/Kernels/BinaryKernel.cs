using System.Runtime.CompilerServices;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Functions;

namespace Engine.Exec.Kernels;

/// <summary>An operation on two values that gives a value for every input.</summary>
internal interface IBinaryOperation<TLeft, TRight, TResult>
{
    static abstract TResult Invoke(TLeft left, TRight right);
}

/// <summary>An operation on two values that is not defined for every input.</summary>
internal interface IPartialBinaryOperation<TLeft, TRight, TResult>
{
    /// <summary>False when the values have no result.</summary>
    static abstract bool TryInvoke(TLeft left, TRight right, out TResult result);

    /// <summary>The error that names such values.</summary>
    static abstract QueryException Failure(TLeft left, TRight right);
}

/// <summary>Runs operations on two fixed-width arguments over columns.</summary>
internal static unsafe class BinaryKernel
{
    /// <summary>A kernel that also computes the lanes of NULL rows, which is harmless.</summary>
    public static ScalarKernel Total<TLeft, TRight, TResult, TOperation>(ScalarBinding binding)
        where TLeft : unmanaged
        where TRight : unmanaged
        where TResult : unmanaged
        where TOperation : struct, IBinaryOperation<TLeft, TRight, TResult>
    {
        var type = binding.ResultType;
        return (in context, arguments, rowCount) =>
        {
            var buffer = context.Pool.Allocate((long)rowCount * sizeof(TResult), "values");
            RunTotal<TLeft, TRight, TResult, TOperation>(
                new FixedArgument<TLeft>(arguments[0]), new FixedArgument<TRight>(arguments[1]), (TResult*)buffer.Pointer, rowCount);
            return new FixedColumn(type, rowCount, new BufferSlice(buffer), ResultValidity.Of(arguments, rowCount, context.Pool));
        };
    }

    /// <summary>A kernel that computes only rows with values, and fails on ones that have no result.</summary>
    public static ScalarKernel Partial<TLeft, TRight, TResult, TOperation>(ScalarBinding binding)
        where TLeft : unmanaged
        where TRight : unmanaged
        where TResult : unmanaged
        where TOperation : struct, IPartialBinaryOperation<TLeft, TRight, TResult>
    {
        var type = binding.ResultType;
        return (in context, arguments, rowCount) =>
        {
            var validity = ResultValidity.Of(arguments, rowCount, context.Pool);
            var buffer = context.Pool.Allocate((long)rowCount * sizeof(TResult), "values");
            var left = new FixedArgument<TLeft>(arguments[0]);
            var right = new FixedArgument<TRight>(arguments[1]);
            var failed = RunPartial<TLeft, TRight, TResult, TOperation>(left, right, (TResult*)buffer.Pointer, validity, rowCount);
            var column = new FixedColumn(type, rowCount, new BufferSlice(buffer), validity);
            if (failed >= 0)
            {
                column.Dispose();
                throw TOperation.Failure(left[failed], right[failed]).At(context.Span);
            }

            return column;
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTotal<TLeft, TRight, TResult, TOperation>(
        FixedArgument<TLeft> left, FixedArgument<TRight> right, TResult* result, int rowCount)
        where TLeft : unmanaged
        where TRight : unmanaged
        where TResult : unmanaged
        where TOperation : struct, IBinaryOperation<TLeft, TRight, TResult>
    {
        for (var row = 0; row < rowCount; row++)
        {
            result[row] = TOperation.Invoke(left[row], right[row]);
        }
    }

    /// <returns>The first row that failed, or -1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int RunPartial<TLeft, TRight, TResult, TOperation>(
        FixedArgument<TLeft> left, FixedArgument<TRight> right, TResult* result, BufferSlice validity, int rowCount)
        where TLeft : unmanaged
        where TRight : unmanaged
        where TResult : unmanaged
        where TOperation : struct, IPartialBinaryOperation<TLeft, TRight, TResult>
    {
        for (var row = 0; row < rowCount; row++)
        {
            if (!validity.IsValid(row))
            {
                result[row] = default;
            }
            else if (!TOperation.TryInvoke(left[row], right[row], out result[row]))
            {
                return row;
            }
        }

        return -1;
    }
}
