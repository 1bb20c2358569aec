namespace Engine.Kernels.Bench;

/// <summary>In what a gate is measured.</summary>
public enum GateUnit
{
    /// <summary>Billions of items a second; the benchmark's operations are the items.</summary>
    BillionsPerSecond,

    /// <summary>Millions of items a second; the benchmark's operations are the items.</summary>
    MillionsPerSecond,

    /// <summary>10^9 bytes a second; the benchmark's operations are the bytes.</summary>
    GigabytesPerSecond,

    /// <summary>Of one operation.</summary>
    Milliseconds,

    /// <summary>Of one operation.</summary>
    Microseconds,

    /// <summary>Of one operation.</summary>
    Nanoseconds,
}

/// <summary>What a benchmark has to reach on one core. One that runs with several parameters is judged by its slowest.</summary>
/// <param name="name">What the table calls it.</param>
/// <param name="target">At least this rate, or at most this time; 0 for what is only measured, to know the machine.</param>
/// <param name="unit">Of the target.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GateAttribute(string name, double target, GateUnit unit) : Attribute
{
    public string Name => name;

    public double Target => target;

    public GateUnit Unit => unit;

    /// <summary>Whether it takes gigabytes and minutes, and runs only when asked for.</summary>
    public bool IsLarge { get; init; }
}
