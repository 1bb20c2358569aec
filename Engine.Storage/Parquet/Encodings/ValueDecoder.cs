using System.Runtime.Intrinsics;
using Engine.Core.Memory;
using Engine.Storage.Parquet.Pages;

namespace Engine.Storage.Parquet.Encodings;

/// <summary>
/// Gives the values of one page in order and as they are stored: booleans as a byte each, numbers in their width, INT96 in twelve bytes, byte
/// strings as views into <see cref="Heap"/>.
/// </summary>
internal abstract unsafe class ValueDecoder : IDisposable
{
    /// <summary>Where the strings read last lie; the caller retains it. Null when there are none.</summary>
    public virtual NativeBuffer? Heap => null;

    public abstract void Read(byte* target, int count);

    /// <summary>Passes over values.</summary>
    /// <param name="count">How many.</param>
    /// <param name="width">Bytes of a value as <see cref="Read"/> gives it.</param>
    /// <param name="pool">For values that have to be decoded to get past them.</param>
    public virtual void Skip(int count, int width, MemoryPool pool)
    {
        var unwanted = pool.Allocate((long)count * width, "parquet values");
        try
        {
            Read(unwanted.Pointer, count);
        }
        finally
        {
            unwanted.Release();
        }
    }

    /// <summary>Whether the strings read last are each known to be UTF-8; where they are not, nothing is said.</summary>
    public virtual bool IsSurelyText() => false;

    public virtual void Dispose() => GC.SuppressFinalize(this);

    private protected static InvalidDataException Ended() => new("its values end early");
}

/// <summary>PLAIN numbers.</summary>
internal sealed unsafe class PlainFixedDecoder(PageBytes page, int width) : ValueDecoder
{
    private byte* _next = page.Start;

    public override void Read(byte* target, int count)
    {
        var length = (long)count * width;
        if (length > page.End - _next)
        {
            throw Ended();
        }

        Buffer.MemoryCopy(_next, target, length, length);
        _next += length;
    }

    public override void Skip(int count, int width, MemoryPool pool)
    {
        var length = (long)count * width;
        if (length > page.End - _next)
        {
            throw Ended();
        }

        _next += length;
    }
}

/// <summary>PLAIN booleans, a bit each.</summary>
internal sealed unsafe class PlainBooleanDecoder(PageBytes page) : ValueDecoder
{
    private long _bit;

    public override void Read(byte* target, int count)
    {
        if (_bit + count > (page.End - page.Start) * 8)
        {
            throw Ended();
        }

        BitUnpacker.Unpack(page.Start, _bit, 1, target, count);
        _bit += count;
    }
}

/// <summary>RLE booleans.</summary>
internal sealed unsafe class RunBooleanDecoder(PageBytes page) : ValueDecoder
{
    private RunReader _runs = Open(page);

    public override void Read(byte* target, int count) => _runs.Read(target, count);

    /// <summary>The runs stand behind their length.</summary>
    private static RunReader Open(PageBytes page)
    {
        if (page.End - page.Start < 4 || *(uint*)page.Start > page.End - page.Start - 4)
        {
            throw Ended();
        }

        return new RunReader(page.Start + 4, page.Start + 4 + *(uint*)page.Start, 1);
    }
}

/// <summary>DELTA_BINARY_PACKED numbers.</summary>
internal sealed unsafe class DeltaDecoder(PageBytes page, int width) : ValueDecoder
{
    private const int PartLength = 256;

    private DeltaReader _deltas = new(page.Start, page.End);

    public override void Read(byte* target, int count)
    {
        if (width == sizeof(long))
        {
            _deltas.Read((long*)target, count);
            return;
        }

        var part = stackalloc long[PartLength];
        for (var done = 0; done < count; done += PartLength)
        {
            var taken = Math.Min(PartLength, count - done);
            _deltas.Read(part, taken);
            Narrow(part, (int*)target + done, taken);
        }
    }

    private static void Narrow(long* numbers, int* target, int count)
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= count - Vector512<int>.Count; i += Vector512<int>.Count)
            {
                Vector512.Store(Vector512.Narrow(Vector512.Load(numbers + i), Vector512.Load(numbers + i + Vector512<long>.Count)), target + i);
            }
        }

        for (; i < count; i++)
        {
            target[i] = (int)numbers[i];
        }
    }
}

/// <summary>BYTE_STREAM_SPLIT numbers: the first bytes of all values, then the second ones, and so on.</summary>
internal sealed unsafe class SplitFixedDecoder(PageBytes page, int width) : ValueDecoder
{
    private readonly long _stride = (page.End - page.Start) / width;
    private long _next;

    public override void Read(byte* target, int count)
    {
        if (count > _stride - _next)
        {
            throw Ended();
        }

        for (var i = 0; i < width; i++)
        {
            var from = page.Start + (i * _stride) + _next;
            for (var k = 0; k < count; k++)
            {
                target[((long)k * width) + i] = from[k];
            }
        }

        _next += count;
    }
}
