using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Storage.Csv;

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
        var target = Reserve(text.Length);
        text.CopyTo(new Span<byte>(target, text.Length));
        return Commit(target, text.Length);
    }

    /// <summary>Copies the content of a quoted field without its escapes.</summary>
    public StringView AddUnescaped(ReadOnlySpan<byte> content, CsvDialect dialect)
    {
        var target = Reserve(content.Length);
        return Commit(target, CsvField.Unescape(content, dialect, new Span<byte>(target, content.Length)));
    }

    private byte* Reserve(int length)
    {
        if (_buffers.Count == 0 || _buffers[^1].Length - _used < length)
        {
            var grown = Math.Min(4 << 20, MinBufferLength << Math.Min(_buffers.Count, 10));
            _buffers.Add(pool.Allocate(Math.Max(length, grown - NativeBuffer.Padding), "unescaped text"));
            _used = 0;
        }

        return _buffers[^1].Pointer + _used;
    }

    private StringView Commit(byte* target, int length)
    {
        var view = StringView.Over(target, length, FirstBuffer + _buffers.Count - 1, _used);
        _used += length > StringView.MaxInlineLength ? length : 0;
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
