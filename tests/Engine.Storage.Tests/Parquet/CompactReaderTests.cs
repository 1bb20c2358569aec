using Engine.Storage.Parquet;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Tests.Parquet;

public sealed class CompactReaderTests
{
    [Fact]
    public void Fields_have_short_and_long_heads()
    {
        // Field 1 an i32 of -3, field 20 a string, field 21 true.
        var reader = new CompactReader([0x15, 5, 0x08, 40, 2, (byte)'h', (byte)'i', 0x11, 0]);
        var id = 0;
        reader.NextField(ref id, out var type).ShouldBeTrue();
        (id, type, reader.ReadInt32()).ShouldBe((1, CompactType.Int32, -3));
        reader.NextField(ref id, out type).ShouldBeTrue();
        (id, type, reader.ReadString()).ShouldBe((20, CompactType.Binary, "hi"));
        reader.NextField(ref id, out type).ShouldBeTrue();
        (id, type).ShouldBe((21, CompactType.True));
        reader.NextField(ref id, out _).ShouldBeFalse();
    }

    [Fact]
    public void Skipping_passes_over_all_types()
    {
        // A struct of a list of two i32, a map of one string to a bool, a double and an inner struct.
        byte[] bytes = [0x19, 0x25, 2, 4, 0x1B, 1, 0x81, 1, (byte)'k', 1, 0x17, 0, 0, 0, 0, 0, 0, 0, 0, 0x1C, 0x11, 0, 0];
        var reader = new CompactReader(bytes);
        reader.Skip(CompactType.Struct);
        reader.Position.ShouldBe(bytes.Length);
    }

    /// <summary>With few bytes behind them, and with many: those are passed over in other ways.</summary>
    [Fact]
    public void Numbers_of_every_length_are_passed_over_and_read()
    {
        for (var length = 1; length <= 10; length++)
        {
            var value = length == 10 ? long.MinValue : 1L << (7 * (length - 1));
            var zigZag = (ulong)((value << 1) ^ (value >> 63));
            for (var behind = 0; behind <= 16; behind++)
            {
                var bytes = new List<byte>();
                for (var left = zigZag; ; left >>= 7)
                {
                    bytes.Add((byte)(left < 128 ? left : left | 128));
                    if (left < 128)
                    {
                        break;
                    }
                }

                var end = bytes.Count;
                byte[] all = [.. bytes, .. Enumerable.Repeat((byte)0xFF, behind)];
                var reader = new CompactReader(all);
                reader.Skip(CompactType.Int64);
                reader.Position.ShouldBe(end);
                new CompactReader(all).ReadInt64().ShouldBe(value);
                Should.Throw<EndOfStreamException>(() => new CompactReader(all[..(end - 1)]).Skip(CompactType.Int64));
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x18, 100, 1 })]
    [InlineData(new byte[] { 0x19, 0xF5, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    [InlineData(new byte[] { 0x1E })]
    [InlineData(new byte[] { 0x16, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x1B, 0xFF, 0xFF, 0x03, 0x11 })]
    public void Lengths_that_do_not_fit_are_refused(byte[] bytes) => Should.Throw<InvalidDataException>(() => Skip(bytes));

    [Fact]
    public void Deep_nesting_is_refused() => Should.Throw<InvalidDataException>(() => Skip([.. Enumerable.Repeat((byte)0x1C, 1000)]));

    [Fact]
    public void The_end_of_the_bytes_is_an_error_of_its_own() => Should.Throw<EndOfStreamException>(() => Skip([0x16]));

    private static void Skip(byte[] bytes)
    {
        var reader = new CompactReader(bytes);
        reader.Skip(CompactType.Struct);
    }
}
