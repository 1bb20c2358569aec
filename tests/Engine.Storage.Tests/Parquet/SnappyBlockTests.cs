using Engine.Storage.Parquet;

namespace Engine.Storage.Tests.Parquet;

public sealed class SnappyBlockTests
{
    [Fact]
    public void Literals_and_overlapping_copies()
    {
        // 10 bytes: the literal "ab", then a copy of 8 bytes from 2 back.
        var target = new byte[10];
        SnappyBlock.TryDecompress([10, 1 << 2, (byte)'a', (byte)'b', (4 << 2) | 1, 2], target).ShouldBeTrue();
        target.ShouldBe("ababababab"u8.ToArray());
    }

    [Fact]
    public void Long_literals()
    {
        var text = Enumerable.Range(0, 300).Select(i => (byte)i).ToArray();
        var target = new byte[300];
        SnappyBlock.TryDecompress([.. new byte[] { 0xAC, 2, 61 << 2, 0x2B, 1 }, .. text], target).ShouldBeTrue();
        target.ShouldBe(text);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 10 })]
    [InlineData(new byte[] { 9, 4, 97, 98, 17, 2 })]
    [InlineData(new byte[] { 10, 4, 97, 98, 17, 3 })]
    [InlineData(new byte[] { 10, 4, 97, 98, 17, 0 })]
    [InlineData(new byte[] { 10, 4, 97, 98, 17 })]
    [InlineData(new byte[] { 10, 252, 255, 255, 255, 255, 1 })]
    [InlineData(new byte[] { 10, 4, 97, 98, 254, 2, 0 })]
    public void Bad_blocks_are_refused(byte[] block) => SnappyBlock.TryDecompress(block, new byte[10]).ShouldBeFalse();
}
