using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Exec.Expressions;

/// <summary>A boolean column of any encoding taken apart into two bitmaps: where it is true, and where it is NULL.</summary>
internal readonly unsafe struct BooleanResult : IDisposable
{
    private BooleanResult(NativeBuffer isTrue, NativeBuffer? isNull)
    {
        True = isTrue;
        Null = isNull;
    }

    /// <summary>A bit for each true row; the rows behind the last are clear.</summary>
    public NativeBuffer True { get; }

    /// <summary>A bit for each NULL row, or null when there is none.</summary>
    public NativeBuffer? Null { get; }

    /// <summary>Reads the column, which the caller keeps.</summary>
    public static BooleanResult Of(Column column, MemoryPool pool)
    {
        using var flat = (BooleanColumn)column.Flatten(pool);
        var length = flat.Length;
        var isTrue = pool.Allocate(Bitmap.ByteCount(length), "booleans");
        Bitmap.Copy(flat.Bits.Pointer, 0, isTrue.Pointer, length);
        if (flat.Validity.IsNone)
        {
            return new BooleanResult(isTrue, null);
        }

        Bitmap.And(isTrue.Pointer, flat.Validity.Pointer, isTrue.Pointer, length);
        var isNull = pool.Allocate(Bitmap.ByteCount(length), "booleans");
        var words = Bitmap.WordCount(length);
        for (var i = 0; i < words; i++)
        {
            ((ulong*)isNull.Pointer)[i] = ~((ulong*)flat.Validity.Pointer)[i];
        }

        if (words > 0)
        {
            ((ulong*)isNull.Pointer)[words - 1] &= Bitmap.TailMask(length);
        }

        return new BooleanResult(isTrue, isNull);
    }

    public void Dispose()
    {
        True.Release();
        Null?.Release();
    }
}
