using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;
using Calendar = Engine.Core.Text.Calendar;

namespace Engine.Exec.Functions.Operators;

/// <summary>Arithmetic on dates, times, timestamps and intervals, as PostgreSQL has it.</summary>
internal static class TemporalOperators
{
    public static readonly ImmutableArray<ScalarOverload> Add =
    [
        Binary<int, int, int, AddDays>(DataType.Date, DataType.Integer, DataType.Date),
        Binary<int, int, int, Flipped<int, int, int, AddDays>>(DataType.Integer, DataType.Date, DataType.Date),
        Binary<long, Interval, long, AddInterval>(DataType.Timestamp, DataType.Interval, DataType.Timestamp),
        OnClock(DataType.TimestampTz, DataType.Interval, time: 0, sign: 1),
        OnClock(DataType.Interval, DataType.TimestampTz, time: 1, sign: 1),
        Binary<Interval, long, long, Flipped<Interval, long, long, AddInterval>>(DataType.Interval, DataType.Timestamp, DataType.Timestamp),
        Binary<int, Interval, long, AddIntervalToDay>(DataType.Date, DataType.Interval, DataType.Timestamp),
        Binary<Interval, int, long, Flipped<Interval, int, long, AddIntervalToDay>>(DataType.Interval, DataType.Date, DataType.Timestamp),
        Binary<int, long, long, AddTime>(DataType.Date, DataType.Time, DataType.Timestamp),
        Binary<long, int, long, Flipped<long, int, long, AddTime>>(DataType.Time, DataType.Date, DataType.Timestamp),
        Binary<long, Interval, long, TurnForward>(DataType.Time, DataType.Interval, DataType.Time),
        Binary<Interval, long, long, Flipped<Interval, long, long, TurnForward>>(DataType.Interval, DataType.Time, DataType.Time),
        Turned(DataType.TimeTz, DataType.Interval, time: 0, sign: 1),
        Turned(DataType.Interval, DataType.TimeTz, time: 1, sign: 1),
        OnDay(DataType.Date, DataType.TimeTz, time: 1),
        OnDay(DataType.TimeTz, DataType.Date, time: 0),
        Binary<Interval, Interval, Interval, AddIntervals>(DataType.Interval, DataType.Interval, DataType.Interval),
    ];

    public static readonly ImmutableArray<ScalarOverload> Subtract =
    [
        Binary<int, int, int, SubtractDays>(DataType.Date, DataType.Integer, DataType.Date),
        Binary<int, int, int, DaysBetween>(DataType.Date, DataType.Date, DataType.Integer),
        Binary<long, Interval, long, SubtractInterval>(DataType.Timestamp, DataType.Interval, DataType.Timestamp),
        OnClock(DataType.TimestampTz, DataType.Interval, time: 0, sign: -1),
        Binary<long, Interval, long, TurnBack>(DataType.Time, DataType.Interval, DataType.Time),
        Turned(DataType.TimeTz, DataType.Interval, time: 0, sign: -1),
        Binary<long, long, Interval, BetweenTimes>(DataType.Time, DataType.Time, DataType.Interval),
        Binary<long, long, Interval, Between>(DataType.Timestamp, DataType.Timestamp, DataType.Interval),
        Binary<long, long, Interval, Between>(DataType.TimestampTz, DataType.TimestampTz, DataType.Interval),
        Binary<Interval, Interval, Interval, SubtractIntervals>(DataType.Interval, DataType.Interval, DataType.Interval),
        new([DataType.Interval], _ => DataType.Interval, UnaryKernel.Partial<Interval, Interval, NegateInterval>) { CanFail = true },
    ];

    public static readonly ImmutableArray<ScalarOverload> Multiply =
    [
        Binary<Interval, double, Interval, Scale>(DataType.Interval, DataType.Double, DataType.Interval),
        Binary<double, Interval, Interval, Flipped<double, Interval, Interval, Scale>>(DataType.Double, DataType.Interval, DataType.Interval),
    ];

    public static readonly ImmutableArray<ScalarOverload> Divide =
    [
        Binary<Interval, double, Interval, Shrink>(DataType.Interval, DataType.Double, DataType.Interval),
    ];

    private const long MicrosPerDay = 86_400_000_000;

    /// <summary>4714-11-24 BC and 5874897-12-31, between which dates lie.</summary>
    private const int FirstDay = -2_440_588;
    private const int LastDay = 2_145_042_905;

    private static ScalarOverload Binary<TLeft, TRight, TResult, TOperation>(DataType left, DataType right, DataType result)
        where TLeft : unmanaged
        where TRight : unmanaged
        where TResult : unmanaged
        where TOperation : struct, IPartialBinaryOperation<TLeft, TRight, TResult> =>
        new([left, right], _ => result, BinaryKernel.Partial<TLeft, TRight, TResult, TOperation>) { CanFail = true };

    /// <summary>Instants: months and days are moved on the clock of the session's zone, the rest of the interval passes anywhere.</summary>
    private static ScalarOverload OnClock(DataType left, DataType right, int time, int sign) => RowKernel.Overload<FixedBuilder<long>>(
        [left, right],
        DataType.TimestampTz,
        (a, row, result) =>
        {
            var interval = a.Fixed<Interval>(1 - time, row);
            result.Append(TryAdd(a.Long(time, row), interval, sign, a.Session.TimeZone, out var instant) ? instant : throw OutOfRange($"timestamp out of range after {(sign > 0 ? "adding" : "subtracting")} {interval}"));
        },
        canFail: true);

    /// <summary>A time with a zone, which stays, after an interval.</summary>
    private static ScalarOverload Turned(DataType left, DataType right, int time, int sign) => RowKernel.Overload<FixedBuilder<long>>(
        [left, right],
        DataType.TimeTz,
        (a, row, result) =>
        {
            var start = ZonedTime.Unpack(a.Long(time, row));
            result.Append((start with { Micros = Turn(start.Micros, sign * (a.Fixed<Interval>(1 - time, row).Micros % MicrosPerDay)) }).Packed);
        });

    /// <summary>The instant of a day at which a clock in a time's zone shows it.</summary>
    private static ScalarOverload OnDay(DataType left, DataType right, int time) => RowKernel.Overload<FixedBuilder<long>>(
        [left, right],
        DataType.TimestampTz,
        (a, row, result) =>
        {
            var (days, clock) = (a.Fixed<int>(1 - time, row), ZonedTime.Unpack(a.Long(time, row)));
            var micros = ((Int128)days * MicrosPerDay) + clock.UtcMicros;
            result.Append(InfiniteTime.IsInfinite(days) ? InfiniteTime.ToTimestamp(days) : TryNarrow(micros, out var instant) ? instant : throw OutOfRange(string.Create(CultureInfo.InvariantCulture, $"timestamp out of range: day {days}")));
        },
        canFail: true);

    private static QueryException OutOfRange(string what) => new(ErrorCodes.DatetimeFieldOverflow, what);

    private static bool TryNarrow(Int128 value, out long result)
    {
        result = (long)value;
        return value >= long.MinValue && value <= long.MaxValue;
    }

    /// <summary>Months first, on the calendar and to its last day at most; then days; then the rest.</summary>
    internal static bool TryAdd(long micros, Interval interval, int sign, out long result)
    {
        if (InfiniteTime.IsInfinite(micros))
        {
            result = micros;
            return true;
        }

        if (interval.Months != 0)
        {
            var day = (int)Math.DivRem(micros, MicrosPerDay, out var time);
            if (time < 0)
            {
                day--;
                time += MicrosPerDay;
            }

            var (year, month, dayOfMonth) = Calendar.FromDays(day);
            var months = ((long)year * 12) + month - 1 + ((long)interval.Months * sign);
            var newYear = Math.DivRem(months, 12, out var newMonth);
            if (newMonth < 0)
            {
                newMonth += 12;
                newYear--;
            }

            if (newYear is < -4712 or > 294276)
            {
                result = 0;
                return false;
            }

            var lastDay = Calendar.DaysInMonth((int)newYear, (int)newMonth + 1);
            micros = (Calendar.ToDays((int)newYear, (int)newMonth + 1, Math.Min(dayOfMonth, lastDay)) * MicrosPerDay) + time;
        }

        return TryNarrow((Int128)micros + ((((Int128)interval.Days * MicrosPerDay) + interval.Micros) * sign), out result);
    }

    /// <summary>Of an instant: months and days move the clock of a zone, the rest of the interval passes anywhere.</summary>
    internal static bool TryAdd(long instant, Interval interval, int sign, TimeZoneInfo zone, out long result)
    {
        if (interval is { Months: 0, Days: 0 })
        {
            return TryAdd(instant, interval, sign, out result);
        }

        var isGood = TryAdd(ZoneClock.ToLocal(instant, zone), interval with { Micros = 0 }, sign, out var local);
        return TryAdd(ZoneClock.ToInstant(local, zone), new Interval(0, 0, interval.Micros), sign, out result) && isGood;
    }

    /// <summary>The instant an interval later.</summary>
    /// <exception cref="QueryException">22008 when there is none.</exception>
    internal static long After(long instant, Interval interval, TimeZoneInfo zone) =>
        TryAdd(instant, interval, 1, zone, out var later) ? later : throw OutOfRange($"timestamp out of range after adding {interval}");

    /// <summary>The hand of a clock that starts anew each day.</summary>
    private static long Turn(long time, long micros) => (((time + micros) % MicrosPerDay) + MicrosPerDay) % MicrosPerDay;

    internal static bool TryMultiply(Interval interval, double factor, out Interval result) =>
        TryCascade(interval.Months * factor, interval.Days * factor, interval.Micros * factor, out result);

    internal static bool TryDivide(Interval interval, double divisor, out Interval result) =>
        TryCascade(interval.Months / divisor, interval.Days / divisor, interval.Micros / divisor, out result);

    /// <summary>Fractions of months flow into days (of 30), fractions of days into time, each to the microsecond, as in PostgreSQL.</summary>
    private static bool TryCascade(double months, double days, double micros, out Interval result)
    {
        const double SecondsPerDay = 86_400;
        var (wholeMonths, wholeDays) = (Math.Truncate(months), Math.Truncate(days));
        var daysOfMonths = ToMicrosecond((months - wholeMonths) * 30);
        var wholeDaysOfMonths = Math.Truncate(daysOfMonths);
        var seconds = ToMicrosecond((days - wholeDays + daysOfMonths - wholeDaysOfMonths) * SecondsPerDay);
        var daysOfSeconds = Math.Truncate(seconds / SecondsPerDay);
        wholeDays += wholeDaysOfMonths + daysOfSeconds;
        micros = Math.Round(micros + ((seconds - (daysOfSeconds * SecondsPerDay)) * Calendar.MicrosPerSecond));
        var isInRange = Math.Abs(wholeMonths) <= int.MaxValue && Math.Abs(wholeDays) <= int.MaxValue && Math.Abs(micros) < long.MaxValue;
        result = isInRange ? new Interval((int)wholeMonths, (int)wholeDays, (long)micros) : default;
        return isInRange;

        static double ToMicrosecond(double value) => Math.Round(value * 1e6) / 1e6;
    }

    private readonly struct Flipped<TLeft, TRight, TResult, TOperation> : IPartialBinaryOperation<TLeft, TRight, TResult>
        where TOperation : struct, IPartialBinaryOperation<TRight, TLeft, TResult>
    {
        public static bool TryInvoke(TLeft left, TRight right, out TResult result) => TOperation.TryInvoke(right, left, out result);

        public static QueryException Failure(TLeft left, TRight right) => TOperation.Failure(right, left);
    }

    private readonly struct AddDays : IPartialBinaryOperation<int, int, int>
    {
        public static bool TryInvoke(int left, int right, out int result)
        {
            var sum = InfiniteTime.IsInfinite(left) ? left : (long)left + right;
            result = (int)sum;
            return InfiniteTime.IsInfinite(left) || sum is >= FirstDay and <= LastDay;
        }

        public static QueryException Failure(int left, int right) => OutOfRange(string.Create(CultureInfo.InvariantCulture, $"date out of range: day {left} + {right}"));
    }

    private readonly struct SubtractDays : IPartialBinaryOperation<int, int, int>
    {
        public static bool TryInvoke(int left, int right, out int result)
        {
            var difference = InfiniteTime.IsInfinite(left) ? left : (long)left - right;
            result = (int)difference;
            return InfiniteTime.IsInfinite(left) || difference is >= FirstDay and <= LastDay;
        }

        public static QueryException Failure(int left, int right) => OutOfRange(string.Create(CultureInfo.InvariantCulture, $"date out of range: day {left} - {right}"));
    }

    private readonly struct DaysBetween : IPartialBinaryOperation<int, int, int>
    {
        public static bool TryInvoke(int left, int right, out int result)
        {
            var difference = (long)left - right;
            result = (int)difference;
            return result == difference && !InfiniteTime.IsInfinite(left) && !InfiniteTime.IsInfinite(right);
        }

        public static QueryException Failure(int left, int right) =>
            InfiniteTime.IsInfinite(left) || InfiniteTime.IsInfinite(right) ? OutOfRange("cannot subtract infinite dates") : SubtractDays.Failure(left, right);
    }

    private readonly struct AddTime : IPartialBinaryOperation<int, long, long>
    {
        public static bool TryInvoke(int left, long right, out long result) =>
            TryNarrow(InfiniteTime.IsInfinite(left) ? InfiniteTime.ToTimestamp(left) : ((Int128)left * MicrosPerDay) + right, out result);

        public static QueryException Failure(int left, long right) => OutOfRange(string.Create(CultureInfo.InvariantCulture, $"timestamp out of range: day {left}"));
    }

    private readonly struct AddInterval : IPartialBinaryOperation<long, Interval, long>
    {
        public static bool TryInvoke(long left, Interval right, out long result) => TryAdd(left, right, 1, out result);

        public static QueryException Failure(long left, Interval right) => OutOfRange($"timestamp out of range after adding {right}");
    }

    private readonly struct SubtractInterval : IPartialBinaryOperation<long, Interval, long>
    {
        public static bool TryInvoke(long left, Interval right, out long result) => TryAdd(left, right, -1, out result);

        public static QueryException Failure(long left, Interval right) => OutOfRange($"timestamp out of range after subtracting {right}");
    }

    private readonly struct Between : IPartialBinaryOperation<long, long, Interval>
    {
        public static bool TryInvoke(long left, long right, out Interval result)
        {
            var isInRange = TryNarrow((Int128)left - right, out var micros);
            result = new Interval(0, (int)(micros / MicrosPerDay), micros % MicrosPerDay);
            return isInRange && !InfiniteTime.IsInfinite(left) && !InfiniteTime.IsInfinite(right);
        }

        public static QueryException Failure(long left, long right) =>
            OutOfRange(InfiniteTime.IsInfinite(left) || InfiniteTime.IsInfinite(right) ? "cannot subtract infinite timestamps" : "interval out of range");
    }

    private readonly struct AddIntervalToDay : IPartialBinaryOperation<int, Interval, long>
    {
        public static bool TryInvoke(int left, Interval right, out long result)
        {
            result = 0;
            return InfiniteTime.IsInfinite(left) ? TryAdd(InfiniteTime.ToTimestamp(left), right, 1, out result) : TryNarrow((Int128)left * MicrosPerDay, out var start) && TryAdd(start, right, 1, out result);
        }

        public static QueryException Failure(int left, Interval right) => OutOfRange($"timestamp out of range after adding {right}");
    }

    private readonly struct TurnForward : IPartialBinaryOperation<long, Interval, long>
    {
        public static bool TryInvoke(long left, Interval right, out long result)
        {
            result = Turn(left, right.Micros % MicrosPerDay);
            return true;
        }

        public static QueryException Failure(long left, Interval right) => OutOfRange("time out of range");
    }

    private readonly struct TurnBack : IPartialBinaryOperation<long, Interval, long>
    {
        public static bool TryInvoke(long left, Interval right, out long result)
        {
            result = Turn(left, -(right.Micros % MicrosPerDay));
            return true;
        }

        public static QueryException Failure(long left, Interval right) => OutOfRange("time out of range");
    }

    private readonly struct BetweenTimes : IPartialBinaryOperation<long, long, Interval>
    {
        public static bool TryInvoke(long left, long right, out Interval result)
        {
            result = new Interval(0, 0, left - right);
            return true;
        }

        public static QueryException Failure(long left, long right) => OutOfRange("interval out of range");
    }

    private readonly struct AddIntervals : IPartialBinaryOperation<Interval, Interval, Interval>
    {
        public static bool TryInvoke(Interval left, Interval right, out Interval result)
        {
            var isInRange = TryNarrow((Int128)left.Micros + right.Micros, out var micros);
            var (months, days) = ((long)left.Months + right.Months, (long)left.Days + right.Days);
            result = new Interval((int)months, (int)days, micros);
            return isInRange && months == result.Months && days == result.Days;
        }

        public static QueryException Failure(Interval left, Interval right) => OutOfRange($"interval out of range: {left} + {right}");
    }

    private readonly struct SubtractIntervals : IPartialBinaryOperation<Interval, Interval, Interval>
    {
        public static bool TryInvoke(Interval left, Interval right, out Interval result) =>
            NegateInterval.TryInvoke(right, out result) && AddIntervals.TryInvoke(left, result, out result);

        public static QueryException Failure(Interval left, Interval right) => OutOfRange($"interval out of range: {left} - {right}");
    }

    private readonly struct NegateInterval : IPartialUnaryOperation<Interval, Interval>
    {
        public static bool TryInvoke(Interval value, out Interval result)
        {
            result = unchecked(new Interval(-value.Months, -value.Days, -value.Micros));
            return value.Months != int.MinValue && value.Days != int.MinValue && value.Micros != long.MinValue;
        }

        public static QueryException Failure(Interval value) => OutOfRange($"interval out of range: -({value})");
    }

    private readonly struct Scale : IPartialBinaryOperation<Interval, double, Interval>
    {
        public static bool TryInvoke(Interval left, double right, out Interval result) => TryMultiply(left, right, out result);

        public static QueryException Failure(Interval left, double right) => OutOfRange(string.Create(CultureInfo.InvariantCulture, $"interval out of range: {left} * {right}"));
    }

    private readonly struct Shrink : IPartialBinaryOperation<Interval, double, Interval>
    {
        public static bool TryInvoke(Interval left, double right, out Interval result)
        {
            result = default;
            return right != 0 && TryDivide(left, right, out result);
        }

        public static QueryException Failure(Interval left, double right) => right == 0
            ? new QueryException(ErrorCodes.DivisionByZero, "division by zero: interval / 0")
            : OutOfRange(string.Create(CultureInfo.InvariantCulture, $"interval out of range: {left} / {right}"));
    }
}
