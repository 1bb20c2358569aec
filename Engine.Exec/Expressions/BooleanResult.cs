using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Exec.Kernels;

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
        if (column is DictionaryColumn { Dictionary: BooleanColumn entries } rows)
        {
            return OfEncoded(rows, entries, pool);
        }

        using var flat = (BooleanColumn)column.Flatten(pool);
        return OfFlat(flat, pool);
    }

    public void Dispose()
    {
        True.Release();
        Null?.Release();
    }

    private static BooleanResult OfFlat(BooleanColumn column, MemoryPool pool)
    {
        var length = column.Length;
        var isTrue = pool.Allocate(Bitmap.ByteCount(length), "booleans");
        Bitmap.Copy(column.Bits.Pointer, 0, isTrue.Pointer, length);
        if (column.Validity.IsNone)
        {
            return new BooleanResult(isTrue, null);
        }

        Bitmap.And(isTrue.Pointer, column.Validity.Pointer, isTrue.Pointer, length);
        return new BooleanResult(isTrue, Invert(column.Validity, length, pool));
    }

    /// <summary>The entries are taken apart once, and what they say is brought to the rows.</summary>
    private static BooleanResult OfEncoded(DictionaryColumn rows, BooleanColumn entries, MemoryPool pool)
    {
        using var known = OfFlat(entries, pool);
        var isTrue = pool.Allocate(Bitmap.ByteCount(rows.Length), "booleans");
        DictionaryBits.Spread(rows, (ulong*)known.True.Pointer, (ulong*)isTrue.Pointer);
        if (rows.Validity.IsNone && known.Null is null)
        {
            return new BooleanResult(isTrue, null);
        }

        var isNull = rows.Validity.IsNone ? pool.AllocateCleared(Bitmap.ByteCount(rows.Length), "booleans") : Invert(rows.Validity, rows.Length, pool);
        if (!rows.Validity.IsNone)
        {
            Bitmap.And(isTrue.Pointer, rows.Validity.Pointer, isTrue.Pointer, rows.Length);
        }

        if (known.Null is { } nullEntries)
        {
            var words = Bitmap.WordCount(rows.Length);
            var spread = pool.Allocate(Bitmap.ByteCount(rows.Length), "booleans");
            DictionaryBits.Spread(rows, (ulong*)nullEntries.Pointer, (ulong*)spread.Pointer);
            for (var i = 0; i < words; i++)
            {
                ((ulong*)isNull.Pointer)[i] |= ((ulong*)spread.Pointer)[i];
            }

            spread.Release();
        }

        return new BooleanResult(isTrue, isNull);
    }

    private static NativeBuffer Invert(BufferSlice bits, int length, MemoryPool pool)
    {
        var inverted = pool.Allocate(Bitmap.ByteCount(length), "booleans");
        var words = Bitmap.WordCount(length);
        for (var i = 0; i < words; i++)
        {
            ((ulong*)inverted.Pointer)[i] = ~((ulong*)bits.Pointer)[i];
        }

        if (words > 0)
        {
            ((ulong*)inverted.Pointer)[words - 1] &= Bitmap.TailMask(length);
        }

        return inverted;
    }
}
