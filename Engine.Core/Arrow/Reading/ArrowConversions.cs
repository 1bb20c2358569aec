using System.Runtime.InteropServices;
using Engine.Core.Types;

namespace Engine.Core.Arrow.Reading;

/// <summary>How one stored value becomes one of the column's type.</summary>
/// <exception cref="InvalidDataException">For a value that the type cannot hold.</exception>
internal interface IArrowConversion<in TFrom, out TTo>
{
    static abstract TTo Convert(TFrom value);
}

/// <summary>A decimal of 256 bits, least significant word first.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Int256(ulong Word0, ulong Word1, ulong Word2, ulong Word3);

/// <summary>An interval in months, days and nanoseconds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MonthDayNano(int Months, int Days, long Nanos);

/// <summary>An interval in days and milliseconds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DayMillis(int Days, int Millis);

internal readonly struct WidenUInt8 : IArrowConversion<byte, short>
{
    public static short Convert(byte value) => value;
}

internal readonly struct WidenUInt16 : IArrowConversion<ushort, int>
{
    public static int Convert(ushort value) => value;
}

internal readonly struct WidenUInt32 : IArrowConversion<uint, long>
{
    public static long Convert(uint value) => value;
}

internal readonly struct WidenUInt64 : IArrowConversion<ulong, Int128>
{
    public static Int128 Convert(ulong value) => value;
}

internal readonly struct WidenHalf : IArrowConversion<Half, float>
{
    public static float Convert(Half value) => (float)value;
}

/// <summary>Decimals of any width into the two that the engine has.</summary>
internal readonly struct DecimalToCompact : IArrowConversion<int, long>, IArrowConversion<Int128, long>, IArrowConversion<Int256, long>
{
    public static long Convert(int value) => value;

    public static long Convert(Int128 value) =>
        value >= long.MinValue && value <= long.MaxValue ? (long)value : throw new InvalidDataException($"{value} is too large for its decimal type");

    public static long Convert(Int256 value) => Convert(DecimalToWide.Convert(value));
}

internal readonly struct DecimalToWide : IArrowConversion<int, Int128>, IArrowConversion<long, Int128>, IArrowConversion<Int256, Int128>
{
    private static readonly Int128 Limit = Int128.Parse("99999999999999999999999999999999999999");

    public static Int128 Convert(int value) => value;

    public static Int128 Convert(long value) => value;

    public static Int128 Convert(Int256 value)
    {
        var low = new Int128(value.Word1, value.Word0);
        var sign = low < 0 ? ulong.MaxValue : 0;
        return value.Word2 == sign && value.Word3 == sign && low >= -Limit && low <= Limit
            ? low
            : throw new InvalidDataException($"a decimal of 256 bits has more than the {DecimalType.MaxPrecision} digits that are read");
    }
}

internal readonly struct DateFromMillis : IArrowConversion<long, int>
{
    public static int Convert(long value)
    {
        var day = TimeScale.FloorDivide(value, TimeScale.MillisPerDay);
        return day is >= int.MinValue and <= int.MaxValue ? (int)day : throw new InvalidDataException($"a date of {value} milliseconds");
    }
}

internal readonly struct TimeFromSeconds : IArrowConversion<int, long>
{
    public static long Convert(int value) => TimeScale.WrapToDay(value * 1_000_000L);
}

internal readonly struct TimeFromMillis : IArrowConversion<int, long>
{
    public static long Convert(int value) => TimeScale.WrapToDay(value * 1000L);
}

internal readonly struct TimeFromMicros : IArrowConversion<long, long>
{
    public static long Convert(long value) => TimeScale.WrapToDay(value);
}

internal readonly struct TimeFromNanos : IArrowConversion<long, long>
{
    public static long Convert(long value) => TimeScale.WrapToDay(TimeScale.FloorDivide(value, 1000));
}

internal readonly struct TimestampFromSeconds : IArrowConversion<long, long>
{
    public static long Convert(long value) => TimeScale.SecondsToMicros(value);
}

internal readonly struct TimestampFromMillis : IArrowConversion<long, long>
{
    public static long Convert(long value) => TimeScale.MillisToMicros(value);
}

internal readonly struct DurationFromSeconds : IArrowConversion<long, Interval>
{
    public static Interval Convert(long value) => new(0, 0, TimeScale.SecondsToMicros(value));
}

internal readonly struct DurationFromMillis : IArrowConversion<long, Interval>
{
    public static Interval Convert(long value) => new(0, 0, TimeScale.MillisToMicros(value));
}

internal readonly struct DurationFromMicros : IArrowConversion<long, Interval>
{
    public static Interval Convert(long value) => new(0, 0, value);
}

internal readonly struct DurationFromNanos : IArrowConversion<long, Interval>
{
    public static Interval Convert(long value) => new(0, 0, TimeScale.FloorDivide(value, 1000));
}

internal readonly struct IntervalFromParts : IArrowConversion<int, Interval>, IArrowConversion<DayMillis, Interval>, IArrowConversion<MonthDayNano, Interval>
{
    public static Interval Convert(int value) => new(value, 0, 0);

    public static Interval Convert(DayMillis value) => new(0, value.Days, value.Millis * 1000L);

    public static Interval Convert(MonthDayNano value) => new(value.Months, value.Days, TimeScale.FloorDivide(value.Nanos, 1000));
}

/// <summary>The first byte of a stored uuid is the highest of the number.</summary>
internal readonly struct UuidFromBytes : IArrowConversion<UInt128, UInt128>
{
    public static UInt128 Convert(UInt128 value) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
}
