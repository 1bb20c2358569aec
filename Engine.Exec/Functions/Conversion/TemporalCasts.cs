using System.Diagnostics;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Conversion;

/// <summary>Casts among dates, times, timestamps and intervals. Wall-clock readings turn into instants by the session's time zone.</summary>
internal static class TemporalCasts
{
    private const long MicrosPerDay = 86_400_000_000;

    public static ScalarKernel Bind(DataType from, DataType to, bool isTry) => (from, to) switch
    {
        ({ Kind: TypeKind.Date }, TimestampType target) => Convert<int, long>(to, isTry, (int days, SessionContext session, out long result) =>
            InfiniteTime.IsInfinite(days) ? Keep(InfiniteTime.ToTimestamp(days), out result) : TryToUnit((Int128)days * MicrosPerDay, target, session, isWallClock: true, out result)),
        (TimestampType source, { Kind: TypeKind.Date }) => Convert<long, int>(to, isTry, (long value, SessionContext session, out int result) =>
        {
            result = InfiniteTime.IsInfinite(value) ? InfiniteTime.ToDate(value) : (int)FloorDays(WallClock(value, source, session));
            return true;
        }),
        (TimestampType source, { Kind: TypeKind.Time }) => ToTimeOfDay(to, isTry, (long value, SessionContext session, out long result) =>
        {
            var micros = WallClock(value, source, session);
            return Keep(micros - (FloorDays(micros) * MicrosPerDay), out result);
        }),
        (TimestampType source, { Kind: TypeKind.TimeTz }) => ToTimeOfDay(to, isTry, (long value, SessionContext session, out long result) =>
        {
            var micros = WallClock(value, source, session);
            return Keep(new ZonedTime(micros - (FloorDays(micros) * MicrosPerDay), ZoneClock.OffsetSeconds(ZoneClock.Micros(value, source.Unit), session.TimeZone)).Packed, out result);
        }),
        ({ Kind: TypeKind.Time }, { Kind: TypeKind.TimeTz }) => Convert<long, long>(to, isTry, (long micros, SessionContext session, out long result) =>
            Keep(new ZonedTime(micros, ZoneClock.OffsetSeconds(session.StatementTime, session.TimeZone)).Packed, out result)),
        ({ Kind: TypeKind.TimeTz }, { Kind: TypeKind.Time }) => Convert<long, long>(to, isTry, (long packed, SessionContext _, out long result) =>
            Keep(ZonedTime.Unpack(packed).Micros, out result)),
        (TimestampType source, TimestampType target) => BindTimestamps(source, target, isTry),
        ({ Kind: TypeKind.Time }, { Kind: TypeKind.Interval }) => Convert<long, Interval>(to, isTry, (long micros, SessionContext _, out Interval result) =>
        {
            result = new Interval(0, 0, micros);
            return true;
        }),
        ({ Kind: TypeKind.Interval }, { Kind: TypeKind.Time }) => Convert<Interval, long>(to, isTry, (Interval interval, SessionContext _, out long result) =>
        {
            result = ((interval.Micros % MicrosPerDay) + MicrosPerDay) % MicrosPerDay;
            return true;
        }),
        _ => throw new UnreachableException($"cast of {from} to {to}"),
    };

    /// <summary>Whole days since 1970-01-01, downwards.</summary>
    public static long FloorDays(long micros) => (micros >= 0 ? micros : micros - MicrosPerDay + 1) / MicrosPerDay;

    private delegate bool Conversion<TFrom, TTo>(TFrom value, SessionContext session, out TTo result);

    /// <summary>No clock shows an infinite time: that is NULL, as in PostgreSQL.</summary>
    private static ScalarKernel ToTimeOfDay(DataType to, bool isTry, Conversion<long, long> convert) => Convert(to, isTry, convert, InfiniteTime.IsInfinite);

    private static ScalarKernel BindTimestamps(TimestampType source, TimestampType target, bool isTry) =>
        Convert<long, long>(target, isTry, (long value, SessionContext session, out long result) =>
        {
            if (InfiniteTime.IsInfinite(value))
            {
                return Keep(value, out result);
            }

            if (source.HasTimeZone == target.HasTimeZone)
            {
                var micros = ZoneClock.Micros(value, source.Unit);
                return source.Unit == target.Unit ? Keep(value, out result) : TryToUnit(micros, target, session, isWallClock: false, out result);
            }

            return source.HasTimeZone
                ? TryToUnit(WallClock(value, source, session), target, session, isWallClock: false, out result)
                : TryToUnit(ZoneClock.Micros(value, source.Unit), target, session, isWallClock: true, out result);
        });

    private static bool Keep(long value, out long result)
    {
        result = value;
        return true;
    }

    /// <summary>Microseconds as a clock in the session's zone shows them.</summary>
    private static long WallClock(long value, TimestampType type, SessionContext session)
    {
        var micros = ZoneClock.Micros(value, type.Unit);
        return type.HasTimeZone ? ZoneClock.ToLocal(micros, session.TimeZone) : micros;
    }

    /// <summary>Into the target's unit, and to an instant when a wall clock reading becomes one.</summary>
    private static bool TryToUnit(Int128 micros, TimestampType target, SessionContext session, bool isWallClock, out long result)
    {
        if (isWallClock && target.HasTimeZone)
        {
            micros = ZoneClock.ToInstant((long)micros, session.TimeZone);
        }

        var scaled = target.Unit == TimeUnit.Nanosecond ? micros * 1000 : micros;
        result = (long)scaled;
        return scaled >= long.MinValue && scaled <= long.MaxValue;
    }

    /// <param name="to">The type wanted.</param>
    /// <param name="isTry">NULL instead of an error.</param>
    /// <param name="convert">False for a value out of range.</param>
    /// <param name="isNone">Values that become NULL.</param>
    private static ScalarKernel Convert<TFrom, TTo>(DataType to, bool isTry, Conversion<TFrom, TTo> convert, Func<TFrom, bool>? isNone = null)
        where TFrom : unmanaged
        where TTo : unmanaged => (in context, arguments, rowCount) =>
        {
            using var builder = new FixedBuilder<TTo>(to, context.Pool);
            var values = new FixedArgument<TFrom>(arguments[0]);
            for (var row = 0; row < rowCount; row++)
            {
                if (arguments[0].IsNull(row) || (isNone is not null && isNone(values[row])))
                {
                    builder.AppendNull();
                }
                else if (convert(values[row], context.Session, out var value))
                {
                    builder.Append(value);
                }
                else if (isTry)
                {
                    builder.AppendNull();
                }
                else
                {
                    throw new QueryException(ErrorCodes.DatetimeFieldOverflow, $"{to} out of range: {values[row]}", context.Span);
                }
            }

            return builder.Finish();
        };
}
