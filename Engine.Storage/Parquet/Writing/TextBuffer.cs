using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Storage.Compression;

namespace Engine.Storage.Parquet.Writing;

/// <summary>BYTE_ARRAY values: their bytes one behind the other, and their lengths.</summary>
/// <param name="isText">Whether they are UTF-8.</param>
/// <param name="pool">Holds the bytes.</param>
internal sealed unsafe class TextBuffer(bool isText, MemoryPool pool) : ValueBuffer
{
    private readonly ByteSink _bytes = new(pool, "parquet texts");
    private readonly ByteSink _lengths = new(pool, "parquet text lengths");

    public override int Count => (int)(_lengths.Length / sizeof(int));

    public override long PlainBytes => _bytes.Length + _lengths.Length;

    public override long? ByteArrayBytes => _bytes.Length;

    public byte* Bytes => _bytes.Pointer;

    public ReadOnlySpan<int> Lengths => new(_lengths.Pointer, Count);

    public void Append(ReadOnlySpan<byte> value)
    {
        _bytes.Add(value);
        *(int*)_lengths.Reserve(sizeof(int)) = value.Length;
        _lengths.Advance(sizeof(int));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Append(FlatColumn column, ReadOnlySpan<int> rows)
    {
        var texts = (TextColumn)column;
        var views = texts.Pointer;
        var total = 0L;
        var lengths = (int*)_lengths.Reserve(rows.Length * (long)sizeof(int));
        for (var i = 0; i < rows.Length; i++)
        {
            lengths[i] = views[rows[i]].Length;
            total += lengths[i];
        }

        _lengths.Advance(rows.Length * (long)sizeof(int));

        var target = _bytes.Reserve(total);
        for (var i = 0; i < rows.Length; i++)
        {
            var view = views + rows[i];
            var length = lengths[i];
            if (view->IsInline)
            {
                // All twelve bytes that a view can hold: the target may be written past its end.
                *(ulong*)target = *(ulong*)((byte*)view + sizeof(int));
                *(uint*)(target + sizeof(ulong)) = *(uint*)((byte*)view + sizeof(int) + sizeof(ulong));
            }
            else
            {
                Buffer.MemoryCopy(texts.Heap.Resolve(*view), target, length, length);
            }

            target += length;
        }

        _bytes.Advance(total);
    }

    public override void Clear()
    {
        _bytes.Clear();
        _lengths.Clear();
    }

    public override void Truncate(int count)
    {
        foreach (var length in Lengths[count..])
        {
            _bytes.Advance(-length);
        }

        _lengths.Advance((count - Count) * (long)sizeof(int));
    }

    /// <summary>Every value behind its length.</summary>
    public override void WritePlain(ByteSink target)
    {
        var output = target.Reserve(PlainBytes);
        var from = _bytes.Pointer;
        foreach (var length in Lengths)
        {
            *(int*)output = length;
            output += sizeof(int);
            Buffer.MemoryCopy(from, output, length, length);
            output += length;
            from += length;
        }

        target.Advance(PlainBytes);
    }

    /// <summary>DELTA_LENGTH_BYTE_ARRAY: lengths and bytes apart are smaller, compress better and decode without looking at each value.</summary>
    public override ParquetEncoding? TryWriteDense(ByteSink target, bool useDelta, bool useByteStreamSplit)
    {
        if (!useDelta)
        {
            return null;
        }

        DeltaWriter.Write(Lengths, target);
        target.Add(_bytes.Span);
        return ParquetEncoding.DeltaLengthByteArray;
    }

    /// <summary>Compares by the first eight bytes where these decide, which they mostly do.</summary>
    public override ValueBounds? FindBounds()
    {
        if (Count == 0)
        {
            return null;
        }

        var lengths = Lengths;
        var from = _bytes.Pointer;
        var min = new ReadOnlySpan<byte>(from, lengths[0]);
        var max = min;
        var (minHead, maxHead) = (Head(min), Head(max));
        foreach (var length in lengths)
        {
            var value = new ReadOnlySpan<byte>(from, length);
            var head = Head(value);
            if (head <= minHead && (head < minHead || value.SequenceCompareTo(min) < 0))
            {
                min = value;
                minHead = head;
            }

            if (head >= maxHead && (head > maxHead || value.SequenceCompareTo(max) > 0))
            {
                max = value;
                maxHead = head;
            }

            from += length;
        }

        return ValueBounds.OfBytes(min, max, isText);
    }

    public override int Compare(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);

    public override void AddHashes(ByteSink target)
    {
        var from = _bytes.Pointer;
        foreach (var length in Lengths)
        {
            var hash = XxHash64.Hash(new ReadOnlySpan<byte>(from, length));
            target.Add(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in hash)));
            from += length;
        }
    }

    public override ValueDictionary CreateDictionary(MemoryPool pool) => new TextDictionary(isText, pool);

    public override void Dispose()
    {
        _bytes.Dispose();
        _lengths.Dispose();
    }

    /// <summary>The first eight bytes as a number that compares as they do, zeros behind a short value's end; the buffer may be read past its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Head(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return 0;
        }

        var word = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref MemoryMarshal.GetReference(value)));
        return value.Length >= sizeof(ulong) ? word : word & ~(ulong.MaxValue >> (value.Length * 8));
    }
}
