namespace Engine.Storage.Parquet.Encodings;

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
    private int _miniIndex;
    private int _miniLeft;
    private int _width;
    private bool _isFirst = true;

    /// <param name="start">First byte.</param>
    /// <param name="end">Behind the last byte of the page; the encoding may end before.</param>
    public DeltaReader(byte* start, byte* end)
    {
        _next = start;
        _end = end;
        var blockSize = Varint.Read(ref _next, end);
        var miniCount = Varint.Read(ref _next, end);
        Left = (long)Varint.Read(ref _next, end);
        _last = Varint.ReadZigZag(ref _next, end);
        if (blockSize is 0 or > MaxBlockSize || miniCount == 0 || miniCount > blockSize || blockSize % miniCount != 0 || blockSize / miniCount % 8 != 0)
        {
            throw new InvalidDataException($"delta blocks of {blockSize} values in {miniCount} parts");
        }

        _miniCount = (int)miniCount;
        _miniSize = (int)(blockSize / miniCount);
        _miniIndex = _miniCount;
        if (Left is < 0 or > int.MaxValue)
        {
            throw new InvalidDataException($"{Left} delta values");
        }
    }

    /// <summary>Values not read yet.</summary>
    public long Left { get; private set; }

    /// <summary>Reads so many values.</summary>
    public void Read(long* target, int count)
    {
        if (count > Left)
        {
            throw Ended();
        }

        if (_isFirst && count > 0)
        {
            _isFirst = false;
            *target++ = _last;
            count--;
            Left--;
        }

        while (count > 0)
        {
            if (_miniLeft == 0)
            {
                StartMini();
            }

            var taken = Math.Min(_miniLeft, count);
            BitUnpacker.Unpack(_mini, _bit, _width, (ulong*)target, taken);
            _last = RunningSum.Add(target, taken, _last, _minDelta);
            _bit += (long)taken * _width;
            _miniLeft -= taken;
            Left -= taken;
            target += taken;
            count -= taken;
        }
    }

    /// <summary>Passes over all values, part by part, to where the encoding ends.</summary>
    public byte* SkipToEnd()
    {
        if (_isFirst && Left > 0)
        {
            _isFirst = false;
            Left--;
        }

        while (Left > 0)
        {
            if (_miniLeft == 0)
            {
                StartMini();
            }

            Left -= Math.Min(_miniLeft, Left);
            _miniLeft = 0;
        }

        return _next;
    }

    private void StartMini()
    {
        if (_miniIndex == _miniCount)
        {
            _minDelta = Varint.ReadZigZag(ref _next, _end);
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
        if (length * 8 < Math.Min(Left, _miniSize) * _width)
        {
            throw Ended();
        }

        _mini = _next;
        _bit = 0;
        _next += length;
        _miniLeft = _miniSize;
    }

    private static InvalidDataException Ended() => new("its delta values end early");
}
