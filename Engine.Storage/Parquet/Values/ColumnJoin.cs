using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Storage.Parquet.Values;

/// <summary>Puts rows together that lie in more than one page.</summary>
internal static unsafe class ColumnJoin
{
    /// <summary>The parts one behind the other: encoded where all have the very same dictionary, else flat. They stay the caller's.</summary>
    public static Column Join(DataType type, List<Column> parts, MemoryPool pool)
    {
        if (parts.Count == 1)
        {
            return parts[0].Retain();
        }

        if (parts.Count > 1 && parts[0] is DictionaryColumn first
            && parts.TrueForAll(part => part is DictionaryColumn other && other.Dictionary == first.Dictionary && other.IdWidth == first.IdWidth))
        {
            return JoinIds(first, parts, pool);
        }

        using var builder = ColumnBuilder.Create(type, pool);
        foreach (var part in parts)
        {
            using var rows = RowIndexes.Sequence(0, part.Length, pool);
            builder.Append(part, rows.Span);
        }

        return builder.Finish();
    }

    private static DictionaryColumn JoinIds(DictionaryColumn first, List<Column> parts, MemoryPool pool)
    {
        var rowCount = parts.Sum(part => part.Length);
        var ids = pool.Allocate((long)rowCount * first.IdWidth, "dictionary ids");
        NativeBuffer? validity = null;
        try
        {
            validity = parts.Exists(part => !((DictionaryColumn)part).Validity.IsNone) ? pool.Allocate(Bitmap.ByteCount(rowCount), "validity") : null;
        }
        catch
        {
            ids.Release();
            throw;
        }

        if (validity is not null)
        {
            Bitmap.Fill(validity.Pointer, rowCount, value: true);
        }

        var row = 0;
        foreach (var part in parts.Cast<DictionaryColumn>())
        {
            var length = (long)part.Length * first.IdWidth;
            Buffer.MemoryCopy(part.Ids.Pointer, ids.Pointer + ((long)row * first.IdWidth), length, length);
            for (var i = 0; !part.Validity.IsNone && i < part.Length; i++)
            {
                if (!Bitmap.Get(part.Validity.Pointer, i))
                {
                    Bitmap.Clear(validity!.Pointer, row + i);
                }
            }

            row += part.Length;
        }

        return new DictionaryColumn(
            rowCount, new BufferSlice(ids), first.IdWidth, first.Dictionary.Retain(), validity is null ? BufferSlice.None : new BufferSlice(validity));
    }
}
