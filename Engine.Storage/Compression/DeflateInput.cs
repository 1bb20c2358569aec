using System.Buffers.Binary;

namespace Engine.Storage.Compression;

/// <summary>The bits of a deflate stream, lowest first, and the whole bytes around it. Knows exactly where the stream ends, unlike the framework's.</summary>
internal sealed class DeflateInput(Stream source)
{
    private readonly byte[] _buffer = new byte[64 << 10];
    private int _position;
    private int _end;
    private int _missingBits;

    /// <summary>Bits that were read ahead; those above <see cref="Count"/> may be anything that follows.</summary>
    public ulong Bits { get; private set; }

    public int Count { get; private set; }

    /// <summary>Makes at least 48 bits available; behind the end of the source they are zero.</summary>
    public void Refill()
    {
        if (_end - _position >= 8)
        {
            Bits |= BinaryPrimitives.ReadUInt64LittleEndian(_buffer.AsSpan(_position)) << Count;
            _position += (63 - Count) >> 3;
            Count |= 56;
            return;
        }

        RefillSlowly();
    }

    /// <summary>Uses bits up. Only what <see cref="Refill"/> made available.</summary>
    public void Skip(int count)
    {
        Bits >>= count;
        Count -= count;
    }

    public int Take(int count)
    {
        if (Count < count)
        {
            Refill();
        }

        var value = (int)(Bits & ((1UL << count) - 1));
        Skip(count);
        return value;
    }

    /// <summary>Fails when bits behind the end of the source were used.</summary>
    public void CheckEnd()
    {
        if (Count < _missingBits)
        {
            throw Truncated();
        }
    }

    public void AlignToByte() => Skip(Count & 7);

    /// <summary>A whole byte, or -1 at the end; the reader is on a byte.</summary>
    public int TryTakeByte()
    {
        if (Count < 8)
        {
            Refill();
        }

        if (Count - 8 < _missingBits)
        {
            return -1;
        }

        var value = (byte)Bits;
        Skip(8);
        return value;
    }

    public byte TakeByte()
    {
        var value = TryTakeByte();
        return value >= 0 ? (byte)value : throw Truncated();
    }

    public uint TakeUInt32() => (uint)(TakeByte() | (TakeByte() << 8) | (TakeByte() << 16) | (TakeByte() << 24));

    /// <summary>Copies whole bytes; as many as there are at once.</summary>
    public int CopyTo(Span<byte> target)
    {
        // Bits above Count stem from a wide load and are read again; they must not linger.
        var copied = 0;
        while (copied < target.Length && Count >= 8)
        {
            target[copied++] = TakeByte();
        }

        if (copied > 0)
        {
            return copied;
        }

        Bits = 0;
        if (_position == _end)
        {
            Fill();
        }

        copied = Math.Min(target.Length, _end - _position);
        if (copied == 0 && !target.IsEmpty)
        {
            throw Truncated();
        }

        _buffer.AsSpan(_position, copied).CopyTo(target);
        _position += copied;
        return copied;
    }

    private static InvalidDataException Truncated() => new("the compressed data ends early");

    private void RefillSlowly()
    {
        Bits = Count == 0 ? 0 : Bits & (ulong.MaxValue >> (64 - Count));
        while (Count <= 56)
        {
            if (_position == _end)
            {
                Fill();
            }

            if (_end == 0)
            {
                // Zeros stand in; whoever uses one of them up is told by CheckEnd.
                _missingBits += 8;
                Count += 8;
                continue;
            }

            Bits |= (ulong)_buffer[_position++] << Count;
            Count += 8;
        }
    }

    private void Fill()
    {
        _position = 0;
        _end = source.Read(_buffer);
    }
}
