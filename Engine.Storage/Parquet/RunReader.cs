namespace Engine.Storage.Parquet;

/// <summary>
/// Reads the hybrid of runs and bit-packed groups that levels and dictionary ids are stored in. The bytes lie in a native buffer, whose
/// padding makes loads of eight bytes safe at the end.
/// </summary>
internal unsafe struct RunReader
{
    private readonly byte* _end;
    private readonly int _width;
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
        _width = width;
    }

    /// <summary>Reads so many values.</summary>
    public void Read(int* target, int count)
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
                new Span<int>(target, taken).Fill((int)_value);
            }
            else
            {
                Unpack(target, taken);
            }

            target += taken;
            count -= taken;
            _left -= taken;
        }
    }

    private void StartRun()
    {
        var head = ReadVarint();
        if ((head & 1) == 0)
        {
            _packed = null;
            _left = (long)(head >> 1);
            _value = 0;
            var bytes = (_width + 7) >> 3;
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
        var length = _width == 0 ? 0 : Math.Min(groups * _width, _end - _next);
        _packed = _next;
        _packedBit = 0;
        _left = _width == 0 ? groups * 8 : Math.Min(groups * 8, length * 8 / _width);
        _next += length;
        if (_left == 0 && groups > 0)
        {
            throw Ended();
        }
    }

    private void Unpack(int* target, int count)
    {
        var mask = _width == 32 ? uint.MaxValue : (1u << _width) - 1;
        for (var i = 0; i < count; i++)
        {
            target[i] = (int)((uint)(*(ulong*)(_packed + (_packedBit >> 3)) >> (int)(_packedBit & 7)) & mask);
            _packedBit += _width;
        }
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (_next >= _end)
            {
                throw Ended();
            }

            var part = *_next++;
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }

        throw new InvalidDataException("a run is longer than a page can be");
    }

    private static InvalidDataException Ended() => new("its runs end before the last value");
}
