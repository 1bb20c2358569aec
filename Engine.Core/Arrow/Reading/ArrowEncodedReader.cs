using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Core.Arrow.Reading;

/// <summary>Columns that stay encoded: ids into dictionaries, and runs.</summary>
internal readonly unsafe ref struct ArrowEncodedReader(ArrowBody body, int length, ArrowBuffer validity)
{
    /// <summary>Shares the ids where they are as columns have them: of up to 32 bits, and in range for NULL rows too.</summary>
    public DictionaryColumn FromIds<TId>(ArrowBuffer ids, Column dictionary)
        where TId : unmanaged, IBinaryInteger<TId>
    {
        ArrowNumberReader.Require(ids, (long)length * sizeof(TId));
        var from = (TId*)ids.Pointer;
        var count = (ulong)dictionary.Length;
        var isClean = sizeof(TId) <= sizeof(int);
        for (var i = 0; i < length; i++)
        {
            // A negative id is a huge one.
            var id = ulong.CreateTruncating(from[i]);
            if (id >= count)
            {
                isClean = validity.Pointer != null && !Bitmap.Get(validity.Pointer, i)
                    ? false
                    : throw new InvalidDataException($"an id of {from[i]} into a dictionary of {count} values");
            }
        }

        if (isClean)
        {
            return new DictionaryColumn(length, ids.ToSlice(), sizeof(TId), dictionary.Retain(), validity.ToSlice());
        }

        var target = body.Allocate((long)length * sizeof(int));
        for (var i = 0; i < length; i++)
        {
            var id = ulong.CreateTruncating(from[i]);
            ((int*)target.Pointer)[i] = id < count ? (int)id : 0;
        }

        return new DictionaryColumn(length, target.ToSlice(), sizeof(int), dictionary.Retain(), validity.ToSlice());
    }

    /// <summary>Takes the values over.</summary>
    public Column FromRuns<TEnd>(ArrowBuffer ends, long endCount, Column values, MemoryPool pool)
        where TEnd : unmanaged, IBinaryInteger<TEnd>
    {
        using (values)
        {
            ArrowNumberReader.Require(ends, endCount * sizeof(TEnd));
            var target = body.Allocate(Math.Min(endCount, length) * sizeof(int));
            var runCount = 0;
            for (var last = 0L; last < length; runCount++)
            {
                var end = runCount < endCount ? long.CreateTruncating(((TEnd*)ends.Pointer)[runCount]) : 0;
                if (end <= last || runCount == values.Length)
                {
                    throw new InvalidDataException($"its runs do not ascend up to {length} rows");
                }

                ((int*)target.Pointer)[runCount] = (int)Math.Min(end, int.MaxValue);
                last = end;
            }

            return runCount == 0 ? values.Slice(0, 0, pool) : new RunEndColumn(length, target.ToSlice(), values.Slice(0, runCount, pool));
        }
    }
}
