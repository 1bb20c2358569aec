using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Storage.Parquet;

/// <summary>Puts columns over the very same dictionary together without a look at its values.</summary>
internal static unsafe class DictionaryJoin
{
    public static DictionaryColumn Join(Column dictionary, List<Column> parts, MemoryPool pool)
    {
        // One dictionary has one width of ids.
        var width = ((DictionaryColumn)parts[0]).IdWidth;
        var rowCount = parts.Sum(part => part.Length);
        var ids = pool.Allocate((long)rowCount * width, "dictionary ids");
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
            var length = (long)part.Length * width;
            Buffer.MemoryCopy(part.Ids.Pointer, ids.Pointer + ((long)row * width), length, length);
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
            rowCount, new BufferSlice(ids), width, dictionary.Retain(), validity is null ? BufferSlice.None : new BufferSlice(validity));
    }
}
