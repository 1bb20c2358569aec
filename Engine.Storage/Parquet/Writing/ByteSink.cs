using Engine.Core.Columns.Builders;
using Engine.Core.Memory;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Bytes in pooled memory that grow at their end: where pages are put together.</summary>
internal sealed unsafe class ByteSink(MemoryPool pool, string purpose) : IDisposable
{
    private readonly GrowingBuffer _buffer = new(pool, purpose);

    public long Length { get; private set; }

    public byte* Pointer => _buffer.Pointer;

    public ReadOnlySpan<byte> Span => new(_buffer.Pointer, checked((int)Length));

    public void Clear() => Length = 0;

    /// <summary>Room for so many bytes more, none included: never null, and 64 bytes may be written past them. <see cref="Advance"/> keeps them.</summary>
    public byte* Reserve(long byteCount)
    {
        _buffer.Ensure(Math.Max(Length + byteCount, 1), Length);
        return _buffer.Pointer + Length;
    }

    public void Advance(long byteCount) => Length += byteCount;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(new Span<byte>(Reserve(bytes.Length), bytes.Length));
        Length += bytes.Length;
    }

    public void Add(byte value)
    {
        *Reserve(1) = value;
        Length++;
    }

    /// <summary>An unsigned number of seven bits a byte, lowest first (ULEB128).</summary>
    public void AddVarint(ulong value)
    {
        for (; value >= 128; value >>= 7)
        {
            Add((byte)(value | 128));
        }

        Add((byte)value);
    }

    public void AddZigZag(long value) => AddVarint((ulong)((value << 1) ^ (value >> 63)));

    public void Dispose()
    {
        _buffer.Dispose();
        Length = 0;
    }
}
