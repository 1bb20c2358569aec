using System.Runtime.CompilerServices;
using Engine.Core.Memory;

namespace Engine.Core.Columns;

/// <summary>The buffers that the long strings of one or more columns lie in. Shared by counting references.</summary>
public sealed unsafe class TextHeap
{
    /// <summary>A heap for columns whose strings are all short.</summary>
    public static readonly TextHeap Empty = new([], isShared: true);

    private readonly BufferSlice[] _buffers;
    private readonly nint[] _starts;
    private readonly bool _isShared;
    private int _references = 1;

    /// <summary>Takes the buffers over.</summary>
    public TextHeap(params NativeBuffer[] buffers)
        : this([.. buffers.Select(buffer => new BufferSlice(buffer))], isShared: false)
    {
    }

    /// <summary>Takes the slices over.</summary>
    public TextHeap(params BufferSlice[] buffers)
        : this(buffers, isShared: false)
    {
    }

    private TextHeap(BufferSlice[] buffers, bool isShared)
    {
        _buffers = buffers;
        _starts = [.. buffers.Select(buffer => (nint)buffer.Pointer)];
        _isShared = isShared;
    }

    /// <summary>The bytes of a long string.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Resolve(in StringView view) => (byte*)_starts[view.BufferIndex] + view.Offset;

    public TextHeap Retain()
    {
        if (!_isShared && Interlocked.Increment(ref _references) <= 1)
        {
            throw new ObjectDisposedException(nameof(TextHeap));
        }

        return this;
    }

    public void Release()
    {
        if (!_isShared && Interlocked.Decrement(ref _references) == 0)
        {
            foreach (var buffer in _buffers)
            {
                buffer.Release();
            }
        }
    }
}
