namespace Engine.Storage.Compression;

/// <summary>Decompresses a stream of Zstandard frames.</summary>
public sealed unsafe class ZstdReadStream : ReadOnlyStream
{
    /// <summary>Frames that want a window of more than 2^27 bytes (the library's default limit) are refused, so that a small file cannot take all memory.</summary>
    private const int MaxWindowLog = 27;

    private readonly Stream _source;
    private readonly byte[] _input = new byte[128 << 10];
    private nint _context;
    private int _inputStart;
    private int _inputEnd;
    private bool _isInsideFrame;
    private bool _hasRead;

    public ZstdReadStream(Stream source)
    {
        Zstd.Require();
        _source = source;
        _context = ZstdNative.CreateReader();
        _ = ZstdNative.SetReaderParameter(_context, ZstdNative.WindowLogMaxParameter, MaxWindowLog);
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (true)
        {
            if (_inputStart == _inputEnd)
            {
                _inputStart = 0;
                _inputEnd = _source.Read(_input);
            }

            var isAtEnd = _inputEnd == 0;
            if (isAtEnd && !_isInsideFrame)
            {
                return _hasRead ? 0 : throw new InvalidDataException("compressed file is empty");
            }

            _hasRead = true;

            var written = Step(buffer, out var hasMoreOutput);
            if (written > 0)
            {
                return written;
            }

            if (isAtEnd && !hasMoreOutput)
            {
                throw new InvalidDataException("the Zstandard data ends in the middle of a frame");
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (_context != 0)
        {
            _ = ZstdNative.FreeReader(_context);
            _context = 0;
        }

        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Step(Span<byte> buffer, out bool hasMoreOutput)
    {
        fixed (byte* from = _input)
        fixed (byte* to = buffer)
        {
            var input = new ZstdNative.ZstdBuffer { Bytes = from + _inputStart, Size = (nuint)(_inputEnd - _inputStart) };
            var output = new ZstdNative.ZstdBuffer { Bytes = to, Size = (nuint)buffer.Length };
            var result = ZstdNative.DecompressStream(_context, &output, &input);
            if (ZstdNative.IsError(result) != 0)
            {
                throw new InvalidDataException($"bad Zstandard data ({ZstdNative.ErrorName(result)})");
            }

            _inputStart += (int)input.Position;
            _isInsideFrame = result != 0;
            hasMoreOutput = output.Position == output.Size;
            return (int)output.Position;
        }
    }
}
