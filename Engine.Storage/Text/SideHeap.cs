using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Storage.Text;

/// <summary>Copies of the long strings of a column that cannot stay where they were read. They lie in the buffers behind the block's.</summary>
internal sealed unsafe class SideHeap(MemoryPool pool)
{
    private const int MinBufferLength = 16 << 10;
    private const int FirstBuffer = 1;

    private readonly List<NativeBuffer> _buffers = [];
    private int _used;

    /// <summary>Copies a string of more than twelve bytes.</summary>
    public StringView Add(ReadOnlySpan<byte> text)
    {
        if (_buffers.Count == 0 || _buffers[^1].Length - _used < text.Length)
        {
            var grown = Math.Min(4 << 20, MinBufferLength << _buffers.Count);
            _buffers.Add(pool.Allocate(Math.Max(text.Length, grown - NativeBuffer.Padding), "unescaped text"));
            _used = 0;
        }

        var target = _buffers[^1].Pointer + _used;
        text.CopyTo(new Span<byte>(target, text.Length));
        var view = StringView.Over(target, text.Length, FirstBuffer + _buffers.Count - 1, _used);
        _used += text.Length;
        return view;
    }

    /// <summary>The heap of the column: the block first, when it is used, then the copies, which are handed over.</summary>
    public TextHeap ToHeap(NativeBuffer? block)
    {
        if (block is null && _buffers.Count == 0)
        {
            return TextHeap.Empty;
        }

        // Views count on the block having the first place; where no view needs it, the first copy stands in.
        var heap = new TextHeap([(block ?? _buffers[0]).Retain(), .. _buffers]);
        _buffers.Clear();
        return heap;
    }

    public void Release()
    {
        foreach (var buffer in _buffers)
        {
            buffer.Release();
        }

        _buffers.Clear();
    }
}
