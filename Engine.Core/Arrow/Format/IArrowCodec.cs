namespace Engine.Core.Arrow.Format;

/// <summary>Compresses the buffers of bodies. Given by who has the codecs: this project has none.</summary>
public interface IArrowCodec
{
    /// <summary>The most that so many bytes can stand for: what claims more is corrupt, and no memory is taken for it.</summary>
    long MaxDecompressedLength(ArrowCompression kind, int compressedLength);

    /// <summary>Fills the target exactly; false when the source is not that.</summary>
    bool TryDecompress(ArrowCompression kind, ReadOnlySpan<byte> source, Span<byte> target);

    /// <summary>The largest size that compressing so many bytes can give.</summary>
    int MaxCompressedLength(ArrowCompression kind, int byteCount);

    /// <summary>Compresses into a target that has room for <see cref="MaxCompressedLength"/> bytes; gives how many there are.</summary>
    int Compress(ArrowCompression kind, ReadOnlySpan<byte> source, Span<byte> target);
}
