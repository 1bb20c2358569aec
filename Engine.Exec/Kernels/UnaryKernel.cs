using System.Runtime.CompilerServices;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Functions;

namespace Engine.Exec.Kernels;

/// <summary>An operation on one value that gives a value for every input.</summary>
internal interface IUnaryOperation<TInput, TResult>
{
    static abstract TResult Invoke(TInput value);
}

/// <summary>An operation on one value that is not defined for every input.</summary>
internal interface IPartialUnaryOperation<TInput, TResult>
{
    /// <summary>False when the value has no result.</summary>
    static abstract bool TryInvoke(TInput value, out TResult result);

    /// <summary>The error that names such a value.</summary>
    static abstract QueryException Failure(TInput value);
}

/// <summary>Runs operations on one fixed-width argument over columns.</summary>
internal static unsafe class UnaryKernel
{
    /// <summary>A kernel that also computes the lanes of NULL rows, which is harmless.</summary>
    public static ScalarKernel Total<TInput, TResult, TOperation>(ScalarBinding binding)
        where TInput : unmanaged
        where TResult : unmanaged
        where TOperation : struct, IUnaryOperation<TInput, TResult>
    {
        var type = binding.ResultType;
        return (in context, arguments, rowCount) =>
        {
            var buffer = context.Pool.Allocate((long)rowCount * sizeof(TResult), "values");
            RunTotal<TInput, TResult, TOperation>(new FixedArgument<TInput>(arguments[0]), (TResult*)buffer.Pointer, rowCount);
            return new FixedColumn(type, rowCount, new BufferSlice(buffer), ResultValidity.Of(arguments, rowCount, context.Pool));
        };
    }

    /// <summary>A kernel that computes only rows with values, and fails on one that has no result.</summary>
    public static ScalarKernel Partial<TInput, TResult, TOperation>(ScalarBinding binding)
        where TInput : unmanaged
        where TResult : unmanaged
        where TOperation : struct, IPartialUnaryOperation<TInput, TResult>
    {
        var type = binding.ResultType;
        return (in context, arguments, rowCount) =>
        {
            var validity = ResultValidity.Of(arguments, rowCount, context.Pool);
            var buffer = context.Pool.Allocate((long)rowCount * sizeof(TResult), "values");
            var values = new FixedArgument<TInput>(arguments[0]);
            var failed = RunPartial<TInput, TResult, TOperation>(values, (TResult*)buffer.Pointer, validity, rowCount);
            var column = new FixedColumn(type, rowCount, new BufferSlice(buffer), validity);
            if (failed >= 0)
            {
                column.Dispose();
                throw TOperation.Failure(values[failed]).At(context.Span);
            }

            return column;
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTotal<TInput, TResult, TOperation>(FixedArgument<TInput> values, TResult* result, int rowCount)
        where TInput : unmanaged
        where TResult : unmanaged
        where TOperation : struct, IUnaryOperation<TInput, TResult>
    {
        for (var row = 0; row < rowCount; row++)
        {
            result[row] = TOperation.Invoke(values[row]);
        }
    }

    /// <returns>The first row that failed, or -1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int RunPartial<TInput, TResult, TOperation>(FixedArgument<TInput> values, TResult* result, BufferSlice validity, int rowCount)
        where TInput : unmanaged
        where TResult : unmanaged
        where TOperation : struct, IPartialUnaryOperation<TInput, TResult>
    {
        for (var row = 0; row < rowCount; row++)
        {
            if (!validity.IsValid(row))
            {
                result[row] = default;
            }
            else if (!TOperation.TryInvoke(values[row], out result[row]))
            {
                return row;
            }
        }

        return -1;
    }
}
