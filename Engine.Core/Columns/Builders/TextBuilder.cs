using System.Runtime.CompilerServices;
using System.Text;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns.Builders;

/// <summary>Builds a column of byte strings; long ones are copied into heap buffers of its own.</summary>
public sealed unsafe class TextBuilder : ColumnBuilder
{
    private const int FirstHeapBytes = 8 << 10;
    private const int MaxHeapBytes = 4 << 20;

    private readonly GrowingBuffer _views;
    private readonly List<NativeBuffer> _heaps = [];
    private byte* _free;
    private int _freeOffset;
    private int _freeBytes;
    private int _pending;

    public TextBuilder(DataType type, MemoryPool pool)
        : base(type, pool)
    {
        _views = new GrowingBuffer(pool, "views");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte* bytes, int length)
    {
        _views.Ensure((Count + 1L) * 16, Count * 16L);
        ((StringView*)_views.Pointer)[Count++] = length <= StringView.MaxInlineLength ? StringView.Inline(bytes, length) : Store(bytes, length);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
        {
            Append(pointer, bytes.Length);
        }
    }

    public void Append(string text)
    {
        var byteCount = Encoding.UTF8.GetByteCount(text);
        Span<byte> bytes = byteCount <= 512 ? stackalloc byte[byteCount] : new byte[byteCount];
        Encoding.UTF8.GetBytes(text, bytes);
        Append(bytes);
    }

    /// <summary>Appends a string of this length and gives its bytes to be written, before the next append.</summary>
    public Span<byte> AppendUninitialized(int length)
    {
        _views.Ensure((Count + 1L) * 16, Count * 16L);
        Count++;
        var bytes = ReserveHeap(length);
        _pending = length;
        return new Span<byte>(bytes, length);
    }

    /// <summary>Ends what <see cref="AppendUninitialized"/> began, once the bytes are written.</summary>
    public void CommitUninitialized()
    {
        var bytes = _free;
        ((StringView*)_views.Pointer)[Count - 1] = StringView.Over(bytes, _pending, _heaps.Count - 1, _freeOffset);
        if (_pending > StringView.MaxInlineLength)
        {
            Consume(_pending);
        }
    }

    public override void AppendFlat(Column source, ReadOnlySpan<int> rows)
    {
        var values = (TextColumn)source;
        var mayHaveNulls = values.MayHaveNulls;
        foreach (var row in rows)
        {
            if (row < 0 || (mayHaveNulls && values.IsNull(row)))
            {
                AppendNull();
                continue;
            }

            var view = values.Pointer + row;
            if (view->IsInline)
            {
                _views.Ensure((Count + 1L) * 16, Count * 16L);
                ((StringView*)_views.Pointer)[Count++] = *view;
            }
            else
            {
                Append(values.Heap.Resolve(*view), view->Length);
            }
        }
    }

    public override void Dispose()
    {
        _views.Dispose();
        foreach (var heap in _heaps)
        {
            heap.Release();
        }

        _heaps.Clear();
        base.Dispose();
    }

    private protected override void AppendDefault() => Append(null, 0);

    private protected override void AppendNonNull(object value)
    {
        if (value is byte[] bytes)
        {
            Append(bytes);
        }
        else
        {
            Append((string)value);
        }
    }

    private protected override Column Build(BufferSlice validity)
    {
        var heap = _heaps.Count == 0 ? TextHeap.Empty : new TextHeap([.. _heaps]);
        _heaps.Clear();
        _freeBytes = 0;
        return new TextColumn(Type, Count, _views.Take(), heap, validity);
    }

    private StringView Store(byte* bytes, int length)
    {
        var target = ReserveHeap(length);
        Buffer.MemoryCopy(bytes, target, length, length);
        var view = StringView.Over(target, length, _heaps.Count - 1, _freeOffset);
        Consume(length);
        return view;
    }

    private byte* ReserveHeap(int length)
    {
        if (length > _freeBytes)
        {
            var size = Math.Min(MaxHeapBytes, FirstHeapBytes << Math.Min(_heaps.Count, 16));
            var heap = Pool.Allocate(Math.Max(length, size - NativeBuffer.Padding), "text heap");
            _heaps.Add(heap);
            _free = heap.Pointer;
            _freeOffset = 0;
            _freeBytes = (int)heap.Length;
        }

        return _free;
    }

    private void Consume(int length)
    {
        _free += length;
        _freeOffset += length;
        _freeBytes -= length;
    }
}
