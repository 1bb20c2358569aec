using System.Runtime.InteropServices;

namespace Engine.Core.Functions;

/// <summary>The random numbers of a session: xoshiro256++ (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2019). Safe for concurrent use.</summary>
public sealed class SessionRandom
{
    private readonly Lock _lock = new();
    private (ulong A, ulong B, ulong C, ulong D) _state;

    public SessionRandom()
    {
        System.Security.Cryptography.RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<(ulong, ulong, ulong, ulong)>(ref _state)));

        // All zeros is the one state that gives nothing.
        _state.D |= 1;
    }

    /// <summary>Makes the numbers that follow the same ones as after any other call with that seed.</summary>
    public void Seed(ulong seed)
    {
        lock (_lock)
        {
            _state = (Scatter(ref seed), Scatter(ref seed), Scatter(ref seed), Scatter(ref seed));
        }
    }

    /// <summary>Numbers from 0 to 1, 1 left out.</summary>
    public void Fill(Span<double> numbers)
    {
        lock (_lock)
        {
            var (a, b, c, d) = _state;
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = ((ulong.RotateLeft(a + d, 23) + a) >> 11) * (1.0 / (1L << 53));
                var t = b << 17;
                c ^= a;
                d ^= b;
                b ^= c;
                a ^= d;
                c ^= t;
                d = ulong.RotateLeft(d, 45);
            }

            _state = (a, b, c, d);
        }
    }

    public double Next()
    {
        Span<double> one = stackalloc double[1];
        Fill(one);
        return one[0];
    }

    /// <summary>SplitMix64, which the authors advise for seeding.</summary>
    private static ulong Scatter(ref ulong seed)
    {
        var z = seed += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
