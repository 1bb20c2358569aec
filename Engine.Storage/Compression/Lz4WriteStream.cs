using System.Buffers.Binary;

namespace Engine.Storage.Compression;

/// <summary>Compresses into one LZ4 frame; disposing ends it.</summary>
public sealed class Lz4WriteStream : Stream
{
    private readonly Stream _target;
    private readonly bool _leaveOpen;
    private readonly byte[] _block = new byte[Lz4FrameHeader.Written.MaxBlockLength];
    private readonly byte[] _compressed = new byte[Lz4Block.MaxCompressedLength(Lz4FrameHeader.Written.MaxBlockLength)];
    private readonly XxHash32 _hash = new();
    private int _length;
    private bool _isEnded;

    public Lz4WriteStream(Stream target, bool leaveOpen = false)
    {
        _target = target;
        _leaveOpen = leaveOpen;
        _target.Write(Lz4FrameHeader.Written.ToBytes());
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

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.Add(buffer);
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, _block.Length - _length);
            buffer[..count].CopyTo(_block.AsSpan(_length));
            _length += count;
            buffer = buffer[count..];
            if (_length == _block.Length)
            {
                WriteBlock();
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        WriteBlock();
        _target.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("write only");

    public override long Seek(long offset, SeekOrigin origin) => throw new InvalidOperationException("forward only");

    public override void SetLength(long value) => throw new InvalidOperationException("forward only");

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isEnded)
        {
            _isEnded = true;
            WriteBlock();
            WriteNumber(0);
            WriteNumber(_hash.Finish());
            if (!_leaveOpen)
            {
                _target.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void WriteBlock()
    {
        if (_length == 0)
        {
            return;
        }

        var compressed = Lz4Block.Compress(_block.AsSpan(0, _length), _compressed);
        if (compressed < _length)
        {
            WriteNumber((uint)compressed);
            _target.Write(_compressed.AsSpan(0, compressed));
        }
        else
        {
            WriteNumber((uint)_length | Lz4FrameHeader.UncompressedFlag);
            _target.Write(_block.AsSpan(0, _length));
        }

        _length = 0;
    }

    private void WriteNumber(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _target.Write(bytes);
    }
}
