using System.Collections.Frozen;

namespace Engine.Core.Text;

/// <summary>The units of an interval under every name that PostgreSQL knows.</summary>
internal static class IntervalUnit
{
    private static readonly FrozenDictionary<string, (int Months, int Days, long Micros)> ByName = Make();

    /// <summary>What one unit counts: exactly one of the three is not zero.</summary>
    public static bool TryFind(ReadOnlySpan<byte> name, out int months, out int days, out long micros)
    {
        Span<char> lower = stackalloc char[16];
        (months, days, micros) = (0, 0, 0);
        if (name.Length > lower.Length)
        {
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            lower[i] = (char)AsciiText.ToLower(name[i]);
        }

        var isKnown = ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(lower[..name.Length], out var unit);
        (months, days, micros) = unit;
        return isKnown;
    }

    private static FrozenDictionary<string, (int Months, int Days, long Micros)> Make()
    {
        var units = new Dictionary<string, (int, int, long)>(StringComparer.Ordinal);
        Add((1, 0, 0), "month", "months", "mon", "mons");
        Add((12, 0, 0), "year", "years", "yr", "yrs", "y");
        Add((3, 0, 0), "quarter", "quarters", "qtr");
        Add((120, 0, 0), "decade", "decades", "dec", "decs");
        Add((1200, 0, 0), "century", "centuries", "cent", "c");
        Add((12000, 0, 0), "millennium", "millennia", "mil", "mils");
        Add((0, 1, 0), "day", "days", "d");
        Add((0, 7, 0), "week", "weeks", "w");
        Add((0, 0, 3_600_000_000), "hour", "hours", "hr", "hrs", "h");
        Add((0, 0, 60_000_000), "minute", "minutes", "min", "mins", "m");
        Add((0, 0, 1_000_000), "second", "seconds", "sec", "secs", "s");
        Add((0, 0, 1000), "millisecond", "milliseconds", "msec", "msecs", "ms");
        Add((0, 0, 1), "microsecond", "microseconds", "usec", "usecs", "us");
        return units.ToFrozenDictionary(StringComparer.Ordinal);

        void Add((int, int, long) unit, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                units[name] = unit;
            }
        }
    }
}
