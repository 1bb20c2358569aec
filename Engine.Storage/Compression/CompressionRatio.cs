namespace Engine.Storage.Compression;

/// <summary>The most that compressed bytes can stand for: what claims more is corrupt, and no memory is taken for it.</summary>
internal static class CompressionRatio
{
    /// <summary>Sizes that a few bytes may always claim.</summary>
    private const long FreeLength = 1 << 20;

    public static long MaxLz4Length(int compressedLength) => (compressedLength * 256L) + 64;

    public static long MaxZstdLength(int compressedLength) => (compressedLength * 65536L) + FreeLength;
}
