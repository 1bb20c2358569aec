using Engine.Core.Memory;

namespace Engine.Core.Columns;

/// <summary>A stretch of a native buffer, or nothing. Copying the struct shares; <see cref="Retain"/> and <see cref="Release"/> count.</summary>
public readonly unsafe struct BufferSlice(NativeBuffer? owner, byte* pointer)
{
    public BufferSlice(NativeBuffer owner)
        : this(owner, owner.Pointer)
    {
    }

    public static BufferSlice None => default;

    public NativeBuffer? Owner { get; } = owner;

    public byte* Pointer { get; } = pointer;

    public bool IsNone => Pointer == null;

    /// <summary>Shares the buffer from <paramref name="byteOffset"/> on.</summary>
    public BufferSlice RetainFrom(long byteOffset) => IsNone ? default : new BufferSlice(Owner?.Retain(), Pointer + byteOffset);

    public BufferSlice Retain() => RetainFrom(0);

    public void Release() => Owner?.Release();

    /// <summary>For a using statement.</summary>
    public BufferLease AsDisposable() => new(this);
}

/// <summary>Releases a slice at the end of a scope.</summary>
public readonly struct BufferLease(BufferSlice slice) : IDisposable
{
    public void Dispose() => slice.Release();
}
