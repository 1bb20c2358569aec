using System.Numerics;

namespace Engine.Storage.Parquet.Encodings;

/// <summary>
/// Reads the hybrid of runs and bit-packed groups that levels and dictionary ids are stored in (Encodings.md, RLE). The bytes lie in a native
/// buffer, whose padding makes loads of eight bytes safe at the end.
/// </summary>
internal unsafe struct RunReader
{
    private readonly byte* _end;
    private byte* _next;
    private byte* _packed;
    private long _packedBit;
    private long _left;
    private uint _value;

    /// <param name="start">First byte.</param>
    /// <param name="end">Behind the last byte.</param>
    /// <param name="width">Bits of a value.</param>
    public RunReader(byte* start, byte* end, int width)
    {
        if (width is < 0 or > 32)
        {
            throw new InvalidDataException($"a bit width of {width}");
        }

        _next = start;
        _end = end;
        Width = width;
    }

    /// <summary>Bits of a value.</summary>
    public int Width { get; }

    /// <summary>Reads so many values.</summary>
    /// <typeparam name="T">An unsigned integer of no fewer bits than a value has.</typeparam>
    public void Read<T>(T* target, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        while (count > 0)
        {
            if (_left == 0)
            {
                StartRun();
                continue;
            }

            var taken = (int)Math.Min(_left, count);
            if (_packed == null)
            {
                new Span<T>(target, taken).Fill(T.CreateTruncating(_value));
            }
            else
            {
                BitUnpacker.Unpack(_packed, _packedBit, Width, target, taken);
                _packedBit += (long)taken * Width;
            }

            target += taken;
            count -= taken;
            _left -= taken;
        }
    }

    /// <summary>Passes over so many values.</summary>
    public void Skip(long count)
    {
        while (count > 0)
        {
            if (_left == 0)
            {
                StartRun();
                continue;
            }

            var taken = Math.Min(_left, count);
            _packedBit += taken * Width;
            count -= taken;
            _left -= taken;
        }
    }

    private void StartRun()
    {
        var head = Varint.Read(ref _next, _end);
        if (head > uint.MaxValue)
        {
            throw new InvalidDataException("a run is longer than a page can be");
        }

        if ((head & 1) == 0)
        {
            _packed = null;
            _left = (long)(head >> 1);
            _value = 0;
            var bytes = (Width + 7) >> 3;
            if (bytes > _end - _next)
            {
                throw Ended();
            }

            for (var i = 0; i < bytes; i++)
            {
                _value |= (uint)*_next++ << (8 * i);
            }

            return;
        }

        // Some writers cut the last group off behind its last value, so that less than announced may be there.
        var groups = (long)(head >> 1);
        var length = Width == 0 ? 0 : Math.Min(groups * Width, _end - _next);
        _packed = _next;
        _packedBit = 0;
        _left = Width == 0 ? groups * 8 : Math.Min(groups * 8, length * 8 / Width);
        _next += length;
        if (_left == 0 && groups > 0)
        {
            throw Ended();
        }
    }

    private static InvalidDataException Ended() => new("its runs end before the last value");
}
