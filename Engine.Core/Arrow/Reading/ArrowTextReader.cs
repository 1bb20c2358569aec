using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Core.Arrow.Reading;

/// <summary>
/// Columns of byte strings: their bytes stay in the body and get views, or have them already. Text that is not UTF-8 is refused, as the
/// functions over it rely on that.
/// </summary>
internal readonly unsafe ref struct ArrowTextReader(ArrowBody body, DataType type, int length, ArrowBuffer validity)
{
    /// <summary>Bytes of the stretches that a heap of more than 2 GiB is seen as: views have 31 bits for an offset.</summary>
    private const int WindowBits = 30;

    private const byte ContinuationMask = 0xC0;
    private const byte ContinuationMark = 0x80;

    public TextColumn FromOffsets<TOffset>(ArrowBuffer offsets, ArrowBuffer bytes)
        where TOffset : unmanaged, IBinaryInteger<TOffset>
    {
        var target = body.Allocate((long)length * sizeof(StringView));
        if (length > 0)
        {
            ArrowListReader.CheckOffsets<TOffset>(offsets, length, bytes.Length);
            var from = (TOffset*)offsets.Pointer;
            CheckText(from, bytes);
            var views = (StringView*)target.Pointer;
            for (var i = 0; i < length; i++)
            {
                var start = long.CreateTruncating(from[i]);
                var count = long.CreateTruncating(from[i + 1]) - start;
                views[i] = IsNull(i) ? default : View(bytes, start, count);
            }
        }

        return new TextColumn(type, length, target.ToSlice(), Heap(bytes), validity.ToSlice());
    }

    public TextColumn FromFixed(int width, ArrowBuffer bytes)
    {
        ArrowNumberReader.Require(bytes, (long)length * width);
        var target = body.Allocate((long)length * sizeof(StringView));
        var views = (StringView*)target.Pointer;
        for (var i = 0; i < length; i++)
        {
            views[i] = IsNull(i) ? default : View(bytes, (long)i * width, width);
        }

        return new TextColumn(type, length, target.ToSlice(), Heap(bytes), validity.ToSlice());
    }

    /// <summary>Shares the views, unless one has bytes behind its end or is of a NULL row and leads nowhere: these are cleaned in a copy.</summary>
    public TextColumn FromViews(ArrowBuffer views, ReadOnlySpan<ArrowBuffer> heaps)
    {
        ArrowNumberReader.Require(views, (long)length * sizeof(StringView));
        var copy = default(ArrowBuffer);
        for (var i = 0; i < length; i++)
        {
            var view = ((StringView*)views.Pointer)[i];
            var clean = IsNull(i) ? default : Check(view, heaps);
            if (clean.Head == view.Head && clean.Tail == view.Tail)
            {
                continue;
            }

            if (copy.Pointer == null)
            {
                copy = body.Allocate((long)length * sizeof(StringView));
                Buffer.MemoryCopy(views.Pointer, copy.Pointer, copy.Length, copy.Length);
            }

            ((StringView*)copy.Pointer)[i] = clean;
        }

        var slices = new BufferSlice[heaps.Length];
        for (var i = 0; i < slices.Length; i++)
        {
            slices[i] = heaps[i].ToSlice();
        }

        return new TextColumn(type, length, (copy.Pointer == null ? views : copy).ToSlice(), new TextHeap(slices), validity.ToSlice());
    }

    private bool IsNull(int row) => validity.Pointer != null && !Bitmap.Get(validity.Pointer, row);

    private static StringView View(ArrowBuffer bytes, long start, long count) => count > int.MaxValue
        ? throw new InvalidDataException($"a value of {count} bytes")
        : StringView.Over(bytes.Pointer + start, (int)count, (int)(start >> WindowBits), (int)(start & ((1 << WindowBits) - 1)));

    private static TextHeap Heap(ArrowBuffer bytes)
    {
        if (bytes.Length == 0)
        {
            return TextHeap.Empty;
        }

        var windows = new BufferSlice[((bytes.Length - 1) >> WindowBits) + 1];
        for (var i = 0; i < windows.Length; i++)
        {
            windows[i] = bytes.ToSlice((long)i << WindowBits);
        }

        return new TextHeap(windows);
    }

    /// <summary>The view as it ought to be: with its prefix, and no bytes behind the end of a short one.</summary>
    private StringView Check(StringView view, ReadOnlySpan<ArrowBuffer> heaps)
    {
        if (view.Length < 0 || (!view.IsInline
            && ((uint)view.BufferIndex >= (uint)heaps.Length || view.Offset < 0 || heaps[view.BufferIndex].Length - view.Offset < view.Length)))
        {
            throw new InvalidDataException($"a value of {view.Length} bytes lies outside of its buffers");
        }

        var bytes = view.IsInline ? (byte*)&view + 4 : heaps[view.BufferIndex].Pointer + view.Offset;
        CheckText(new ReadOnlySpan<byte>(bytes, view.Length));
        return StringView.Over(bytes, view.Length, view.BufferIndex, view.Offset);
    }

    /// <summary>All bytes at once: they are text, and no string begins inside of a character. What belongs to NULL rows may be anything.</summary>
    private void CheckText<TOffset>(TOffset* offsets, ArrowBuffer bytes)
        where TOffset : unmanaged, IBinaryInteger<TOffset>
    {
        if (!type.IsText)
        {
            return;
        }

        var (start, end) = (long.CreateTruncating(offsets[0]), long.CreateTruncating(offsets[length]));
        if (end - start <= int.MaxValue && Utf8Validator.IsValid(new ReadOnlySpan<byte>(bytes.Pointer + start, (int)(end - start))))
        {
            var isSplit = false;
            for (var i = 1; i < length; i++)
            {
                var at = long.CreateTruncating(offsets[i]);
                isSplit |= at < end && (bytes.Pointer[at] & ContinuationMask) == ContinuationMark;
            }

            if (!isSplit)
            {
                return;
            }
        }

        for (var i = 0; i < length; i++)
        {
            if (!IsNull(i))
            {
                var (from, to) = (long.CreateTruncating(offsets[i]), long.CreateTruncating(offsets[i + 1]));
                CheckText(new ReadOnlySpan<byte>(bytes.Pointer + from, (int)Math.Min(int.MaxValue, to - from)));
            }
        }
    }

    private void CheckText(ReadOnlySpan<byte> text)
    {
        if (type.IsText && !Utf8Validator.IsValid(text))
        {
            throw new InvalidDataException("a text is not UTF-8");
        }
    }
}
