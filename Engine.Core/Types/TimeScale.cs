namespace Engine.Core.Types;

/// <summary>Counts of other units, as files have them, in the microseconds that the engine counts.</summary>
public static class TimeScale
{
    public const long MicrosPerDay = 86_400_000_000;
    public const long MillisPerDay = MicrosPerDay / 1000;

    /// <summary>The quotient rounded down.</summary>
    public static long FloorDivide(long value, long divisor) => (value / divisor) - (value % divisor < 0 ? 1 : 0);

    /// <exception cref="InvalidDataException">For what 64 bits of microseconds cannot hold.</exception>
    public static long MillisToMicros(long millis) =>
        millis is >= long.MinValue / 1000 and <= long.MaxValue / 1000 ? millis * 1000 : throw new InvalidDataException($"{millis} milliseconds are more than microseconds can be counted");

    /// <exception cref="InvalidDataException">For what 64 bits of microseconds cannot hold.</exception>
    public static long SecondsToMicros(long seconds) =>
        seconds is >= long.MinValue / 1_000_000 and <= long.MaxValue / 1_000_000
            ? seconds * 1_000_000
            : throw new InvalidDataException($"{seconds} seconds are more than microseconds can be counted");

    /// <summary>A time outside of a day as the one that a clock would show; some writers store offsets from UTC in this way.</summary>
    public static long WrapToDay(long micros) => micros is >= 0 and <= MicrosPerDay ? micros : micros - (FloorDivide(micros, MicrosPerDay) * MicrosPerDay);
}
