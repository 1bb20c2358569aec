using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Storage.Compression;

namespace Engine.Storage.Parquet.Writing;

/// <summary>INT32, INT64, FLOAT and DOUBLE values.</summary>
internal sealed unsafe class NumberBuffer<T>(MemoryPool pool) : ValueBuffer
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private readonly ByteSink _values = new(pool, "parquet numbers");

    public override int Count => (int)(_values.Length / sizeof(T));

    public override long PlainBytes => _values.Length;

    public ReadOnlySpan<T> Values => new(_values.Pointer, Count);

    private static bool IsFloating => typeof(T) == typeof(float) || typeof(T) == typeof(double);

    public void Append(T value)
    {
        *(T*)_values.Reserve(sizeof(T)) = value;
        _values.Advance(sizeof(T));
    }

    public override void Append(FlatColumn column, ReadOnlySpan<int> rows)
    {
        var data = ((FixedColumn)column).Data.Pointer;
        switch (column.Type.ByteWidth)
        {
            case 1:
                Gather((sbyte*)data, rows);
                break;
            case 2:
                Gather((short*)data, rows);
                break;
            case sizeof(int) when !IsFloating:
                Gather((int*)data, rows);
                break;
            case sizeof(long) when !IsFloating:
                // Decimals of up to nine digits are INT32.
                Gather((long*)data, rows);
                break;
            default:
                Gather((T*)data, rows);
                break;
        }
    }

    public override void Clear() => _values.Clear();

    public override void Truncate(int count) => _values.Advance((count - Count) * (long)sizeof(T));

    public override void WritePlain(ByteSink target) => target.Add(_values.Span);

    /// <summary>Differences where they save an eighth at least, as reading plain values costs nothing.</summary>
    public override ParquetEncoding? TryWriteDense(ByteSink target, bool useDelta, bool useByteStreamSplit)
    {
        if (IsFloating)
        {
            return useByteStreamSplit ? WriteStreams(target) : null;
        }

        if (!useDelta)
        {
            return null;
        }

        var start = target.Length;
        if (typeof(T) == typeof(int))
        {
            DeltaWriter.Write(MemoryMarshal.Cast<T, int>(Values), target);
        }
        else
        {
            DeltaWriter.Write(MemoryMarshal.Cast<T, long>(Values), target);
        }

        var written = target.Length - start;
        if (written * 8 <= PlainBytes * 7)
        {
            return ParquetEncoding.DeltaBinaryPacked;
        }

        target.Advance(-written);
        return null;
    }

    /// <summary>
    /// Null where there is a NaN: it is outside of the format's order, and readers that hold it for the highest number would take bounds without it
    /// for those of all values. As zeros of both signs are equal, the lower bound is the negative one and the upper the positive.
    /// </summary>
    public override ValueBounds? FindBounds()
    {
        if (Count == 0 || (IsFloating && HasNaN(Values)))
        {
            return null;
        }

        var (min, max) = IsFloating ? FindScalar(Values, Highest, Lowest) : FindVector(Values);
        if (IsFloating)
        {
            min = min == T.Zero ? -T.Zero : min;
            max = max == T.Zero ? T.Zero : max;
        }

        return new ValueBounds(ToBytes(min), ToBytes(max));
    }

    public override int Compare(byte[] left, byte[] right) => MemoryMarshal.Read<T>(left).CompareTo(MemoryMarshal.Read<T>(right));

    public override void AddHashes(ByteSink target)
    {
        var hashes = (ulong*)target.Reserve(Count * (long)sizeof(ulong));
        for (var i = 0; i < Count; i++)
        {
            hashes[i] = XxHash64.Hash(new ReadOnlySpan<byte>(_values.Pointer + (i * (long)sizeof(T)), sizeof(T)));
        }

        target.Advance(Count * (long)sizeof(ulong));
    }

    public override ValueDictionary CreateDictionary(MemoryPool pool) => new NumberDictionary<T>(pool);

    public override void Dispose() => _values.Dispose();

    private static T Highest => T.CreateSaturating(double.PositiveInfinity);

    private static T Lowest => T.CreateSaturating(double.NegativeInfinity);

    private static byte[] ToBytes(T value)
    {
        var bytes = new byte[sizeof(T)];
        MemoryMarshal.Write(bytes, value);
        return bytes;
    }

    private static bool HasNaN(ReadOnlySpan<T> values)
    {
        foreach (var value in values)
        {
            if (T.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }

    private static (T Min, T Max) FindVector(ReadOnlySpan<T> values)
    {
        var lows = new Vector<T>(Highest);
        var highs = new Vector<T>(Lowest);
        for (; values.Length >= Vector<T>.Count; values = values[Vector<T>.Count..])
        {
            var next = new Vector<T>(values);
            lows = Vector.Min(lows, next);
            highs = Vector.Max(highs, next);
        }

        var (min, max) = (Highest, Lowest);
        for (var i = 0; i < Vector<T>.Count; i++)
        {
            (min, max) = (T.Min(min, lows[i]), T.Max(max, highs[i]));
        }

        return FindScalar(values, min, max);
    }

    private static (T Min, T Max) FindScalar(ReadOnlySpan<T> values, T min, T max)
    {
        foreach (var value in values)
        {
            min = value < min ? value : min;
            max = value > max ? value : max;
        }

        return (min, max);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather<TFrom>(TFrom* from, ReadOnlySpan<int> rows)
        where TFrom : unmanaged, INumber<TFrom>
    {
        var target = (T*)_values.Reserve(rows.Length * (long)sizeof(T));
        for (var i = 0; i < rows.Length; i++)
        {
            target[i] = T.CreateTruncating(from[rows[i]]);
        }

        _values.Advance(rows.Length * (long)sizeof(T));
    }

    /// <summary>BYTE_STREAM_SPLIT: the first bytes of all values, then the second ones, and so on.</summary>
    private ParquetEncoding WriteStreams(ByteSink target)
    {
        var output = target.Reserve(PlainBytes);
        for (var stream = 0; stream < sizeof(T); stream++)
        {
            for (var i = 0; i < Count; i++)
            {
                *output++ = _values.Pointer[(i * (long)sizeof(T)) + stream];
            }
        }

        target.Advance(PlainBytes);
        return ParquetEncoding.ByteStreamSplit;
    }
}
