using System.Buffers.Binary;
using System.Text;
using Engine.Core.Text;

namespace Engine.Server.PgWire.Protocol;

/// <summary>Gathers the server's messages and sends them. One thread at a time.</summary>
internal sealed class BackendWriter(Stream stream)
{
    /// <summary>So much is gathered before it is sent.</summary>
    private const int MaxGathered = 32 << 10;

    private int _messageStart;
    private bool _isSending;

    /// <summary>Where the fields of a message are written between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public ByteWriter Bytes { get; } = new(8 << 10) { HasShortBooleans = true };

    /// <summary>Whether enough is gathered for a send to be worth its while.</summary>
    public bool IsFull => Bytes.Length >= MaxGathered;

    public BackendWriter Begin(char type)
    {
        Bytes.Add((byte)type);
        _messageStart = Bytes.Length;
        return Int32(0);
    }

    public void End() => Bytes.PatchInt32(_messageStart, Bytes.Length - _messageStart);

    public BackendWriter Byte(byte value)
    {
        Bytes.Add(value);
        return this;
    }

    public BackendWriter Int16(int value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Bytes.GetSpan(2), (short)value);
        Bytes.Advance(2);
        return this;
    }

    public BackendWriter Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Bytes.GetSpan(4), value);
        Bytes.Advance(4);
        return this;
    }

    /// <summary>Text with a zero byte at its end; zero bytes within would end it early.</summary>
    public BackendWriter Text(string text)
    {
        Bytes.Add(text.Replace("\0", string.Empty, StringComparison.Ordinal));
        return Byte(0);
    }

    public BackendWriter Raw(ReadOnlySpan<byte> bytes)
    {
        Bytes.Add(bytes);
        return this;
    }

    /// <summary>A message of no fields.</summary>
    public void Message(char type) => Begin(type).End();

    /// <summary>A message of one text.</summary>
    public void Message(char type, string text) => Begin(type).Text(text).End();

    /// <summary>Gives up what is gathered; false when a part of it may have been sent, so that nothing that follows could be understood.</summary>
    public bool TryAbandon()
    {
        Bytes.Clear();
        return !_isSending;
    }

    /// <summary>Sends what is gathered. Waits for a client that does not read.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (Bytes.Length > 0)
        {
            _isSending = true;
            await stream.WriteAsync(Bytes.WrittenMemory, cancellationToken).ConfigureAwait(false);
            _isSending = false;
            Bytes.Clear();
        }
    }

    /// <summary>
    /// As <see cref="FlushAsync(CancellationToken)"/>. When the statement is cancelled while its client does not read, it gives up at once what it holds; the
    /// client is waited for all the same, since a message that is half sent cannot be taken back.
    /// </summary>
    /// <param name="giveUp">What is to be done then.</param>
    /// <param name="statement">The statement is cancelled.</param>
    /// <param name="cancellationToken">The connection ends.</param>
    /// <exception cref="OperationCanceledException">One of the two has come.</exception>
    public async ValueTask FlushAsync(Action giveUp, CancellationToken statement, CancellationToken cancellationToken)
    {
        var sending = FlushAsync(cancellationToken);
        if (sending.IsCompleted)
        {
            await sending.ConfigureAwait(false);
            return;
        }

        var sent = sending.AsTask();
        try
        {
            await sent.WaitAsync(statement).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!sent.IsCompleted)
        {
            // Not on the thread of who cancels.
            await Task.Run(giveUp, CancellationToken.None).ConfigureAwait(false);
            await sent.ConfigureAwait(false);
            throw;
        }
    }
}
