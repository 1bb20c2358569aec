using Engine.Core.Memory;
using Engine.Storage.Parquet.Encodings;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet.Encodings;

public sealed unsafe class RunReaderTests
{
    [Fact]
    public void Runs_and_packed_groups_follow_each_other() =>
        Read([6, 5, 3, 0x88, 0xC6, 0xFA, 4, 7], 3, 13).ShouldBe([5, 5, 5, 0, 1, 2, 3, 4, 5, 6, 7, 7, 7]);

    [Fact]
    public void A_width_of_zero_takes_no_bytes() => Read([3], 0, 8).ShouldBe(new uint[8]);

    [Fact]
    public void A_last_group_may_be_cut_off() => Read([3, 0x21], 4, 2).ShouldBe([1, 2]);

    [Theory]
    [InlineData(new byte[] { }, 1)]
    [InlineData(new byte[] { 6 }, 1)]
    [InlineData(new byte[] { 3 }, 1)]
    [InlineData(new byte[] { 2, 1 }, 1)]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80 }, 1)]
    [InlineData(new byte[] { 6, 5 }, 33)]
    public void Runs_that_end_early_are_refused(byte[] bytes, int width) =>
        Should.Throw<InvalidDataException>(() => Read(bytes, width, 3));

    [Fact]
    public void Deltas_add_up()
    {
        // Blocks of 128 in 4 parts, 5 values from 7 on; least delta -2, widths 2, 0, 0, 0.
        byte[] bytes = [0x80, 1, 4, 5, 14, 3, 2, 0, 0, 0, 0b00_11_01_00, 0, 0, 0, 0, 0, 0, 0];
        using var pool = TestPool.Create();
        var buffer = Fill(pool, bytes);
        var reader = new DeltaReader(buffer.Pointer, buffer.Pointer + bytes.Length);
        var values = new long[5];
        fixed (long* target = values)
        {
            reader.Read(target, 2);
            reader.Read(target + 2, 3);
        }

        values.ShouldBe([7, 5, 4, 5, 3]);
        reader.Left.ShouldBe(0);
        (new DeltaReader(buffer.Pointer, buffer.Pointer + bytes.Length).SkipToEnd() - buffer.Pointer).ShouldBe(bytes.Length);
        buffer.Release();
    }

    private static uint[] Read(byte[] bytes, int width, int count)
    {
        using var pool = TestPool.Create();
        var buffer = Fill(pool, bytes);
        try
        {
            var values = new uint[count];
            fixed (uint* target = values)
            {
                new RunReader(buffer.Pointer, buffer.Pointer + bytes.Length, width).Read(target, count);
            }

            return values;
        }
        finally
        {
            buffer.Release();
        }
    }

    private static NativeBuffer Fill(MemoryPool pool, byte[] bytes)
    {
        var buffer = pool.Allocate(bytes.Length, "test");
        bytes.CopyTo(buffer.Span);
        return buffer;
    }
}
