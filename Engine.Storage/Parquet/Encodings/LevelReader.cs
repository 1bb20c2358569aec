using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Pages;

namespace Engine.Storage.Parquet.Encodings;

/// <summary>Reads the repetition or the definition levels of one page, each a byte, and checks that none is above what the schema has.</summary>
internal unsafe struct LevelReader
{
    private readonly byte _max;
    private readonly byte* _packed;
    private readonly long _packedEnd;
    private RunReader _runs;
    private long _packedBit;

    private LevelReader(byte max, RunReader runs)
    {
        _max = max;
        _runs = runs;
    }

    private LevelReader(byte max, byte* packed, long bitCount)
    {
        _max = max;
        _packed = packed;
        _packedEnd = bitCount;
    }

    private static int WidthOf(byte max) => 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)max);

    /// <summary>Levels of a version 2 page: runs in so many bytes.</summary>
    public static LevelReader OpenV2(byte max, byte* start, int length) => new(max, new RunReader(start, start + length, WidthOf(max)));

    /// <summary>Levels of a version 1 page, which begin at its start; moves the start behind them.</summary>
    /// <param name="max">The highest level; with 0 nothing is stored.</param>
    /// <param name="encoding">As the page's head says.</param>
    /// <param name="entryCount">Of the page.</param>
    /// <param name="page">What is left of the page.</param>
    public static LevelReader OpenV1(byte max, ParquetEncoding encoding, int entryCount, ref PageBytes page)
    {
        if (max == 0)
        {
            return default;
        }

        var start = page.Start;
        var (left, width) = (page.End - page.Start, WidthOf(max));
        switch (encoding)
        {
            case ParquetEncoding.Rle when left >= 4 && *(uint*)start <= left - 4:
                page = page with { Start = start + 4 + *(uint*)start };
                return new LevelReader(max, new RunReader(start + 4, page.Start, width));
            case ParquetEncoding.BitPacked when ((long)entryCount * width) + 7 >> 3 is var length && length <= left:
                page = page with { Start = start + length };
                return new LevelReader(max, start, (long)entryCount * width);
            case ParquetEncoding.Rle or ParquetEncoding.BitPacked:
                throw Ended();
            default:
                throw new InvalidDataException($"levels in encoding {(int)encoding}");
        }
    }

    /// <summary>Reads so many levels.</summary>
    /// <param name="target">In a native buffer.</param>
    /// <param name="count">How many.</param>
    public void Read(byte* target, int count)
    {
        if (_max == 0)
        {
            new Span<byte>(target, count).Clear();
            return;
        }

        if (_packed == null)
        {
            _runs.Read(target, count);
        }
        else
        {
            ReadPacked(target, count);
        }

        if (LevelMask.AnyAtLeast(target, count, (byte)(_max + 1)))
        {
            throw new InvalidDataException($"a level above {_max}");
        }
    }

    /// <summary>The deprecated layout: most significant bit first.</summary>
    private void ReadPacked(byte* target, int count)
    {
        var width = WidthOf(_max);
        if (_packedBit + ((long)count * width) > _packedEnd)
        {
            throw Ended();
        }

        for (var i = 0; i < count; i++)
        {
            var level = 0;
            for (var bit = 0; bit < width; bit++, _packedBit++)
            {
                level = (level << 1) | (_packed[_packedBit >> 3] >> (int)(7 - (_packedBit & 7)) & 1);
            }

            target[i] = (byte)level;
        }
    }

    private static InvalidDataException Ended() => new("its levels end early");
}
