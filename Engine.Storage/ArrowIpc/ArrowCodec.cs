using Engine.Core.Arrow.Format;
using Engine.Storage.Compression;

namespace Engine.Storage.ArrowIpc;

/// <summary>The codecs of Arrow's buffers.</summary>
public sealed class ArrowCodec : IArrowCodec
{
    public static readonly ArrowCodec Instance = new();

    public long MaxDecompressedLength(ArrowCompression kind, int compressedLength) =>
        kind == ArrowCompression.Lz4Frame ? CompressionRatio.MaxLz4Length(compressedLength) : CompressionRatio.MaxZstdLength(compressedLength);

    public bool TryDecompress(ArrowCompression kind, ReadOnlySpan<byte> source, Span<byte> target) => kind == ArrowCompression.Lz4Frame
        ? Lz4Frame.TryDecompress(source, target)
        : Zstd.TryDecompress(source, target, out var written) && written == target.Length;

    public int MaxCompressedLength(ArrowCompression kind, int byteCount) =>
        kind == ArrowCompression.Lz4Frame ? Lz4Frame.MaxCompressedLength(byteCount) : Zstd.MaxCompressedLength(byteCount);

    public int Compress(ArrowCompression kind, ReadOnlySpan<byte> source, Span<byte> target) =>
        kind == ArrowCompression.Lz4Frame ? Lz4Frame.Compress(source, target) : Zstd.Compress(source, target);
}
