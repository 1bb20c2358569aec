using System.IO.Compression;
using Engine.Core.Errors;
using Engine.Storage.Compression;

namespace Engine.Storage.Parquet.Pages;

/// <summary>Decompresses pages.</summary>
internal static class PageCodec
{
    /// <summary>Pages that claim no more than this many times their bytes need no second look.</summary>
    private const int UsualRatio = 1024;

    /// <summary>Whether so many bytes can come out of what is stored: for what claims too much no memory is taken.</summary>
    public static bool CanBe(ParquetCodec codec, ReadOnlySpan<byte> stored, int length) => codec switch
    {
        ParquetCodec.Uncompressed => length <= stored.Length,
        ParquetCodec.Snappy => length <= (stored.Length * 32L) + 64,
        ParquetCodec.Lz4 or ParquetCodec.Lz4Raw => length <= CompressionRatio.MaxLz4Length(stored.Length),
        ParquetCodec.Gzip => length <= (stored.Length * 1040L) + 64,
        ParquetCodec.Brotli => length <= stored.Length * (long)UsualRatio || length == BrotliLength(stored, length),
        _ => length <= CompressionRatio.MaxZstdLength(stored.Length),
    };

    /// <summary>Fills the target exactly.</summary>
    public static void Decompress(ParquetCodec codec, ReadOnlySpan<byte> source, Span<byte> target)
    {
        var isGood = codec switch
        {
            ParquetCodec.Uncompressed => TryCopy(source, target),
            ParquetCodec.Snappy => SnappyBlock.TryDecompress(source, target),
            ParquetCodec.Zstd => Zstd.TryDecompress(source, target, out var written) && written == target.Length,
            ParquetCodec.Lz4Raw => Lz4Block.TryDecompress(source, target, out var written) && written == target.Length,
            ParquetCodec.Brotli => BrotliDecoder.TryDecompress(source, target, out var written) && written == target.Length,
            ParquetCodec.Gzip => !source.IsEmpty && TryInflate(source, target),
            ParquetCodec.Lz4 => TryDecompressLz4(source, target),
            _ => throw QueryException.NotSupportedYet($"Parquet pages compressed with {codec.ToString().ToUpperInvariant()}"),
        };
        if (!isGood)
        {
            throw new InvalidDataException($"it is not {target.Length} bytes of {codec.ToString().ToLowerInvariant()} data");
        }
    }

    /// <summary>Brotli has no limit to its ratio: what claims much is decompressed for its length alone first.</summary>
    private static long BrotliLength(ReadOnlySpan<byte> stored, int limit)
    {
        using var decoder = default(BrotliDecoder);
        var part = new byte[1 << 16];
        var length = 0L;
        while (length <= limit)
        {
            var status = decoder.Decompress(stored, part, out var consumed, out var written);
            stored = stored[consumed..];
            length += written;
            if (status != System.Buffers.OperationStatus.DestinationTooSmall)
            {
                return status == System.Buffers.OperationStatus.Done ? length : -1;
            }
        }

        return -1;
    }

    private static bool TryCopy(ReadOnlySpan<byte> source, Span<byte> target) =>
        source.Length == target.Length && source.TryCopyTo(target);

    private static unsafe bool TryInflate(ReadOnlySpan<byte> source, Span<byte> target)
    {
        fixed (byte* bytes = source)
        {
            using var stream = new GzipReadStream(new UnmanagedMemoryStream(bytes, source.Length));
            return stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length && stream.ReadByte() < 0;
        }
    }

    /// <summary>The deprecated LZ4: blocks as Hadoop frames them (big-endian lengths before each), or one bare block.</summary>
    private static bool TryDecompressLz4(ReadOnlySpan<byte> source, Span<byte> target)
    {
        return TryReadFramed(source, target) || (Lz4Block.TryDecompress(source, target, out var written) && written == target.Length);

        static bool TryReadFramed(ReadOnlySpan<byte> left, Span<byte> room)
        {
            while (left.Length >= 8)
            {
                var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(left);
                var stored = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(left[4..]);
                left = left[8..];
                if (length > room.Length || stored > left.Length
                    || !Lz4Block.TryDecompress(left[..(int)stored], room[..(int)length], out var written) || written != length)
                {
                    return false;
                }

                left = left[(int)stored..];
                room = room[(int)length..];
            }

            return left.IsEmpty && room.IsEmpty;
        }
    }
}
