using System.Buffers.Binary;
using Engine.Core.Errors;

namespace Engine.Server.PgWire.Protocol;

/// <summary>Reads the client's messages from a stream, with a bound on what one may take of memory.</summary>
internal sealed class FrontendReader(Stream stream)
{
    /// <summary>The most that a message may have before the client is known.</summary>
    public const int MaxStartupLength = 10_000;

    /// <summary>The most that a message may have.</summary>
    public const int MaxLength = 64 << 20;

    /// <summary>A buffer that has grown beyond this is given back when it is empty.</summary>
    private const int UsualCapacity = 64 << 10;

    private byte[] _buffer = new byte[8 << 10];
    private int _start;
    private int _end;
    private Task<int>? _arrival;

    private int Available => _end - _start;

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

    /// <summary>Completes when the client sends something or goes; true when it has gone. To be called while no message is being read.</summary>
    public async Task<bool> HasGoneAsync()
    {
        try
        {
            // The next read of a message takes what has come.
            return !HasInput && await Arrival().ConfigureAwait(false) == 0;
        }
        catch (IOException)
        {
            return true;
        }
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

    /// <summary>The buffer grows with what has come, not with what a message says of itself.</summary>
    private void MakeRoom(int length)
    {
        if (_arrival is not null)
        {
            return;
        }

        if (Available == 0)
        {
            _start = _end = 0;
            _buffer = _buffer.Length > UsualCapacity ? new byte[UsualCapacity] : _buffer;
        }

        if (_start > 0 && _start + length > _buffer.Length)
        {
            _buffer.AsSpan(_start, Available).CopyTo(_buffer);
            (_start, _end) = (0, Available);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaxLength + 1));
        }
    }

    private async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        var count = await Arrival().WaitAsync(cancellationToken).ConfigureAwait(false);
        _arrival = null;
        _end += count;
        return count;
    }

    /// <summary>One read at a time: a wait that was given up leaves it to the next one.</summary>
    private Task<int> Arrival()
    {
        if (_arrival is null)
        {
            MakeRoom(Available + 1);
            _arrival = stream.ReadAsync(_buffer, _end, _buffer.Length - _end, CancellationToken.None);
        }

        return _arrival;
    }
}
