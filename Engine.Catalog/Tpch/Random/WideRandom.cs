namespace Engine.Catalog.Tpch.Random;

/// <summary>
/// The 64-bit numbers that keys are drawn from where they are more than the 31-bit streams can tell apart: x -> 6364136223846793005 x + 1 mod 2^64.
/// </summary>
internal static class WideRandom
{
    private const ulong Multiplier = 6364136223846793005;

    public static ulong Next(ulong state) => unchecked((state * Multiplier) + 1);

    /// <summary>The state so many draws later.</summary>
    public static ulong Skip(ulong state, long draws)
    {
        // A run of draws is x -> factor x + summand too; runs of 1, 2, 4 ... draws are put together.
        var (factor, summand) = (Multiplier, 1UL);
        for (; draws > 0; draws >>= 1)
        {
            unchecked
            {
                state = (draws & 1) != 0 ? (state * factor) + summand : state;
                summand = (factor + 1) * summand;
                factor *= factor;
            }
        }

        return state;
    }

    /// <summary>The number from 1 on that a state stands for.</summary>
    public static long Uniform(ulong state, long high) => 1 + (Math.Abs((long)state) % high);
}
