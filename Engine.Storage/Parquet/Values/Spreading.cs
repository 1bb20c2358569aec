using Engine.Core.Columns;

namespace Engine.Storage.Parquet.Values;

/// <summary>Puts values that were stored without gaps into the rows that have one.</summary>
internal static unsafe class Spreading
{
    /// <summary>Moves them in place, from the end, so that none is overwritten before it moves; rows without a value become zero.</summary>
    public static void Spread<T>(T* items, int rowCount, int valueCount, byte* validity)
        where T : unmanaged
    {
        for (var row = rowCount - 1; row >= 0; row--)
        {
            items[row] = Bitmap.Get(validity, row) ? items[--valueCount] : default;
        }
    }
}
