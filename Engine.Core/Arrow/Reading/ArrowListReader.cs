using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Arrow.Reading;

/// <summary>Columns of lists over items that were read. Each takes the items over.</summary>
internal readonly unsafe ref struct ArrowListReader(ArrowBody body, DataType type, int length, ArrowBuffer validity)
{
    /// <summary>Fails unless there is an offset more than rows, and each is no less than the one before and inside of what it points into.</summary>
    public static void CheckOffsets<TOffset>(ArrowBuffer offsets, int rowCount, long limit)
        where TOffset : unmanaged, IBinaryInteger<TOffset>
    {
        ArrowNumberReader.Require(offsets, (rowCount + 1L) * sizeof(TOffset));
        var values = (TOffset*)offsets.Pointer;
        var isAscending = TOffset.IsPositive(values[0]);
        for (var i = 0; i < rowCount; i++)
        {
            isAscending &= values[i] <= values[i + 1];
        }

        if (!isAscending || long.CreateTruncating(values[rowCount]) > limit)
        {
            throw new InvalidDataException($"its offsets do not ascend within {limit}");
        }
    }

    public ListColumn FromOffsets(ArrowBuffer offsets, Column items)
    {
        if (length == 0)
        {
            return FromSize(0, items);
        }

        CheckOffsets<int>(offsets, length, items.Length);
        return new ListColumn(type, length, offsets.ToSlice(), items, validity.ToSlice());
    }

    public ListColumn FromLargeOffsets(ArrowBuffer offsets, Column items)
    {
        if (length == 0)
        {
            return FromSize(0, items);
        }

        // What is no more than the number of items fits 32 bits.
        CheckOffsets<long>(offsets, length, items.Length);
        var target = body.Allocate((length + 1L) * sizeof(int));
        for (var i = 0; i <= length; i++)
        {
            ((int*)target.Pointer)[i] = (int)((long*)offsets.Pointer)[i];
        }

        return new ListColumn(type, length, target.ToSlice(), items, validity.ToSlice());
    }

    public ListColumn FromSize(int size, Column items)
    {
        if ((long)length * size > items.Length)
        {
            throw new InvalidDataException($"{length} lists of {size} items have {items.Length} together");
        }

        var target = body.Allocate((length + 1L) * sizeof(int));
        for (var i = 0; i <= length; i++)
        {
            ((int*)target.Pointer)[i] = i * size;
        }

        return new ListColumn(type, length, target.ToSlice(), items, validity.ToSlice());
    }

    /// <summary>Lists that lie anywhere among the items: they are laid one behind the other.</summary>
    public ListColumn FromViews<TOffset>(ArrowBuffer offsets, ArrowBuffer sizes, Column items, MemoryPool pool)
        where TOffset : unmanaged, IBinaryInteger<TOffset>
    {
        ArrowNumberReader.Require(offsets, (long)length * sizeof(TOffset));
        ArrowNumberReader.Require(sizes, (long)length * sizeof(TOffset));
        var target = body.Allocate((length + 1L) * sizeof(int));
        var ends = (int*)target.Pointer;
        var total = 0L;
        ends[0] = 0;
        for (var i = 0; i < length; i++)
        {
            total += SizeOf<TOffset>(offsets, sizes, i, items.Length);
            ends[i + 1] = total <= int.MaxValue ? (int)total : throw new InvalidDataException("its lists have too many items together");
        }

        using var places = new RowIndexes((int)total, pool);
        for (var i = 0; i < length; i++)
        {
            var start = int.CreateTruncating(((TOffset*)offsets.Pointer)[i]);
            for (var k = ends[i]; k < ends[i + 1]; k++)
            {
                places.Pointer[k] = start + (k - ends[i]);
            }
        }

        var laid = items.Take(places.Span, pool);
        items.Dispose();
        return new ListColumn(type, length, target.ToSlice(), laid, validity.ToSlice());
    }

    private int SizeOf<TOffset>(ArrowBuffer offsets, ArrowBuffer sizes, int row, int itemCount)
        where TOffset : unmanaged, IBinaryInteger<TOffset>
    {
        if (validity.Pointer != null && !Bitmap.Get(validity.Pointer, row))
        {
            return 0;
        }

        var offset = long.CreateTruncating(((TOffset*)offsets.Pointer)[row]);
        var size = long.CreateTruncating(((TOffset*)sizes.Pointer)[row]);
        return offset >= 0 && size >= 0 && size <= itemCount && offset <= itemCount - size
            ? (int)size
            : throw new InvalidDataException($"a list of {size} items at {offset} does not fit {itemCount}");
    }
}
