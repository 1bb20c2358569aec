using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Storage.Parquet.Encodings;

/// <summary>
/// Turns differences into the numbers that they lead to: within a register by adding it to itself moved on by one, two and four places, so that only one
/// addition waits for the register before (Hillis and Steele, "Data parallel algorithms", 1986). Sums wrap around, as the differences did.
/// </summary>
internal static unsafe class RunningSum
{
    /// <param name="values">The differences, each less by <paramref name="step"/> than it is; then the numbers.</param>
    /// <param name="count">How many.</param>
    /// <param name="last">The number before the first.</param>
    /// <param name="step">What is added at each of them.</param>
    /// <returns>The last number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Add(long* values, int count, long last, long step)
    {
        if (Avx512F.IsSupported && count >= Vector512<long>.Count)
        {
            var steps = Vector512.Create(step);
            var sums = Vector512.Create(last);
            var ends = Vector512.Create(7L);
            for (; count >= Vector512<long>.Count; count -= Vector512<long>.Count, values += Vector512<long>.Count)
            {
                var parts = Vector512.Load(values) + steps;
                parts += Avx512F.AlignRight64(parts, Vector512<long>.Zero, 7);
                parts += Avx512F.AlignRight64(parts, Vector512<long>.Zero, 6);
                parts += Avx512F.AlignRight64(parts, Vector512<long>.Zero, 4);
                Vector512.Store(parts + sums, values);
                sums += Avx512F.PermuteVar8x64(parts, ends);
            }

            last = sums.ToScalar();
        }

        return AddSingly(values, count, last, step);
    }

    /// <summary>The same, number by number.</summary>
    public static long AddSingly(long* values, int count, long last, long step)
    {
        for (var i = 0; i < count; i++)
        {
            last = unchecked(last + step + values[i]);
            values[i] = last;
        }

        return last;
    }
}
