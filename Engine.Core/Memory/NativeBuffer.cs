namespace Engine.Core.Memory;

/// <summary>
/// A reference-counted block of native memory: 64-byte aligned, and readable and writable for 64 bytes past <see cref="Length"/>, so that
/// vector code may load and store whole registers at its end. The creator holds the first reference.
/// </summary>
public sealed unsafe class NativeBuffer
{
    public const int Alignment = 64;
    public const int Padding = 64;

    private readonly MemoryPool _pool;
    private readonly string _purpose;
    private byte* _pointer;
    private int _references = 1;

    internal NativeBuffer(MemoryPool pool, byte* pointer, long length, long capacity, string purpose)
    {
        _pool = pool;
        _pointer = pointer;
        Length = length;
        Capacity = capacity;
        _purpose = purpose;
    }

    public byte* Pointer => _pointer;

    /// <summary>Bytes asked for.</summary>
    public long Length { get; }

    /// <summary>What the block is for, shown when a pool is closed with memory still out.</summary>
    public string Purpose => _purpose;

    /// <summary>Bytes of the block, padding included; what the pool accounts for.</summary>
    internal long Capacity { get; }

    /// <summary>Which of the pool's lists it is in, and its neighbours there.</summary>
    internal int LiveList { get; set; }

    internal NativeBuffer? PreviousLive { get; set; }

    internal NativeBuffer? NextLive { get; set; }

    public Span<byte> Span => new(_pointer, checked((int)Length));

    public NativeBuffer Retain()
    {
        if (Interlocked.Increment(ref _references) <= 1)
        {
            throw new ObjectDisposedException(nameof(NativeBuffer), _purpose);
        }

        return this;
    }

    public void Release()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left == 0)
        {
            Abandon();
        }
        else if (left < 0)
        {
            throw new ObjectDisposedException(nameof(NativeBuffer), _purpose);
        }
    }

    /// <summary>Frees the block whoever still refers to it; what is released afterwards is gone already.</summary>
    internal void Abandon()
    {
        var pointer = _pointer;
        if (pointer != null)
        {
            _pointer = null;
            _pool.Free(this, pointer);
        }
    }
}
