namespace Engine.Storage.Parquet;

/// <summary>Reads integers of the encoding DELTA_BINARY_PACKED, which lie in a native buffer.</summary>
internal unsafe struct DeltaReader
{
    private const int MaxBlockSize = 1 << 20;

    private readonly byte* _end;
    private readonly int _miniCount;
    private readonly int _miniSize;
    private byte* _next;
    private byte* _widths;
    private byte* _mini;
    private long _bit;
    private long _minDelta;
    private long _last;
    private long _left;
    private int _miniIndex;
    private int _miniLeft;
    private int _width;
    private bool _isFirst = true;

    public DeltaReader(byte* start, byte* end)
    {
        _next = start;
        _end = end;
        var blockSize = ReadVarint();
        var miniCount = ReadVarint();
        _left = (long)ReadVarint();
        _last = ReadZigZag();
        if (blockSize is 0 or > MaxBlockSize || miniCount == 0 || miniCount > blockSize || blockSize % miniCount != 0 || blockSize / miniCount % 8 != 0)
        {
            throw new InvalidDataException($"delta blocks of {blockSize} values in {miniCount} parts");
        }

        _miniCount = (int)miniCount;
        _miniSize = (int)(blockSize / miniCount);
        _miniIndex = _miniCount;
        if (_left is < 0 or > int.MaxValue)
        {
            throw new InvalidDataException($"{_left} delta values");
        }
    }

    /// <summary>Values not read yet.</summary>
    public readonly long Left => _left;

    /// <summary>Where the bytes read so far end: of the whole encoding once nothing is left.</summary>
    public readonly byte* Position => _next;

    public long Read()
    {
        if (_left == 0)
        {
            throw Ended();
        }

        _left--;
        if (_isFirst)
        {
            _isFirst = false;
            return _last;
        }

        if (_miniLeft == 0)
        {
            StartMini();
        }

        _miniLeft--;
        if (_width > 0)
        {
            _last = unchecked(_last + (long)Unpack());
        }

        _last = unchecked(_last + _minDelta);
        return _last;
    }

    /// <summary>Passes over all values to where the encoding ends.</summary>
    public byte* SkipToEnd()
    {
        while (_left > 0)
        {
            Read();
        }

        return _next;
    }

    private void StartMini()
    {
        if (_miniIndex == _miniCount)
        {
            _minDelta = ReadZigZag();
            if (_miniCount > _end - _next)
            {
                throw Ended();
            }

            _widths = _next;
            _next += _miniCount;
            _miniIndex = 0;
        }

        _width = _widths[_miniIndex++];
        if (_width > 64)
        {
            throw new InvalidDataException($"a bit width of {_width}");
        }

        // The last part may be cut off behind its last value.
        var length = Math.Min((long)_miniSize * _width / 8, _end - _next);
        if (length * 8 < Math.Min(_left + 1, _miniSize) * _width)
        {
            throw Ended();
        }

        _mini = _next;
        _bit = 0;
        _next += length;
        _miniLeft = _miniSize;
    }

    private ulong Unpack()
    {
        var from = _mini + (_bit >> 3);
        var shift = (int)(_bit & 7);
        var value = *(ulong*)from >> shift;
        if (shift + _width > 64)
        {
            value |= (ulong)from[8] << (64 - shift);
        }

        _bit += _width;
        return _width == 64 ? value : value & ((1UL << _width) - 1);
    }

    private long ReadZigZag()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
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

        throw new InvalidDataException("a number takes more than ten bytes");
    }

    private static InvalidDataException Ended() => new("its delta values end early");
}
