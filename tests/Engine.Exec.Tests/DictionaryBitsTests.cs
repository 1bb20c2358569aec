using Engine.Core.Columns;
using Engine.Exec.Kernels;
using Engine.TestKit;

namespace Engine.Exec.Tests;

/// <summary>What registers look up for ids is what a look at each id finds.</summary>
public sealed unsafe class DictionaryBitsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 1)]
    [InlineData(65, 1)]
    [InlineData(128, 1)]
    [InlineData(129, 1)]
    [InlineData(256, 1)]
    [InlineData(257, 2)]
    [InlineData(70_000, 4)]
    public void Bits_of_entries_come_to_their_rows(int entryCount, int idWidth)
    {
        using var pool = TestPool.Create();
        var random = new Random(entryCount);
        foreach (var rowCount in (int[])[1, 63, 64, 65, 1000])
        {
            var ids = new int[rowCount];
            var entries = new bool[entryCount];
            for (var i = 0; i < entryCount; i++)
            {
                entries[i] = random.Next(2) == 0;
            }

            for (var i = 0; i < rowCount; i++)
            {
                ids[i] = random.Next(entryCount);
            }

            var bits = pool.AllocateCleared(Bitmap.ByteCount(entryCount), "entries");
            for (var i = 0; i < entryCount; i++)
            {
                if (entries[i])
                {
                    Bitmap.Set(bits.Pointer, i);
                }
            }

            var dictionary = new BooleanColumn(entryCount, new BufferSlice(bits.Retain()), default);
            using var rows = DictionaryColumn.Encode(dictionary, ids, pool);
            rows.IdWidth.ShouldBe(idWidth);
            var target = pool.Allocate(Bitmap.ByteCount(rowCount), "rows");
            DictionaryBits.Spread(rows, (ulong*)bits.Pointer, (ulong*)target.Pointer);
            for (var row = 0; row < rowCount; row++)
            {
                Bitmap.Get(target.Pointer, row).ShouldBe(entries[ids[row]]);
            }

            (((ulong*)target.Pointer)[(rowCount - 1) >> 6] & ~Bitmap.TailMask(rowCount)).ShouldBe(0UL);
            if (idWidth == 1)
            {
                var singly = pool.Allocate(Bitmap.ByteCount(rowCount), "rows");
                DictionaryBits.SpreadSingly(rows.Ids.Pointer, rowCount, (ulong*)bits.Pointer, (ulong*)singly.Pointer);
                singly.Span.SequenceEqual(target.Span).ShouldBeTrue();
                singly.Release();
            }

            target.Release();
            bits.Release();
        }
    }
}
