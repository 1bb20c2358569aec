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

    /// <summary>Blocks of every kind of element, among them copies of all lengths from all distances, decompressed in registers and byte by byte.</summary>
    [Fact]
    public void Registers_give_what_bytes_give()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var (block, text) = Block(random, random.Next(1, 400));
            var (fast, slow) = (new byte[text.Length], new byte[text.Length]);
            SnappyBlock.TryDecompress(block, fast).ShouldBeTrue();
            SnappyBlock.TryDecompressSingly(block, slow).ShouldBeTrue();
            fast.ShouldBe(text);
            slow.ShouldBe(text);

            // Whatever a broken block gives, it is the same both ways.
            block[random.Next(block.Length)] = (byte)random.Next(256);
            SnappyBlock.TryDecompress(block, fast).ShouldBe(SnappyBlock.TryDecompressSingly(block, slow));
        }
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

    private static (byte[] Block, byte[] Text) Block(Random random, int elementCount)
    {
        var (elements, text) = (new List<byte>(), new List<byte>());
        for (var i = 0; i < elementCount; i++)
        {
            var length = random.Next(1, 65);
            if (text.Count == 0 || random.Next(2) == 0)
            {
                var literal = new byte[random.Next(8) == 0 ? random.Next(61, 500) : random.Next(1, 61)];
                random.NextBytes(literal);
                elements.AddRange(literal.Length <= 60 ? [(byte)((literal.Length - 1) << 2)] : [61 << 2, (byte)(literal.Length - 1), (byte)((literal.Length - 1) >> 8)]);
                elements.AddRange(literal);
                text.AddRange(literal);
                continue;
            }

            var distance = random.Next(1, random.Next(2) == 0 ? Math.Min(20, text.Count + 1) : Math.Min(60_000, text.Count + 1));
            switch (random.Next(3))
            {
                case 0 when distance < 2048:
                    length = random.Next(4, 12);
                    elements.AddRange([(byte)(((distance >> 8) << 5) | ((length - 4) << 2) | 1), (byte)distance]);
                    break;
                case 1:
                    elements.AddRange([(byte)(((length - 1) << 2) | 3), (byte)distance, (byte)(distance >> 8), 0, 0]);
                    break;
                default:
                    elements.AddRange([(byte)(((length - 1) << 2) | 2), (byte)distance, (byte)(distance >> 8)]);
                    break;
            }

            for (var k = 0; k < length; k++)
            {
                text.Add(text[^distance]);
            }
        }

        var head = new List<byte>();
        for (var rest = (uint)text.Count; ; rest >>= 7)
        {
            head.Add((byte)(rest < 128 ? rest : (rest & 127) | 128));
            if (rest < 128)
            {
                return ([.. head, .. elements], [.. text]);
            }
        }
    }
}
