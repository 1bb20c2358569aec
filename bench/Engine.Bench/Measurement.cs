using System.Diagnostics;

namespace Engine.Bench;

/// <summary>The times of one contender for one query.</summary>
internal sealed record Measurement(double MedianMilliseconds, double MinimumMilliseconds)
{
    private const int MaxWarmUps = 5;
    private static readonly TimeSpan EnoughWarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Takes turns, A B A B, so that what else the machine does falls on both alike.</summary>
    public static (Measurement First, Measurement Second) TakeTurns(Action first, Action second, int rounds)
    {
        // The runtime compiles what runs often a second time, in the background: until then it is not the engine that is measured.
        WarmUp(first);
        WarmUp(second);
        var firstTimes = new double[rounds];
        var secondTimes = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            firstTimes[round] = Time(first);
            secondTimes[round] = Time(second);
        }

        return (Of(firstTimes), Of(secondTimes));
    }

    private static void WarmUp(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        for (var run = 0; run < MaxWarmUps && Stopwatch.GetElapsedTime(start) < EnoughWarmUp; run++)
        {
            action();
        }
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static Measurement Of(double[] times)
    {
        Array.Sort(times);
        var middle = times.Length / 2;
        return new Measurement(times.Length % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2, times[0]);
    }
}
