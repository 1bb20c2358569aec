namespace Engine.Storage.Compression;

/// <summary>How a whole file is compressed.</summary>
public enum CompressionKind : byte
{
    None,
    Gzip,
    Zstd,
    Lz4,
    Brotli,
}

/// <summary>Recognises compressed files.</summary>
public static class CompressionDetection
{
    /// <summary>Bytes of a file's start that <see cref="Detect"/> looks at.</summary>
    public const int HeaderLength = 4;

    private static readonly (string Suffix, CompressionKind Kind)[] Suffixes =
    [
        (".gz", CompressionKind.Gzip), (".gzip", CompressionKind.Gzip), (".zst", CompressionKind.Zstd), (".zstd", CompressionKind.Zstd),
        (".lz4", CompressionKind.Lz4), (".br", CompressionKind.Brotli),
    ];

    /// <summary>By the magic bytes, which do not lie, and else by the name: Brotli has none.</summary>
    public static CompressionKind Detect(string path, ReadOnlySpan<byte> header)
    {
        var byName = FromName(path);
        return header switch
        {
            [0x1F, 0x8B, ..] => CompressionKind.Gzip,
            [0x28, 0xB5, 0x2F, 0xFD, ..] or [>= 0x50 and <= 0x5F, 0x2A, 0x4D, 0x18, ..] when byName != CompressionKind.Lz4 => CompressionKind.Zstd,
            [0x04, 0x22, 0x4D, 0x18, ..] => CompressionKind.Lz4,
            _ => byName,
        };
    }

    public static CompressionKind FromName(string path) =>
        Suffixes.FirstOrDefault(entry => path.EndsWith(entry.Suffix, StringComparison.OrdinalIgnoreCase)).Kind;

    /// <summary>The path without the suffix of its compression, which leaves the one of its format.</summary>
    public static string TrimSuffix(string path)
    {
        var suffix = Suffixes.FirstOrDefault(entry => path.EndsWith(entry.Suffix, StringComparison.OrdinalIgnoreCase)).Suffix;
        return suffix is null ? path : path[..^suffix.Length];
    }
}
