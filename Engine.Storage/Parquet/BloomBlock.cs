namespace Engine.Storage.Parquet;

/// <summary>A block of a split block bloom filter (BloomFilter.md of the format): 256 bits, of which a value sets one in each of eight words.</summary>
internal static class BloomBlock
{
    public const int WordCount = 8;
    public const int Length = WordCount * sizeof(uint);

    /// <summary>Bytes of a filter at most: readers refuse larger ones.</summary>
    public const int MaxFilterLength = 128 << 20;

    private static ReadOnlySpan<uint> Salts => [0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31];

    /// <summary>Which block of a filter a value falls into: by the upper half of its 64-bit hash.</summary>
    public static int IndexOf(ulong hash, int blockCount) => (int)(((hash >> 32) * (ulong)blockCount) >> 32);

    /// <summary>The bit of a word, by the lower half of the hash.</summary>
    public static uint BitOf(ulong hash, int word) => 1u << (int)(unchecked((uint)hash * Salts[word]) >> 27);
}
