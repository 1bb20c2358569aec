using Engine.Core.Columns;

namespace Engine.Exec.Kernels;

/// <summary>
/// Finds the rows of a column that contain some bytes. Where the column's strings lie one behind the other, as those of a page do, the search runs
/// over all of them at once, and what it finds is brought to its row afterwards: no call for each string.
/// </summary>
internal static unsafe class TextSearch
{
    /// <summary>Bytes between strings are searched too: with more of them than this for each byte of a string, the strings are searched one by one.</summary>
    private const int MaxSpread = 2;

    /// <summary>Sets the bits of the rows that contain the needle; false, and nothing of use set, when the strings do not lie in order.</summary>
    /// <param name="column">The strings; what is set for NULL rows does not matter.</param>
    /// <param name="needle">At least one byte.</param>
    /// <param name="bits">A clear bit for each row.</param>
    public static bool TryMark(TextColumn column, ReadOnlySpan<byte> needle, byte* bits)
    {
        var views = column.Pointer;
        byte* first = null;
        byte* end = null;
        var total = 0L;
        for (var row = 0; row < column.Length; row++)
        {
            if (views[row].IsInline)
            {
                if (views[row].Length >= needle.Length && column.Bytes(row).IndexOf(needle) >= 0)
                {
                    Bitmap.Set(bits, row);
                }

                continue;
            }

            var start = column.Heap.Resolve(views[row]);
            if (views[row].BufferIndex != 0 || start < end)
            {
                return false;
            }

            first = first == null ? start : first;
            end = start + views[row].Length;
            total += views[row].Length;
        }

        if (first == null || needle.Length > end - first)
        {
            return true;
        }

        if (end - first > Math.Min(MaxSpread * total, int.MaxValue))
        {
            return false;
        }

        MarkLong(column, new ReadOnlySpan<byte>(first, (int)(end - first)), first, needle, bits);
        return true;
    }

    private static void MarkLong(TextColumn column, ReadOnlySpan<byte> text, byte* first, ReadOnlySpan<byte> needle, byte* bits)
    {
        var views = column.Pointer;
        var (row, position) = (0, 0);
        while (text[position..].IndexOf(needle) is >= 0 and var distance)
        {
            // The first row that ends behind the place; what begins in the gap before it, or ends behind it, is no part of any string.
            position += distance;
            var found = first + position;
            while (views[row].IsInline || column.Heap.Resolve(views[row]) + views[row].Length <= found)
            {
                row++;
            }

            var start = column.Heap.Resolve(views[row]);
            if (found >= start && found + needle.Length <= start + views[row].Length)
            {
                Bitmap.Set(bits, row);
                position = (int)(start - first) + views[row].Length;
            }
            else
            {
                position++;
            }
        }
    }
}
