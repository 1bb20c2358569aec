using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Exec.Kernels;

/// <summary>Where a strict kernel's result has values: where all its arguments have.</summary>
internal static unsafe class ResultValidity
{
    /// <summary>The common validity of the arguments, which the caller owns; none when no argument has a NULL. Constants are never NULL here.</summary>
    public static BufferSlice Of(ReadOnlySpan<Column> arguments, int rowCount, MemoryPool pool)
    {
        BufferSlice result = default;
        var isShared = false;
        foreach (var argument in arguments)
        {
            if (argument is not FlatColumn { MayHaveNulls: true } flat)
            {
                continue;
            }

            if (result.IsNone)
            {
                result = flat.Validity.Retain();
                isShared = true;
                continue;
            }

            if (isShared)
            {
                var both = pool.Allocate(Bitmap.ByteCount(rowCount), "validity");
                Bitmap.And(result.Pointer, flat.Validity.Pointer, both.Pointer, rowCount);
                result.Release();
                result = new BufferSlice(both);
                isShared = false;
            }
            else
            {
                Bitmap.And(result.Pointer, flat.Validity.Pointer, result.Pointer, rowCount);
            }
        }

        return result;
    }

    /// <summary>Whether a row has a value.</summary>
    public static bool IsValid(this BufferSlice validity, int row) => validity.IsNone || Bitmap.Get(validity.Pointer, row);
}
