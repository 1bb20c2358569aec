using System.Buffers.Binary;
using Engine.Core.Arrow.Format;
using Engine.Core.Memory;

namespace Engine.Core.Arrow.Reading;

/// <summary>
/// The bytes that messages come in. What a length claims is allocated only as far as bytes are there: at once where the stream knows its end,
/// step by step where it does not.
/// </summary>
internal sealed unsafe class ArrowInput(Stream stream)
{
    private const int Continuation = -1;
    private const int FirstStep = 1 << 20;

    /// <summary>Goes to a place of a stream that can seek.</summary>
    public void MoveTo(long position) => stream.Position = position;

    /// <summary>The metadata of a message that a footer names.</summary>
    public ArrowMessage ReadMessage(ArrowBlock block, ArrowMessageKind kind)
    {
        MoveTo(block.Offset);
        var message = ReadMessage();
        return message?.Kind == kind ? message : throw new InvalidDataException($"there is no {kind} at {block.Offset}");
    }

    /// <summary>The next message's metadata; null at the stream's end, which a mark or the end of the bytes may be.</summary>
    public ArrowMessage? ReadMessage()
    {
        Span<byte> word = stackalloc byte[sizeof(int)];
        var read = stream.ReadAtLeast(word, word.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            return null;
        }

        if (read < word.Length)
        {
            throw Ended();
        }

        // Before Arrow 0.15 the length stood there alone.
        var length = BinaryPrimitives.ReadInt32LittleEndian(word);
        if (length == Continuation)
        {
            Fill(word);
            length = BinaryPrimitives.ReadInt32LittleEndian(word);
        }

        return length switch
        {
            0 => null,
            < 0 => throw new InvalidDataException($"a message has metadata of {length} bytes"),
            _ => ArrowMessage.Read(ReadBytes(length)),
        };
    }

    /// <summary>Fails unless so many bytes are there, as far as the stream can tell.</summary>
    public void Require(long length)
    {
        if (stream.CanSeek && length > stream.Length - stream.Position)
        {
            throw Ended();
        }
    }

    public void Skip(long length)
    {
        if (stream.CanSeek)
        {
            Require(length);
            stream.Position += length;
            return;
        }

        var scrap = new byte[Math.Min(length, 64 << 10)];
        for (; length > 0; length -= Math.Min(length, scrap.Length))
        {
            Fill(scrap.AsSpan(0, (int)Math.Min(length, scrap.Length)));
        }
    }

    public byte[] ReadBytes(int length)
    {
        Require(length);
        var bytes = new byte[stream.CanSeek ? length : Math.Min(length, FirstStep)];
        Fill(bytes);
        while (bytes.Length < length)
        {
            var filled = bytes.Length;
            Array.Resize(ref bytes, (int)Math.Min(length, bytes.Length * 2L));
            Fill(bytes.AsSpan(filled));
        }

        return bytes;
    }

    public NativeBuffer Read(long length, MemoryPool pool)
    {
        Require(length);
        var buffer = pool.Allocate(stream.CanSeek ? length : Math.Min(length, FirstStep), "arrow body");
        try
        {
            Fill(buffer, 0);
            while (buffer.Length < length)
            {
                var larger = pool.Allocate(Math.Min(length, buffer.Length * 2), "arrow body");
                System.Buffer.MemoryCopy(buffer.Pointer, larger.Pointer, larger.Length, buffer.Length);
                var filled = buffer.Length;
                buffer.Release();
                buffer = larger;
                Fill(buffer, filled);
            }

            return buffer;
        }
        catch
        {
            buffer.Release();
            throw;
        }
    }

    public static InvalidDataException Ended() => new("it ends in the middle of a message; it may be cut off");

    private void Fill(NativeBuffer buffer, long from)
    {
        const int most = 1 << 30;
        for (; from < buffer.Length; from += most)
        {
            Fill(new Span<byte>(buffer.Pointer + from, (int)Math.Min(most, buffer.Length - from)));
        }
    }

    private void Fill(Span<byte> target)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
        {
            throw Ended();
        }
    }
}
