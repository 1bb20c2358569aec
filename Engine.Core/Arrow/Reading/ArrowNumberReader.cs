using System.Diagnostics;
using Engine.Core.Arrow.Format;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Core.Arrow.Reading;

/// <summary>Columns of fixed-width values: the body's bytes as they are where the engine stores them so, else converted one by one.</summary>
internal readonly unsafe ref struct ArrowNumberReader(ArrowBody body, DataType type, int length, ArrowBuffer validity, ArrowBuffer values)
{
    public Column Read(ArrowType stored) => stored.Id switch
    {
        ArrowTypeId.Bool => ReadBits(),
        ArrowTypeId.Int => ReadInteger(stored),
        ArrowTypeId.FloatingPoint => stored.Unit == 0 ? Convert<Half, float, WidenHalf>() : Share(),
        ArrowTypeId.Decimal => type.ByteWidth == 8 ? ReadCompactDecimal(stored) : ReadWideDecimal(stored),
        ArrowTypeId.Date => stored.Unit == 0 ? Share() : Convert<long, int, DateFromMillis>(),
        ArrowTypeId.Time => stored.Unit switch
        {
            ArrowTimeUnit.Second => Convert<int, long, TimeFromSeconds>(),
            ArrowTimeUnit.Millisecond => Convert<int, long, TimeFromMillis>(),
            ArrowTimeUnit.Microsecond => Convert<long, long, TimeFromMicros>(),
            _ => Convert<long, long, TimeFromNanos>(),
        },
        ArrowTypeId.Timestamp => stored.Unit switch
        {
            ArrowTimeUnit.Second => Convert<long, long, TimestampFromSeconds>(),
            ArrowTimeUnit.Millisecond => Convert<long, long, TimestampFromMillis>(),
            _ => Share(),
        },
        ArrowTypeId.Duration => stored.Unit switch
        {
            ArrowTimeUnit.Second => Convert<long, Interval, DurationFromSeconds>(),
            ArrowTimeUnit.Millisecond => Convert<long, Interval, DurationFromMillis>(),
            ArrowTimeUnit.Microsecond => Convert<long, Interval, DurationFromMicros>(),
            _ => Convert<long, Interval, DurationFromNanos>(),
        },
        ArrowTypeId.Interval => stored.Unit switch
        {
            0 => Convert<int, Interval, IntervalFromParts>(),
            1 => Convert<DayMillis, Interval, IntervalFromParts>(),
            _ => Convert<MonthDayNano, Interval, IntervalFromParts>(),
        },
        ArrowTypeId.FixedSizeBinary => Convert<UInt128, UInt128, UuidFromBytes>(),
        _ => throw new UnreachableException(stored.Id.ToString()),
    };

    /// <summary>Fails unless so many bytes are there.</summary>
    public static void Require(ArrowBuffer buffer, long byteCount)
    {
        if (buffer.Length < byteCount)
        {
            throw new InvalidDataException($"a buffer has {buffer.Length} bytes where its rows need {byteCount}");
        }
    }

    private Column ReadInteger(ArrowType stored) => (stored.BitWidth, stored.IsSigned) switch
    {
        (8, false) => Convert<byte, short, WidenUInt8>(),
        (16, false) => Convert<ushort, int, WidenUInt16>(),
        (32, false) => Convert<uint, long, WidenUInt32>(),
        (64, false) => Convert<ulong, Int128, WidenUInt64>(),
        _ => Share(),
    };

    private Column ReadCompactDecimal(ArrowType stored) => stored.BitWidth switch
    {
        32 => Convert<int, long, DecimalToCompact>(),
        64 => Share(),
        128 => Convert<Int128, long, DecimalToCompact>(),
        _ => Convert<Int256, long, DecimalToCompact>(),
    };

    private Column ReadWideDecimal(ArrowType stored) => stored.BitWidth switch
    {
        32 => Convert<int, Int128, DecimalToWide>(),
        64 => Convert<long, Int128, DecimalToWide>(),
        128 => Share(),
        _ => Convert<Int256, Int128, DecimalToWide>(),
    };

    private BooleanColumn ReadBits()
    {
        Require(values, ((long)length + 7) >> 3);
        return new BooleanColumn(length, values.ToSlice(), validity.ToSlice());
    }

    private FixedColumn Share()
    {
        Require(values, (long)length * type.ByteWidth);
        return new FixedColumn(type, length, values.ToSlice(), validity.ToSlice());
    }

    /// <summary>What lies where a row is NULL is not looked at: it may be anything.</summary>
    private FixedColumn Convert<TFrom, TTo, TConversion>()
        where TFrom : unmanaged
        where TTo : unmanaged
        where TConversion : IArrowConversion<TFrom, TTo>
    {
        Require(values, (long)length * sizeof(TFrom));
        var target = body.Allocate((long)length * sizeof(TTo));
        var from = (TFrom*)values.Pointer;
        var to = (TTo*)target.Pointer;
        var valid = validity.Pointer;
        try
        {
            for (var i = 0; i < length; i++)
            {
                to[i] = valid == null || Bitmap.Get(valid, i) ? TConversion.Convert(from[i]) : default;
            }
        }
        catch (InvalidDataException problem)
        {
            // The file is sound; it is the engine's type that is too narrow.
            throw new OverflowException(problem.Message, problem);
        }

        return new FixedColumn(type, length, target.ToSlice(), validity.ToSlice());
    }
}
