using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Compression;

namespace Engine.Storage.Parquet.Writing;

/// <summary>FIXED_LEN_BYTE_ARRAY values: decimals of more than 18 digits, uuids, intervals.</summary>
internal sealed unsafe class FixedBytesBuffer(StoredLeaf leaf, MemoryPool pool) : ValueBuffer
{
    private const int MicrosPerMilli = 1000;

    private readonly int _length = leaf.Element.TypeLength;
    private readonly ByteSink _bytes = new(pool, "parquet fixed bytes");

    public override int Count => (int)(_bytes.Length / _length);

    public override long PlainBytes => _bytes.Length;

    /// <summary>The format defines no order of intervals.</summary>
    public override bool IsOrdered => leaf.Type.Kind != TypeKind.Interval;

    public override void Append(FlatColumn column, ReadOnlySpan<int> rows)
    {
        var values = (FixedColumn)column;
        var target = new Span<byte>(_bytes.Reserve(rows.Length * (long)_length), rows.Length * _length);
        foreach (var row in rows)
        {
            switch (leaf.Type.Kind)
            {
                case TypeKind.Uuid:
                    BinaryPrimitives.WriteUInt128BigEndian(target, values.Pointer<UInt128>()[row]);
                    break;
                case TypeKind.Interval:
                    WriteInterval(target, values.Pointer<Interval>()[row]);
                    break;
                default:
                    WriteDecimal(target[.._length], values.Pointer<Int128>()[row]);
                    break;
            }

            target = target[_length..];
        }

        _bytes.Advance(rows.Length * (long)_length);
    }

    public override void Clear() => _bytes.Clear();

    public override void WritePlain(ByteSink target) => target.Add(_bytes.Span);

    public override ValueBounds? FindBounds()
    {
        if (Count == 0 || !IsOrdered)
        {
            return null;
        }

        var min = Value(0);
        var max = min;
        for (var i = 1; i < Count; i++)
        {
            var value = Value(i);
            min = Compare(value, min) < 0 ? value : min;
            max = Compare(value, max) > 0 ? value : max;
        }

        return new ValueBounds(min.ToArray(), max.ToArray());
    }

    public override int Compare(byte[] left, byte[] right) => Compare(left.AsSpan(), right);

    public override void AddHashes(ByteSink target)
    {
        for (var i = 0; i < Count; i++)
        {
            var hash = XxHash64.Hash(Value(i));
            target.Add(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in hash)));
        }
    }

    public override void Dispose() => _bytes.Dispose();

    private ReadOnlySpan<byte> Value(int index) => new(_bytes.Pointer + (index * (long)_length), _length);

    /// <summary>Decimals are signed: their highest bit sorts the other way round.</summary>
    private int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var first = leaf.Type.Kind == TypeKind.Decimal ? ((sbyte)left[0]).CompareTo((sbyte)right[0]) : 0;
        return first != 0 ? first : left.SequenceCompareTo(right);
    }

    /// <summary>The last bytes of the two's complement, highest first: the precision says that the others only repeat the sign.</summary>
    private static void WriteDecimal(Span<byte> target, Int128 value)
    {
        Span<byte> wide = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(wide, value);
        wide[^target.Length..].CopyTo(target);
    }

    /// <summary>Months, days and milliseconds, each an unsigned number. What they cannot say is refused rather than rounded.</summary>
    private void WriteInterval(Span<byte> target, Interval value)
    {
        var (millis, rest) = Math.DivRem(value.Micros, MicrosPerMilli);
        if (value.Months < 0 || value.Days < 0 || millis is < 0 or > uint.MaxValue || rest != 0)
        {
            var text = new byte[IntervalText.MaxLength];
            throw new QueryException(
                ErrorCodes.NumericValueOutOfRange,
                $"column {leaf.DottedPath} has the interval {Encoding.UTF8.GetString(text, 0, IntervalText.Format(value, text))}, and Parquet keeps whole milliseconds up to 49 days and nothing negative",
                hint: "Write it as text, with CAST(... AS varchar), or as a number of microseconds.");
        }

        BinaryPrimitives.WriteInt32LittleEndian(target, value.Months);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], value.Days);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], (uint)millis);
    }
}
