using Engine.Storage.Compression;
using Engine.Storage.Parquet.Pages;
using Engine.Storage.Parquet.Writing;
using Engine.TestKit;

namespace Engine.Storage.Tests.Parquet.Writing;

public sealed class PageCompressorTests
{
    /// <summary>Pages of all lengths up to a few hundred, then longer ones; bytes by chance, which no codec can shrink, and bytes of few values.</summary>
    [Theory]
    [InlineData(ParquetCompression.None)]
    [InlineData(ParquetCompression.Snappy)]
    [InlineData(ParquetCompression.Gzip)]
    [InlineData(ParquetCompression.Zstd)]
    [InlineData(ParquetCompression.Lz4)]
    public void Pages_come_back_whatever_is_in_them(ParquetCompression compression)
    {
        if (compression == ParquetCompression.Zstd && !Zstd.IsAvailable)
        {
            return;
        }

        var random = new Random(11);
        using var pool = TestPool.Create();
        using var compressor = new PageCompressor(compression, 1, pool);
        foreach (var length in Enumerable.Range(1, 400).Append(4_000).Append(70_000).Append(1_000_000))
        {
            foreach (var values in (int[])[256, 3])
            {
                var page = new byte[length];
                for (var i = 0; i < length; i++)
                {
                    page[i] = (byte)random.Next(values);
                }

                var back = new byte[length];
                PageCodec.Decompress(PageCompressor.CodecOf(compression), compressor.Compress(page), back);
                back.AsSpan().SequenceEqual(page).ShouldBeTrue($"{length} bytes of {values} values");
            }
        }
    }
}
