using System.IO.Compression;

namespace Engine.Storage.Compression;

/// <summary>Streams that compress what is written to them, the counterpart of <see cref="DecompressingStream"/>.</summary>
public static class CompressingStream
{
    /// <param name="target">Where the compressed bytes go; stays open when the stream is disposed, which writes the last of them.</param>
    /// <param name="kind">How they are compressed.</param>
    public static Stream Open(Stream target, CompressionKind kind) => kind switch
    {
        CompressionKind.Gzip => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
        CompressionKind.Brotli => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
        CompressionKind.Zstd => new ZstdWriteStream(target, leaveOpen: true),
        CompressionKind.Lz4 => new Lz4WriteStream(target, leaveOpen: true),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no compression needs no stream"),
    };
}
