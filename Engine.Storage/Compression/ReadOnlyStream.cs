namespace Engine.Storage.Compression;

/// <summary>What every forward-only decompressing stream shares.</summary>
public abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new InvalidOperationException("the length is not known");

    public override long Position
    {
        get => throw new InvalidOperationException("forward only");
        set => throw new InvalidOperationException("forward only");
    }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new InvalidOperationException("forward only");

    public override void SetLength(long value) => throw new InvalidOperationException("read only");

    public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("read only");
}
