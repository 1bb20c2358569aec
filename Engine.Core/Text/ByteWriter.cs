using System.Buffers;
using System.Text;
using Engine.Core.Functions;

namespace Engine.Core.Text;

/// <summary>Bytes that grow at their end, for one thread; reused by <see cref="Clear"/>.</summary>
public sealed class ByteWriter(int initialCapacity = 256) : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[initialCapacity];

    /// <summary>Instants are written as clocks in this zone show them.</summary>
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Gives the names of objects that are shown by name; without it they are numbers.</summary>
    public ICatalogObjects? Objects { get; set; }

    public TextContext Context
    {
        init => (Zone, Objects) = (value.Zone, value.Objects);
    }

    /// <summary>Booleans are t and f, as PostgreSQL sends them, and not true and false, as its casts write them.</summary>
    public bool HasShortBooleans { get; init; }

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Takes what was written last off again, down to a length it had before.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length);
        Length = length;
    }

    public void Add(byte value)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[Length++] = value;
    }

    public void Add(ReadOnlySpan<byte> values)
    {
        values.CopyTo(GetSpan(values.Length));
        Length += values.Length;
    }

    /// <summary>Adds a text as UTF-8.</summary>
    public void Add(string text) => Length += Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - Length));
        Length += count;
    }

    /// <summary>Puts a number, its highest byte first, over four bytes that were written before.</summary>
    public void PatchInt32(int place, int value) => System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(0, Length).Slice(place, 4), value);

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (wanted > _bytes.Length - Length)
        {
            Grow(wanted);
        }

        return _bytes.AsSpan(Length);
    }

    public override string ToString() => Encoding.UTF8.GetString(Written);

    private void Grow(int wanted) => Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)Length + wanted, _bytes.Length * 2L)));
}
