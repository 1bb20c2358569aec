using System.Buffers.Binary;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet.Values;

/// <summary>Turns stored values into values of a column's type, one after the other.</summary>
internal static unsafe class ValueConverter
{
    private const int JulianDayOfEpoch = 2_440_588;

    /// <param name="conversion">Neither none nor boolean, which need no loop of their own.</param>
    /// <param name="source">As <see cref="Encodings.ValueDecoder"/> gives them.</param>
    /// <param name="heap">Of byte strings.</param>
    /// <param name="target">Room for the values.</param>
    /// <param name="count">How many.</param>
    public static void Convert(Conversion conversion, byte* source, NativeBuffer? heap, byte* target, int count)
    {
        for (var i = 0; i < count; i++)
        {
            switch (conversion)
            {
                case Conversion.Int32ToInt8:
                    ((sbyte*)target)[i] = (sbyte)((int*)source)[i];
                    break;
                case Conversion.Int32ToInt16:
                    ((short*)target)[i] = (short)((int*)source)[i];
                    break;
                case Conversion.UInt8ToInt16:
                    ((short*)target)[i] = (byte)((int*)source)[i];
                    break;
                case Conversion.UInt16ToInt32:
                    ((int*)target)[i] = (ushort)((int*)source)[i];
                    break;
                case Conversion.UInt32ToInt64:
                    ((long*)target)[i] = ((uint*)source)[i];
                    break;
                case Conversion.UInt64ToInt128:
                    ((Int128*)target)[i] = ((ulong*)source)[i];
                    break;
                case Conversion.Int32ToInt64:
                    ((long*)target)[i] = ((int*)source)[i];
                    break;
                case Conversion.Int32ToInt128:
                    ((Int128*)target)[i] = ((int*)source)[i];
                    break;
                case Conversion.Int64ToInt128:
                    ((Int128*)target)[i] = ((long*)source)[i];
                    break;
                case Conversion.TimeMillis:
                    ((long*)target)[i] = TimeScale.WrapToDay(((int*)source)[i] * 1000L);
                    break;
                case Conversion.TimeMicros:
                    ((long*)target)[i] = TimeScale.WrapToDay(((long*)source)[i]);
                    break;
                case Conversion.TimeNanos:
                    ((long*)target)[i] = TimeScale.WrapToDay(TimeScale.FloorDivide(((long*)source)[i], 1000));
                    break;
                case Conversion.Int64MillisToMicros:
                    ((long*)target)[i] = TimeScale.MillisToMicros(((long*)source)[i]);
                    break;
                case Conversion.Int96ToMicros:
                    ((long*)target)[i] = FromInt96(source + (i * 12L));
                    break;
                default:
                    ConvertBytes(conversion, Bytes((StringView*)source + i, heap), target, i);
                    break;
            }
        }
    }

    /// <summary>The unscaled number of a decimal that is stored as big-endian bytes.</summary>
    public static Int128 ReadDecimal(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return 0;
        }

        var fill = (sbyte)bytes[0] < 0 ? (byte)0xFF : (byte)0;
        while (bytes.Length > 16)
        {
            if (bytes[0] != fill)
            {
                throw new InvalidDataException($"a decimal of {bytes.Length} bytes");
            }

            bytes = bytes[1..];
        }

        Span<byte> wide = stackalloc byte[16];
        wide.Fill(fill);
        bytes.CopyTo(wide[(16 - bytes.Length)..]);
        return BinaryPrimitives.ReadInt128BigEndian(wide);
    }

    private static ReadOnlySpan<byte> Bytes(StringView* view, NativeBuffer? heap) =>
        new(view->IsInline ? (byte*)view + 4 : heap!.Pointer + view->Offset, view->Length);

    private static void ConvertBytes(Conversion conversion, ReadOnlySpan<byte> bytes, byte* target, int i)
    {
        // Encodings with prefixes can give any length, whatever the schema says.
        var wanted = conversion switch { Conversion.HalfToSingle => 2, Conversion.BytesToInterval => 12, Conversion.BytesToUuid => 16, _ => bytes.Length };
        if (bytes.Length != wanted)
        {
            throw new InvalidDataException($"a value of {bytes.Length} bytes where all have {wanted}");
        }

        switch (conversion)
        {
            case Conversion.HalfToSingle:
                ((float*)target)[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes);
                break;
            case Conversion.BytesToUuid:
                ((UInt128*)target)[i] = BinaryPrimitives.ReadUInt128BigEndian(bytes);
                break;
            case Conversion.BytesToInterval:
                ((Interval*)target)[i] = new Interval(
                    BinaryPrimitives.ReadInt32LittleEndian(bytes),
                    BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) * 1000L);
                break;
            case Conversion.BytesToInt64:
                var number = ReadDecimal(bytes);
                ((long*)target)[i] = number >= long.MinValue && number <= long.MaxValue
                    ? (long)number
                    : throw new InvalidDataException($"{number} is too large for its decimal type");
                break;
            default:
                ((Int128*)target)[i] = ReadDecimal(bytes);
                break;
        }
    }

    /// <summary>Nanoseconds of the day, then the Julian day. Days that no timestamp reaches wrap around, as they do elsewhere.</summary>
    private static long FromInt96(byte* value) =>
        unchecked(((*(int*)(value + 8) - (long)JulianDayOfEpoch) * TimeScale.MicrosPerDay) + TimeScale.FloorDivide(*(long*)value, 1000));
}
