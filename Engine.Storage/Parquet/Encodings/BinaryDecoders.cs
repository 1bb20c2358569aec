using System.Runtime.CompilerServices;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Storage.Parquet.Pages;

namespace Engine.Storage.Parquet.Encodings;

/// <summary>PLAIN byte strings: each behind its length. They stay in the page.</summary>
internal sealed unsafe class PlainBinaryDecoder(PageBytes page) : ValueDecoder
{
    /// <summary>The high bits of a length's bytes.</summary>
    private const uint HighBits = 0x80808080;

    private byte* _next = page.Start;
    private byte* _first;
    private uint _lengthBits;

    public override NativeBuffer Heap => page.Buffer;

    public override void Read(byte* target, int count)
    {
        _first = _next;
        _next = Walk((StringView*)target, count, _next, page.End, page.Buffer.Pointer, out _lengthBits);
        if (_next == null)
        {
            throw Ended();
        }
    }

    public override void Skip(int count, int width, MemoryPool pool)
    {
        for (; count > 0; count--)
        {
            if (page.End - _next < 4 || *(uint*)_next > page.End - _next - 4)
            {
                throw Ended();
            }

            _next += 4 + *(uint*)_next;
        }
    }

    /// <summary>
    /// A length whose bytes are all ASCII cannot be part of a character, so that text in which the lengths make sense as characters is text string
    /// by string: one pass over all of it instead of one for each.
    /// </summary>
    public override bool IsSurelyText() => (_lengthBits & HighBits) == 0 && Utf8Validator.IsValid(new ReadOnlySpan<byte>(_first, (int)(_next - _first)));

    /// <returns>Behind the last string; null when the page ends before.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte* Walk(StringView* views, int count, byte* next, byte* end, byte* heap, out uint lengthBits)
    {
        lengthBits = 0;
        var bits = 0u;
        for (var i = 0; i < count; i++)
        {
            // What is read behind the end is the buffer's padding.
            var length = *(uint*)next;
            next += 4;
            if (length > end - next)
            {
                return null;
            }

            bits |= length;
            views[i] = StringView.OverReadable(next, (int)length, 0, (int)(next - heap));
            next += length;
        }

        lengthBits = bits;
        return next;
    }
}

/// <summary>PLAIN byte strings of one length.</summary>
internal sealed unsafe class PlainFixedBinaryDecoder(PageBytes page, int width) : ValueDecoder
{
    private byte* _next = page.Start;

    public override NativeBuffer Heap => page.Buffer;

    public override void Read(byte* target, int count)
    {
        if ((long)count * width > page.End - _next)
        {
            throw Ended();
        }

        for (var i = 0; i < count; i++, _next += width)
        {
            ((StringView*)target)[i] = StringView.Over(_next, width, 0, (int)(_next - page.Buffer.Pointer));
        }
    }
}

/// <summary>DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.</summary>
internal sealed unsafe class DeltaLengthDecoder : ValueDecoder
{
    private readonly PageBytes _page;
    private DeltaReader _lengths;
    private byte* _next;
    private byte* _first;
    private bool _startInside;

    public DeltaLengthDecoder(PageBytes page)
    {
        _page = page;
        _lengths = new DeltaReader(page.Start, page.End);
        _next = new DeltaReader(page.Start, page.End).SkipToEnd();
    }

    public override NativeBuffer Heap => _page.Buffer;

    public override void Read(byte* target, int count)
    {
        // The lengths are read to where the second halves of the views go, which are written after them.
        var lengths = (long*)target + count;
        _lengths.Read(lengths, count);
        _first = _next;
        _next = Walk((StringView*)target, lengths, count, _next, _page.End, _page.Buffer.Pointer, out _startInside);
        if (_next == null)
        {
            throw Ended();
        }
    }

    /// <summary>Text that is cut between characters only is text string by string.</summary>
    public override bool IsSurelyText() => !_startInside && Utf8Validator.IsValid(new ReadOnlySpan<byte>(_first, (int)(_next - _first)));

    /// <returns>Behind the last string; null when the page ends before.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte* Walk(StringView* views, long* lengths, int count, byte* next, byte* end, byte* heap, out bool startInside)
    {
        var continuations = 0;
        for (var i = 0; i < count; i++)
        {
            var length = lengths[i];
            if ((ulong)length > (ulong)(end - next))
            {
                startInside = true;
                return null;
            }

            // What is read behind the end is the buffer's padding.
            continuations |= (*next & 0xC0) == 0x80 ? 1 : 0;
            views[i] = StringView.OverReadable(next, (int)length, 0, (int)(next - heap));
            next += length;
        }

        startInside = continuations != 0;
        return next;
    }
}

/// <summary>DELTA_BYTE_ARRAY: how much of the string before is kept, then what follows it.</summary>
internal sealed unsafe class DeltaBytesDecoder : ValueDecoder
{
    private readonly MemoryPool _pool;
    private readonly DeltaLengthDecoder _suffixes;
    private readonly NativeBuffer _page;
    private DeltaReader _prefixes;
    private byte[] _last = [];
    private NativeBuffer? _heap;

    public DeltaBytesDecoder(PageBytes page, MemoryPool pool)
    {
        _pool = pool;
        _page = page.Buffer;
        _prefixes = new DeltaReader(page.Start, page.End);
        var end = new DeltaReader(page.Start, page.End).SkipToEnd();
        _suffixes = new DeltaLengthDecoder(page with { Start = end });
    }

    public override NativeBuffer? Heap => _heap;

    public override void Read(byte* target, int count)
    {
        var room = _pool.Allocate((long)count * sizeof(long), "parquet prefixes");
        try
        {
            Read(target, (long*)room.Pointer, count);
        }
        finally
        {
            room.Release();
        }
    }

    public override void Dispose()
    {
        _heap?.Release();
        _heap = null;
        base.Dispose();
    }

    private void Read(byte* target, long* prefixes, int count)
    {
        var views = (StringView*)target;
        _prefixes.Read(prefixes, count);
        _suffixes.Read(target, count);
        var total = 0L;
        var last = (long)_last.Length;
        for (var i = 0; i < count; i++)
        {
            if (prefixes[i] < 0 || prefixes[i] > last)
            {
                throw new InvalidDataException($"a string keeps {prefixes[i]} bytes of one of {last}");
            }

            last = prefixes[i] + views[i].Length;
            total += last;
            if (total > int.MaxValue)
            {
                throw new InvalidDataException("its strings are too long");
            }
        }

        _heap?.Release();
        _heap = null;
        _heap = _pool.Allocate(total, "parquet strings");
        var used = 0;
        ReadOnlySpan<byte> before = _last;
        for (var i = 0; i < count; i++)
        {
            var view = views[i];
            var suffix = view.IsInline ? (byte*)&view + 4 : _page.Pointer + view.Offset;
            var prefix = (int)prefixes[i];
            var length = prefix + view.Length;
            var text = new Span<byte>(_heap.Pointer + used, length);
            before[..prefix].CopyTo(text);
            new ReadOnlySpan<byte>(suffix, view.Length).CopyTo(text[prefix..]);
            views[i] = StringView.Over(_heap.Pointer + used, length, 0, used);
            used += length;
            before = text;
        }

        _last = before.ToArray();
    }
}

/// <summary>BYTE_STREAM_SPLIT byte strings of one length.</summary>
internal sealed unsafe class SplitBinaryDecoder(PageBytes page, int width, MemoryPool pool) : ValueDecoder
{
    private readonly SplitFixedDecoder _bytes = new(page, width);
    private NativeBuffer? _heap;

    public override NativeBuffer? Heap => _heap;

    public override void Read(byte* target, int count)
    {
        if ((long)count * width > page.End - page.Start)
        {
            throw Ended();
        }

        _heap?.Release();
        _heap = null;
        _heap = pool.Allocate((long)count * width, "parquet strings");
        _bytes.Read(_heap.Pointer, count);
        for (var i = 0; i < count; i++)
        {
            ((StringView*)target)[i] = StringView.Over(_heap.Pointer + ((long)i * width), width, 0, i * width);
        }
    }

    public override void Dispose()
    {
        _heap?.Release();
        _heap = null;
        _bytes.Dispose();
        base.Dispose();
    }
}
