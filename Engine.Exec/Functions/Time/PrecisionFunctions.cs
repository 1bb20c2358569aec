using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Time;

/// <summary>Times of fewer digits behind the second, as <c>timestamp(p)</c> and its kin want them.</summary>
internal static class PrecisionFunctions
{
    private const int MaxDigits = 6;

    /// <summary>PostgreSQL counts timestamps from 2000 on, and rounds halves away from there.</summary>
    private static readonly long Epoch = Calendar.ToDays(2000, 1, 1) * Calendar.MicrosPerDay;

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TimeInfo.Of("round_seconds(time, digits)", "A time or interval with its seconds rounded to a number of digits, as timestamp(digits) and its kin do.", "round_seconds(TIME '07:08:09.56', 1) = TIME '07:08:09.6'"),
            [
                Of<long>(DataType.Time, Round),
                Of<long>(DataType.TimeTz, RoundZoned),
                Of<long>(DataType.Timestamp, RoundInstant),
                Of<long>(DataType.TimestampTz, RoundInstant),
                Of<Interval>(DataType.Interval, (interval, unit) => interval with { Micros = Round(interval.Micros, unit) }),
            ]),
    ];

    private static ScalarOverload Of<T>(DataType type, Func<T, long, T> round)
        where T : unmanaged => RowKernel.Overload<FixedBuilder<T>>([type, DataType.Integer], type, (a, row, result) =>
        result.Append(round(a.Fixed<T>(0, row), UnitOf(a.Fixed<int>(1, row)))));

    /// <summary>Microseconds of the last digit that is kept.</summary>
    private static long UnitOf(int digits)
    {
        var unit = 1L;
        for (var left = Math.Clamp(digits, 0, MaxDigits); left < MaxDigits; left++)
        {
            unit *= 10;
        }

        return unit;
    }

    private static long RoundInstant(long micros, long unit) => InfiniteTime.IsInfinite(micros) ? micros : Round(micros - Epoch, unit) + Epoch;

    private static long RoundZoned(long packed, long unit)
    {
        var time = ZonedTime.Unpack(packed);
        return (time with { Micros = Round(time.Micros, unit) }).Packed;
    }

    /// <summary>To the nearest multiple, halves away from zero.</summary>
    private static long Round(long micros, long unit)
    {
        var rest = micros % unit;
        return micros - rest + (Math.Abs(rest) * 2 < unit ? 0 : micros < 0 ? -unit : unit);
    }
}
