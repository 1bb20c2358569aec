using Engine.Core.Connectors;

namespace Engine.Storage.ObjectStores;

/// <summary>A file from a place on as a stream that may move about in it: the input of decompressors and of formats that are read by messages.</summary>
internal sealed class RangeStream(IRangeReader reader, ScanMetrics? metrics, CancellationToken cancellationToken, long position = 0) : Stream
{
    private long _position = position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => reader.Length;

    public override long Position
    {
        get => _position;
        set => _position = value;
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

    public override long Seek(long offset, SeekOrigin origin) => _position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => Length,
    };

    public override void SetLength(long value) => throw new InvalidOperationException("read only");

    public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("read only");
}
