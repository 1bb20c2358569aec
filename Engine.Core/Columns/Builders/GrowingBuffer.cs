using System.Runtime.CompilerServices;
using Engine.Core.Memory;

namespace Engine.Core.Columns.Builders;

/// <summary>A native buffer that doubles when it is full.</summary>
public sealed unsafe class GrowingBuffer(MemoryPool pool, string purpose) : IDisposable
{
    private NativeBuffer? _buffer;
    private long _capacity;

    public byte* Pointer { get; private set; }

    /// <summary>Makes room for <paramref name="byteCount"/> bytes in all; what is there stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Ensure(long byteCount, long usedBytes)
    {
        if (byteCount > _capacity)
        {
            Grow(byteCount, usedBytes);
        }
    }

    /// <summary>Hands the buffer over and starts anew.</summary>
    public BufferSlice Take()
    {
        var taken = _buffer ?? pool.Allocate(0, purpose);
        _buffer = null;
        _capacity = 0;
        Pointer = null;
        return new BufferSlice(taken);
    }

    public void Dispose()
    {
        _buffer?.Release();
        _buffer = null;
        _capacity = 0;
    }

    private void Grow(long byteCount, long usedBytes)
    {
        // A block has a power-of-two size with the padding inside; asking for just under it wastes nothing.
        var wanted = Math.Max(byteCount, Math.Max(1024, _capacity * 2)) + NativeBuffer.Padding;
        var larger = pool.Allocate((long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)wanted) - NativeBuffer.Padding, purpose);
        if (_buffer is not null)
        {
            Buffer.MemoryCopy(_buffer.Pointer, larger.Pointer, larger.Length, usedBytes);
            _buffer.Release();
        }

        _buffer = larger;
        _capacity = larger.Length;
        Pointer = larger.Pointer;
    }
}
