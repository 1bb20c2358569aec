using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Exec.Keys;

/// <summary>The byte form of single values inside keys.</summary>
internal static unsafe class KeyBytes
{
    private const byte NullLow = 0;
    private const byte Value = 1;
    private const byte NullHigh = 2;

    /// <summary>Writes a fixed-width column, one value every <paramref name="stride"/> bytes.</summary>
    public static void WriteFixed(Column column, KeyColumn key, byte* target, int stride)
    {
        if (column is FixedColumn { MayHaveNulls: false } values && !key.IsDescending && column.Type.IsInteger | column.Type.IsTemporal)
        {
            switch (column.Type.ByteWidth)
            {
                case 4: WriteInt32(values.Pointer<int>(), column.Length, target, stride); return;
                case 8: WriteInt64(values.Pointer<long>(), column.Length, target, stride); return;
            }
        }

        for (var row = 0; row < column.Length; row++)
        {
            Write(column, row, key, target);
            target += stride;
        }
    }

    /// <summary>Adds the encoded length of each row's value to <paramref name="lengths"/>.</summary>
    public static void AddLengths(Column column, long* lengths, int rowCount)
    {
        var width = KeyWidth.Of(column.Type);
        for (var row = 0; row < rowCount; row++)
        {
            lengths[row] += width > 0 ? width + 1 : LengthOf(column, row);
        }
    }

    /// <summary>Writes one value with its NULL byte.</summary>
    /// <returns>Where the next value goes.</returns>
    public static byte* Write(Column column, int row, KeyColumn key, byte* target)
    {
        var width = KeyWidth.Of(column.Type);
        if (column.IsNull(row))
        {
            *target++ = key.NullsFirst ? NullLow : NullHigh;
            new Span<byte>(target, width).Clear();
            return target + width;
        }

        *target++ = Value;
        var end = WriteValue(column, row, target);
        if (key.IsDescending)
        {
            for (; target < end; target++)
            {
                *target = (byte)~*target;
            }
        }

        return end;
    }

    private static byte* WriteValue(Column column, int row, byte* target)
    {
        switch (column)
        {
            case BooleanColumn booleans:
                *target = booleans[row] ? (byte)1 : (byte)0;
                return target + 1;
            case FixedColumn values:
                WriteFixedValue(values, row, target);
                return target + column.Type.ByteWidth;
            case TextColumn texts:
                return WriteText(texts.Bytes(row), target);
            case ListColumn lists:
                return WriteList(lists, row, target);
            case StructColumn structs:
                foreach (var child in structs.Children)
                {
                    target = Write(child, row, new KeyColumn(child.Type), target);
                }

                return target;
            default:
                throw new System.Diagnostics.UnreachableException(column.GetType().Name);
        }
    }

    private static void WriteFixedValue(FixedColumn values, int row, byte* target)
    {
        switch (values.Type.Kind)
        {
            case TypeKind.TinyInt:
                *target = (byte)(values.Pointer<sbyte>()[row] ^ sbyte.MinValue);
                break;
            case TypeKind.SmallInt:
                Unsafe.WriteUnaligned(target, BinaryPrimitives.ReverseEndianness((ushort)(values.Pointer<short>()[row] ^ short.MinValue)));
                break;
            case TypeKind.Integer or TypeKind.Date or TypeKind.Enum:
                Unsafe.WriteUnaligned(target, BinaryPrimitives.ReverseEndianness((uint)(values.Pointer<int>()[row] ^ int.MinValue)));
                break;
            case TypeKind.Real:
                Unsafe.WriteUnaligned(target, BinaryPrimitives.ReverseEndianness(Ordered(values.Pointer<float>()[row])));
                break;
            case TypeKind.Double:
                Unsafe.WriteUnaligned(target, BinaryPrimitives.ReverseEndianness(Ordered(values.Pointer<double>()[row])));
                break;
            case TypeKind.Interval:
                WriteInt128(values.Pointer<Interval>()[row].ComparisonMicros, target);
                break;
            case TypeKind.Uuid:
                Unsafe.WriteUnaligned(target, BinaryPrimitives.ReverseEndianness(values.Pointer<UInt128>()[row]));
                break;
            case TypeKind.Decimal when values.Type.ByteWidth == 16:
                WriteInt128(values.Pointer<Int128>()[row], target);
                break;
            default:
                Unsafe.WriteUnaligned(target, BinaryPrimitives.ReverseEndianness((ulong)(values.Pointer<long>()[row] ^ long.MinValue)));
                break;
        }
    }

    private static void WriteInt128(Int128 value, byte* target) =>
        Unsafe.WriteUnaligned(target, BinaryPrimitives.ReverseEndianness((UInt128)(value ^ Int128.MinValue)));

    /// <summary>Bits that order as the numbers do: negative ones inverted, others with the sign set. NaN is on top, -0 is 0.</summary>
    private static ulong Ordered(double value)
    {
        if (double.IsNaN(value))
        {
            return ulong.MaxValue;
        }

        var bits = BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value);
        return (bits & 1UL << 63) != 0 ? ~bits : bits | 1UL << 63;
    }

    private static uint Ordered(float value)
    {
        if (float.IsNaN(value))
        {
            return uint.MaxValue;
        }

        var bits = BitConverter.SingleToUInt32Bits(value == 0 ? 0 : value);
        return (bits & 1U << 31) != 0 ? ~bits : bits | 1U << 31;
    }

    /// <summary>Zero bytes become 0 255, and 0 0 ends the string: a prefix sorts before what it begins.</summary>
    private static byte* WriteText(ReadOnlySpan<byte> bytes, byte* target)
    {
        while (true)
        {
            var zero = bytes.IndexOf((byte)0);
            var plain = zero < 0 ? bytes : bytes[..zero];
            plain.CopyTo(new Span<byte>(target, plain.Length));
            target += plain.Length;
            if (zero < 0)
            {
                *target++ = 0;
                *target++ = 0;
                return target;
            }

            *target++ = 0;
            *target++ = 255;
            bytes = bytes[(zero + 1)..];
        }
    }

    private static byte* WriteList(ListColumn lists, int row, byte* target)
    {
        var key = new KeyColumn(lists.Child.Type);
        for (var item = lists.Offsets[row]; item < lists.Offsets[row + 1]; item++)
        {
            *target++ = Value;
            target = Write(lists.Child, item, key, target);
        }

        *target++ = 0;
        return target;
    }

    private static long LengthOf(Column column, int row)
    {
        if (column.IsNull(row))
        {
            return 1 + KeyWidth.Of(column.Type);
        }

        switch (column)
        {
            case TextColumn texts:
                var bytes = texts.Bytes(row);
                return 3 + bytes.Length + bytes.Count((byte)0);
            case ListColumn lists:
                long length = 2;
                for (var item = lists.Offsets[row]; item < lists.Offsets[row + 1]; item++)
                {
                    length += 1 + LengthOf(lists.Child, item);
                }

                return length;
            case StructColumn structs:
                return 1 + structs.Children.Sum(child => LengthOf(child, row));
            default:
                return 1 + KeyWidth.Of(column.Type);
        }
    }

    private static void WriteInt32(int* values, int count, byte* target, int stride)
    {
        for (var row = 0; row < count; row++)
        {
            *target = Value;
            Unsafe.WriteUnaligned(target + 1, BinaryPrimitives.ReverseEndianness((uint)(values[row] ^ int.MinValue)));
            target += stride;
        }
    }

    private static void WriteInt64(long* values, int count, byte* target, int stride)
    {
        for (var row = 0; row < count; row++)
        {
            *target = Value;
            Unsafe.WriteUnaligned(target + 1, BinaryPrimitives.ReverseEndianness((ulong)(values[row] ^ long.MinValue)));
            target += stride;
        }
    }
}
