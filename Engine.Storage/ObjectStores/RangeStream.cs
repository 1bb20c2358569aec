using Engine.Core.Connectors;

namespace Engine.Storage.ObjectStores;

/// <summary>A file from a place on as a forward-only stream: the input of decompressors.</summary>
internal sealed class RangeStream(IRangeReader reader, ScanMetrics? metrics, CancellationToken cancellationToken, long position = 0) : Stream
{
    private long _position = position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => reader.Length;

    public override long Position
    {
        get => _position;
        set => throw new InvalidOperationException("forward only");
    }

    public override int Read(Span<byte> buffer)
    {
        var count = reader.Read(_position, buffer, cancellationToken);
        _position += count;
        metrics?.AddBytes(count);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new InvalidOperationException("forward only");

    public override void SetLength(long value) => throw new InvalidOperationException("read only");

    public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("read only");
}
