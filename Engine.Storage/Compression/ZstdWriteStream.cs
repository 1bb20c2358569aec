using Engine.Core.Errors;

namespace Engine.Storage.Compression;

/// <summary>Compresses into one Zstandard frame with a checksum; disposing ends it.</summary>
public sealed unsafe class ZstdWriteStream : Stream
{
    private readonly Stream _target;
    private readonly bool _leaveOpen;
    private readonly byte[] _output = new byte[128 << 10];
    private nint _context;

    public ZstdWriteStream(Stream target, int level = Zstd.DefaultLevel, bool leaveOpen = false)
    {
        Zstd.Require();
        _target = target;
        _leaveOpen = leaveOpen;
        _context = ZstdNative.CreateWriter();
        Check(ZstdNative.SetWriterParameter(_context, ZstdNative.LevelParameter, level));
        Check(ZstdNative.SetWriterParameter(_context, ZstdNative.ChecksumParameter, 1));
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new InvalidOperationException("forward only");

    public override long Position
    {
        get => throw new InvalidOperationException("forward only");
        set => throw new InvalidOperationException("forward only");
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Push(buffer, directive: 0);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        Push(default, directive: 1);
        _target.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("write only");

    public override long Seek(long offset, SeekOrigin origin) => throw new InvalidOperationException("forward only");

    public override void SetLength(long value) => throw new InvalidOperationException("forward only");

    protected override void Dispose(bool disposing)
    {
        if (_context != 0)
        {
            if (disposing)
            {
                Push(default, ZstdNative.EndDirective);
            }

            _ = ZstdNative.FreeWriter(_context);
            _context = 0;
            if (disposing && !_leaveOpen)
            {
                _target.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private static void Check(nuint result)
    {
        if (ZstdNative.IsError(result) != 0)
        {
            throw new QueryException(ErrorCodes.InternalError, $"zstd: {ZstdNative.ErrorName(result)}");
        }
    }

    private void Push(ReadOnlySpan<byte> bytes, int directive)
    {
        fixed (byte* from = bytes)
        fixed (byte* to = _output)
        {
            var input = new ZstdNative.ZstdBuffer { Bytes = from, Size = (nuint)bytes.Length };
            nuint left;
            do
            {
                var output = new ZstdNative.ZstdBuffer { Bytes = to, Size = (nuint)_output.Length };
                left = ZstdNative.CompressStream(_context, &output, &input, directive);
                Check(left);
                _target.Write(_output.AsSpan(0, (int)output.Position));
            }
            while (input.Position < input.Size || (directive != 0 && left != 0));
        }
    }
}
