using System.Collections.Immutable;
using Engine.Storage.Compression;

namespace Engine.Storage.Parquet.Writing;

/// <summary>How pages are compressed.</summary>
public enum ParquetCompression
{
    None,
    Snappy,
    Gzip,
    Zstd,

    /// <summary>LZ4_RAW: bare blocks, not the deprecated framing of Hadoop.</summary>
    Lz4,
}

/// <summary>A column that the rows are sorted by, which the caller vouches for.</summary>
/// <param name="Name">Of a top-level column that is not nested.</param>
/// <param name="IsDescending">Highest first.</param>
/// <param name="NullsFirst">Where NULLs stand.</param>
public sealed record SortedColumn(string Name, bool IsDescending = false, bool NullsFirst = false);

/// <summary>How Parquet is written. The defaults make files that are fast to prune and that readers of today take.</summary>
public sealed record ParquetWriteOptions
{
    public static readonly ParquetWriteOptions Default = new();

    /// <summary>Zstandard where the system has it: about half of Snappy's size at a decoding speed that disks and networks seldom outrun.</summary>
    public static ParquetCompression DefaultCompression => Zstd.IsAvailable ? ParquetCompression.Zstd : ParquetCompression.Snappy;

    public ParquetCompression Compression { get; init; } = DefaultCompression;

    /// <summary>Of Zstandard (1 to 22) and gzip (1 to 9). Zstandard's level 1 is a third faster to write than 3 and within a few percent of its size on columnar pages.</summary>
    public int Level { get; init; } = 1;

    /// <summary>Large enough that footers stay small and reads long; what to skip inside is decided by page.</summary>
    public int RowGroupRows { get; init; } = 1 << 20;

    /// <summary>Bytes of encoded pages that are kept in memory: a group is written when it has so many.</summary>
    public long RowGroupBytes { get; init; } = 128L << 20;

    /// <summary>Few enough rows that a page index tells them apart, enough that a page's head and codec cost nothing.</summary>
    public int PageRows { get; init; } = 20_480;

    /// <summary>Bytes of a page's values before compression; what a reader decompresses for one value.</summary>
    public int PageBytes { get; init; } = 1 << 20;

    public bool UseDictionary { get; init; } = true;

    /// <summary>The largest dictionary of a column chunk: it stays in a reader's second-level cache.</summary>
    public int DictionaryBytes { get; init; } = 1 << 20;

    /// <summary>DELTA_BINARY_PACKED for integers and DELTA_LENGTH_BYTE_ARRAY for texts where these are smaller; some readers of before 2022 know neither.</summary>
    public bool UseDelta { get; init; } = true;

    /// <summary>BYTE_STREAM_SPLIT for real and double, which then compress better; older readers do not know it.</summary>
    public bool UseByteStreamSplit { get; init; }

    /// <summary>Data pages of version 2 rather than 1, which every reader takes.</summary>
    public bool UsePageVersion2 { get; init; }

    /// <summary>Columns that get a bloom filter: top-level names, or the dotted paths of leaves.</summary>
    public ImmutableArray<string> BloomColumns { get; init; } = [];

    /// <summary>What the rows are sorted by, most significant first.</summary>
    public ImmutableArray<SortedColumn> SortedBy { get; init; } = [];

    /// <summary>Keys and values that the footer carries.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>Threads that encode columns side by side.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentOutOfRangeException">For sizes that no file can have.</exception>
    internal ParquetWriteOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(RowGroupRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RowGroupBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PageRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PageBytes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(DictionaryBytes);
        return this;
    }
}
