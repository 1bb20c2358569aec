using System.Runtime.InteropServices;

namespace Engine.Core.Types;

/// <summary>A span of time in PostgreSQL's three parts, which do not convert into each other: a month has no fixed number of days.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
public readonly record struct Interval(int Months, int Days, long Micros) : IComparable<Interval>
{
    private const long MicrosPerDay = 86_400_000_000;

    /// <summary>The length under PostgreSQL's ordering rule: a month counts 30 days, a day 24 hours.</summary>
    public Int128 ComparisonMicros => (((Int128)Months * 30) + Days) * MicrosPerDay + Micros;

    public int CompareTo(Interval other) => ComparisonMicros.CompareTo(other.ComparisonMicros);
}
