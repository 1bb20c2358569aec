using System.Diagnostics;
using System.Globalization;

namespace Engine.Kernels.Bench;

/// <summary>From the nanoseconds that an operation took to the units of gates.</summary>
internal static class GateUnits
{
    public static double Measure(this GateUnit unit, double nanoseconds) => unit switch
    {
        GateUnit.BillionsPerSecond or GateUnit.GigabytesPerSecond => 1 / nanoseconds,
        GateUnit.MillionsPerSecond => 1e3 / nanoseconds,
        GateUnit.Milliseconds => nanoseconds / 1e6,
        GateUnit.Microseconds => nanoseconds / 1e3,
        GateUnit.Nanoseconds => nanoseconds,
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether more is better.</summary>
    public static bool IsRate(this GateUnit unit) => unit is GateUnit.BillionsPerSecond or GateUnit.MillionsPerSecond or GateUnit.GigabytesPerSecond;

    public static string Format(this GateUnit unit, double value) => string.Create(CultureInfo.InvariantCulture, $"{value:G3} {Suffix(unit)}");

    private static string Suffix(GateUnit unit) => unit switch
    {
        GateUnit.BillionsPerSecond => "G/s",
        GateUnit.MillionsPerSecond => "M/s",
        GateUnit.GigabytesPerSecond => "GB/s",
        GateUnit.Milliseconds => "ms",
        GateUnit.Microseconds => "us",
        _ => "ns",
    };
}
