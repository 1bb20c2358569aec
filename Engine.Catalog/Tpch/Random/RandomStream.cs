namespace Engine.Catalog.Tpch.Random;

/// <summary>
/// One of dbgen's streams of random numbers, as a value: Park and Miller's minimal standard, x -> 16807 x mod 2^31 - 1. Each column has its own, and each
/// row the same number of draws in it whether it needs them or not: so any row can be made first.
/// </summary>
/// <param name="Seed">The state before the first row.</param>
/// <param name="DrawsPerRow">The draws that a row has; where rows hang on others, as items on orders, those of all that can hang on one.</param>
internal readonly record struct RandomStream(uint Seed, int DrawsPerRow = 1)
{
    public const uint Modulus = int.MaxValue;

    private const ulong Multiplier = 16807;

    /// <summary>The state before the first draw of a row.</summary>
    public ulong StateBefore(long row) => Multiply(Seed, Power(row * DrawsPerRow));

    /// <summary>The state after one draw more.</summary>
    public static ulong Next(ulong state) => Multiply(state, Multiplier);

    /// <summary>What takes a state so many draws on when it is multiplied with it.</summary>
    public static ulong Power(long draws)
    {
        var (power, square) = (1UL, Multiplier);
        for (; draws > 0; draws >>= 1)
        {
            power = (draws & 1) != 0 ? Multiply(power, square) : power;
            square = Multiply(square, square);
        }

        return power;
    }

    public static ulong Multiply(ulong left, ulong right)
    {
        // 2^31 is 1 more than the modulus, so that the upper bits count as much as the lower.
        var product = left * right;
        var folded = (product & Modulus) + (product >> 31);
        return folded >= Modulus ? folded - Modulus : folded;
    }

    /// <summary>The number that a state stands for, both ends included; in floating point, since it has to round as dbgen does.</summary>
    public static long Uniform(ulong state, long low, long high) => low + (long)((double)state / Modulus * (high - low + 1));

    /// <summary>As <see cref="Uniform"/> from 0 on, in integers, for ranges of less than 2^21: there floating point comes to the same.</summary>
    public static int Choose(ulong state, int count)
    {
        // Division by 2^31 - 1, of a number below its square.
        var product = state * (uint)count;
        return (int)((product + (product >> 31) + 1) >> 31);
    }
}
