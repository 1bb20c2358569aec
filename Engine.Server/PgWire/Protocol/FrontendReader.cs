using System.Buffers.Binary;
using Engine.Core.Errors;
using Engine.Core.Memory;

namespace Engine.Server.PgWire.Protocol;

/// <summary>Reads the client's messages from a stream, with a bound on what one may take of memory.</summary>
internal sealed class FrontendReader(Stream stream) : IDisposable
{
    /// <summary>The most that a message may have before the client is known.</summary>
    public const int MaxStartupLength = 10_000;

    /// <summary>The most that a message may have.</summary>
    public const int MaxLength = 64 << 20;

    /// <summary>A buffer that has grown beyond this is given back when it is empty.</summary>
    private const int UsualCapacity = 64 << 10;

    /// <summary>So much of what is to come is read while a statement runs.</summary>
    private const int MaxReadAhead = UsualCapacity;

    private readonly Lock _lock = new();
    private byte[] _buffer = new byte[8 << 10];
    private int _start;
    private int _end;
    private MemoryPool? _pool;
    private long _reservedBytes;
    private Task<int>? _arrival;
    private Action? _gone;
    private bool _isWatching;

    private int Available => _end - _start;

    /// <summary>What large messages are counted to from now on.</summary>
    public void CountTo(MemoryPool pool) => _pool = pool;

    /// <summary>Nothing is read any more.</summary>
    public void Dispose()
    {
        _pool?.Release(_reservedBytes);
        _reservedBytes = 0;
    }

    /// <summary>Whether bytes of the next message are here already.</summary>
    public bool HasInput => Available > 0;

    /// <summary>The next message; null when the client has gone.</summary>
    /// <param name="maxLength">The most that it may have.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<FrontendMessage?> ReadAsync(int maxLength, CancellationToken cancellationToken)
    {
        if (!await EnsureAsync(5, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var type = _buffer[_start];
        var length = CheckLength(BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + 1)), maxLength);
        return await EnsureAsync(1 + length, cancellationToken).ConfigureAwait(false) ? new FrontendMessage(type, Take(1 + length)[5..]) : null;
    }

    /// <summary>The payload of the first message, which has no letter; null when the client has gone.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadStartupAsync(CancellationToken cancellationToken)
    {
        if (!await EnsureAsync(4, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var length = CheckLength(BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start)), MaxStartupLength);
        return await EnsureAsync(length, cancellationToken).ConfigureAwait(false) ? Take(length)[4..] : null;
    }

    /// <summary>
    /// Reads ahead, as far as there is room, to learn when the client goes: bytes that it has sent before would hide that. To be called while no message is
    /// being read; what was read of the last one stays as it is.
    /// </summary>
    /// <param name="gone">Called, once at most, when the client has gone.</param>
    public void Watch(Action gone)
    {
        lock (_lock)
        {
            _gone = gone;
            if (!_isWatching)
            {
                _isWatching = true;
                _ = WatchAsync();
            }
        }
    }

    /// <summary>The next message may be read.</summary>
    public void StopWatching()
    {
        lock (_lock)
        {
            _gone = null;
        }
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            Task<int> arrival;
            lock (_lock)
            {
                if (_gone is null || !HasRoomAhead())
                {
                    _isWatching = false;
                    return;
                }

                arrival = _arrival ??= Receive();
            }

            int count;
            try
            {
                count = await arrival.ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                count = 0;
            }

            Action? gone;
            lock (_lock)
            {
                gone = _gone;
                if (gone is not null && count > 0)
                {
                    Accept(arrival, count);
                    continue;
                }

                // What came is left to who reads the next message, and so is the end.
                _isWatching = false;
            }

            gone?.Invoke();
            return;
        }
    }

    /// <summary>Whether more can be read without moving what is there.</summary>
    private bool HasRoomAhead()
    {
        if (_arrival is null && _end == _buffer.Length)
        {
            if (_buffer.Length >= MaxReadAhead)
            {
                return false;
            }

            Grow(_buffer.Length * 2);
        }

        return true;
    }

    private static int CheckLength(int length, int maxLength) => length >= 4 && length <= maxLength
        ? length
        : throw new QueryException(ErrorCodes.ProtocolViolation, $"invalid message length: {length}");

    private ReadOnlyMemory<byte> Take(int length)
    {
        var bytes = _buffer.AsMemory(_start, length);
        _start += length;
        return bytes;
    }

    private async ValueTask<bool> EnsureAsync(int length, CancellationToken cancellationToken)
    {
        while (Available < length)
        {
            MakeRoom(length);
            if (await FillAsync(cancellationToken).ConfigureAwait(false) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Bytes for a message are to come. The buffer grows with what has come, not with what a message says of itself.</summary>
    private void MakeRoom(int length)
    {
        if (_arrival is not null)
        {
            return;
        }

        if (Available == 0)
        {
            _start = _end = 0;
            if (_buffer.Length > UsualCapacity)
            {
                _buffer = new byte[UsualCapacity];
                _pool?.Release(_reservedBytes);
                _reservedBytes = 0;
            }
        }

        if (_start > 0 && _start + length > _buffer.Length)
        {
            _buffer.AsSpan(_start, Available).CopyTo(_buffer);
            (_start, _end) = (0, Available);
        }

        if (_end == _buffer.Length)
        {
            Grow(Math.Min(_buffer.Length * 2, MaxLength + 1));
        }
    }

    /// <summary>One read at a time: a wait that was given up leaves it to the next one.</summary>
    private async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        Task<int> arrival;
        lock (_lock)
        {
            arrival = _arrival ??= Receive();
        }

        var count = await arrival.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            Accept(arrival, count);
        }

        return count;
    }

    /// <exception cref="QueryException">53200: the session's user, or the engine, has no memory left for it.</exception>
    private void Grow(int capacity)
    {
        if (_pool is not null && capacity > UsualCapacity)
        {
            _pool.Reserve(capacity - _reservedBytes, "a message of the client");
            _reservedBytes = capacity;
        }

        Array.Resize(ref _buffer, capacity);
    }

    private Task<int> Receive() => stream.ReadAsync(_buffer, _end, _buffer.Length - _end, CancellationToken.None);

    /// <summary>Takes what came, unless somebody has.</summary>
    private void Accept(Task<int> arrival, int count)
    {
        if (ReferenceEquals(_arrival, arrival))
        {
            _arrival = null;
            _end += count;
        }
    }
}
