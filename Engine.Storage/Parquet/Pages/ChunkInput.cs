using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.Parquet.Pages;

/// <summary>Reads a column chunk from front to back through a window. Pages are found one by one, as only their heads tell their length.</summary>
internal sealed unsafe class ChunkInput(IRangeReader reader, long start, long length, long limit, MemoryPool pool, ScanMetrics metrics) : IDisposable
{
    private const int WindowLength = (1 << 20) - NativeBuffer.Padding;

    private NativeBuffer? _window;
    private long _windowStart;
    private int _windowLength;
    private long _stop = start + length;

    /// <summary>Where the next byte lies in the file.</summary>
    public long Position { get; private set; } = start;

    /// <summary>Bytes up to where no page can lie. Some writers understate the length of a chunk, so that its end is no limit.</summary>
    public long Left => limit - Position;

    /// <summary>Bytes up to where the chunk, or the page that was sought, is said to end; may be less than none.</summary>
    public long Expected => _stop - Position;

    /// <summary>The next bytes, which stay unread; valid until the next call.</summary>
    public ReadOnlySpan<byte> Peek(int count, CancellationToken cancellationToken)
    {
        if (count > Left)
        {
            throw new InvalidDataException($"a page of {count} bytes does not fit the file");
        }

        if (_window is null || Position < _windowStart || Position + count > _windowStart + _windowLength)
        {
            Fill(count, cancellationToken);
        }

        return new ReadOnlySpan<byte>(_window!.Pointer + (Position - _windowStart), count);
    }

    public void Advance(int count) => Position += count;

    /// <summary>Passes over bytes that nobody has looked at.</summary>
    public void Skip(int count) => Position = count >= 0 && count <= Left ? Position + count : throw new InvalidDataException($"a page of {count} bytes does not fit the file");

    /// <summary>Goes on elsewhere, and reads no further than needed: what lies behind may be skipped as well.</summary>
    public void Seek(long position, int length) => (Position, _stop) = (position, position + length);

    public void Dispose()
    {
        _window?.Release();
        _window = null;
    }

    private void Fill(int count, CancellationToken cancellationToken)
    {
        // No further than the chunk, or the page that was sought, is said to go, unless more is asked for.
        var wanted = (int)Math.Max(count, Math.Min(WindowLength, Expected));
        var window = _window is { } old && old.Length >= wanted ? old : pool.Allocate(wanted, "parquet pages");

        // What of it has been read already stays: a header is read before anyone knows how long its page is.
        var kept = _window is not null && Position >= _windowStart && Position < _windowStart + _windowLength ? (int)(_windowStart + _windowLength - Position) : 0;
        if (kept > 0)
        {
            new ReadOnlySpan<byte>(_window!.Pointer + (Position - _windowStart), kept).CopyTo(new Span<byte>(window.Pointer, kept));
        }

        if (window != _window)
        {
            Dispose();
            _window = window;
        }

        var read = kept < wanted ? reader.Read(Position + kept, new Span<byte>(window.Pointer + kept, wanted - kept), cancellationToken) : 0;
        (_windowStart, _windowLength) = (Position, kept + read);
        metrics.AddBytes(read);
        if (_windowLength < count)
        {
            throw new InvalidDataException("the file got shorter while it was read");
        }
    }
}
