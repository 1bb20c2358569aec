using System.IO.Compression;
using Engine.Core.Memory;
using Engine.Storage.Compression;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Compresses pages one after the other, the counterpart of <see cref="PageCodec"/>. One thread at a time.</summary>
internal sealed unsafe class PageCompressor(ParquetCompression compression, int level, MemoryPool pool) : IDisposable
{
    private readonly ZstdCompressor? _zstd = compression == ParquetCompression.Zstd ? new ZstdCompressor(level) : null;
    private readonly ByteSink _output = new(pool, "parquet page");

    public static ParquetCodec CodecOf(ParquetCompression compression) => compression switch
    {
        ParquetCompression.Snappy => ParquetCodec.Snappy,
        ParquetCompression.Gzip => ParquetCodec.Gzip,
        ParquetCompression.Zstd => ParquetCodec.Zstd,
        ParquetCompression.Lz4 => ParquetCodec.Lz4Raw,
        _ => ParquetCodec.Uncompressed,
    };

    /// <summary>The compressed bytes, valid until the next call. No page is empty that has to be compressed: gzip would make nothing of it, not even a head.</summary>
    public ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> page)
    {
        if (compression == ParquetCompression.None)
        {
            return page;
        }

        var room = MaxLength(page.Length);
        _output.Clear();
        var target = new Span<byte>(_output.Reserve(room), room);
        var written = compression switch
        {
            ParquetCompression.Snappy => SnappyEncoder.Compress(page, target),
            ParquetCompression.Lz4 => Lz4Block.Compress(page, target),
            ParquetCompression.Gzip => Deflate(page, level, target),
            _ => _zstd!.Compress(page, target),
        };
        return target[..written];
    }

    public void Dispose()
    {
        _zstd?.Dispose();
        _output.Dispose();
    }

    private int MaxLength(int byteCount) => compression switch
    {
        ParquetCompression.Snappy => SnappyEncoder.MaxCompressedLength(byteCount),
        ParquetCompression.Lz4 => Lz4Block.MaxCompressedLength(byteCount),
        ParquetCompression.Zstd => Zstd.MaxCompressedLength(byteCount),

        // At its fastest level deflate writes nine bits for what it cannot shrink, rather than to store it; gzip adds its head and tail.
        _ => checked(byteCount + (byteCount / 8) + 64),
    };

    private static int Deflate(ReadOnlySpan<byte> page, int level, Span<byte> target)
    {
        fixed (byte* bytes = target)
        {
            using var output = new UnmanagedMemoryStream(bytes, 0, target.Length, FileAccess.Write);
            using (var gzip = new GZipStream(output, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true))
            {
                gzip.Write(page);
            }

            return (int)output.Position;
        }
    }
}
