using System.Buffers.Binary;
using System.Text;
using Engine.Core.Errors;

namespace Engine.Server.PgWire.Protocol;

/// <summary>Reads the fields of one message. Everything is checked against its end.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = payload;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Bytes(1)[0];

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Bytes(2));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Bytes(4));

    /// <summary>A count of things that have at least so many bytes each: a greater one than the message has room for is an error at once.</summary>
    public int Count(int minSize)
    {
        int count = BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));
        return count * (long)minSize <= _rest.Length ? count : throw Insufficient();
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if ((uint)length > (uint)_rest.Length)
        {
            throw Insufficient();
        }

        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    /// <summary>Text that ends with a zero byte.</summary>
    public string Text()
    {
        var end = _rest.IndexOf((byte)0);
        if (end < 0)
        {
            throw new QueryException(ErrorCodes.ProtocolViolation, "invalid string in message");
        }

        var text = ToText(_rest[..end]);
        _rest = _rest[(end + 1)..];
        return text;
    }

    /// <summary>UTF-8 as a string.</summary>
    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new QueryException(ErrorCodes.InvalidEncoding, "invalid byte sequence for encoding \"UTF8\"", cause: error);
        }
    }

    /// <exception cref="QueryException">There is more than was read.</exception>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw new QueryException(ErrorCodes.ProtocolViolation, "invalid message format");
        }
    }

    private static QueryException Insufficient() => new(ErrorCodes.ProtocolViolation, "insufficient data left in message");
}
