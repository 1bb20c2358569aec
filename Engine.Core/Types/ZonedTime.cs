namespace Engine.Core.Types;

/// <summary>
/// A time of day on a clock and how far that clock is ahead of UTC. In columns it is one number that orders and equals as PostgreSQL's does: by the
/// moment in UTC, and of the same moment the zone further in the east first.
/// </summary>
/// <param name="Micros">Since midnight on the clock.</param>
/// <param name="OffsetSeconds">Ahead of UTC; at most <see cref="MaxOffsetSeconds"/> either way.</param>
public readonly record struct ZonedTime(long Micros, int OffsetSeconds)
{
    public const int MaxOffsetSeconds = (15 * 3600) + (59 * 60) + 59;

    private const int ZoneBits = 18;
    private const int ZoneBias = 1 << (ZoneBits - 1);
    private const long MicrosPerSecond = 1_000_000;

    /// <summary>Since midnight in UTC; of the day before or after if need be.</summary>
    public long UtcMicros => Micros - (OffsetSeconds * MicrosPerSecond);

    /// <summary>The moment in UTC in the upper bits, the zone's distance to the west in the lower.</summary>
    public long Packed => (UtcMicros << ZoneBits) | (uint)(ZoneBias - OffsetSeconds);

    public static ZonedTime Unpack(long packed)
    {
        var offset = ZoneBias - (int)(packed & ((1 << ZoneBits) - 1));
        return new ZonedTime((packed >> ZoneBits) + (offset * MicrosPerSecond), offset);
    }

    /// <summary>The same moment on the clock of another zone, where the end of a day is the start of the next.</summary>
    public ZonedTime At(int offsetSeconds) => new(TimeScale.WrapToDay(Micros + ((offsetSeconds - OffsetSeconds) * MicrosPerSecond)) % TimeScale.MicrosPerDay, offsetSeconds);
}
