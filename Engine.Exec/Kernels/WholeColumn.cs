using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Core.Columns;

namespace Engine.Exec.Kernels;

/// <summary>Sums and extremes of all values of a column at once, as aggregates without groups want them.</summary>
internal static unsafe class WholeColumn
{
    /// <summary>The exact sum of the values that are not NULL.</summary>
    /// <param name="values">The values.</param>
    /// <param name="validity">As of a flat column.</param>
    /// <param name="count">Rows.</param>
    /// <typeparam name="T">A signed integer of 1 to 8 bytes, or of 16.</typeparam>
    public static Int128 Sum<T>(T* values, BufferSlice validity, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (validity.IsNone)
        {
            return sizeof(T) <= sizeof(long) ? SumStretch(values, count) : SumSingly(values, count);
        }

        Int128 sum = 0;
        foreach (var (start, length) in new ValidStretches(validity, count))
        {
            sum += sizeof(T) <= sizeof(long) && length >= Vector512<long>.Count ? SumStretch(values + start, length) : SumSingly(values + start, length);
        }

        return sum;
    }

    /// <summary>The greatest or the least of the values that are not NULL.</summary>
    /// <returns>False when there is none.</returns>
    public static bool TryFindExtreme<T>(T* values, BufferSlice validity, int count, bool isMax, out T best)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (validity.IsNone)
        {
            best = count > 0 ? Extreme(values, count, isMax) : default;
            return count > 0;
        }

        var isKnown = false;
        best = default;
        foreach (var (start, length) in new ValidStretches(validity, count))
        {
            var found = Extreme(values + start, length, isMax);
            best = isKnown && (isMax ? best > found : best < found) ? best : found;
            isKnown = true;
        }

        return isKnown;
    }

    public static Int128 SumSingly<T>(T* values, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        Int128 sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += Int128.CreateTruncating(values[i]);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T ExtremeSingly<T>(T* values, int count, bool isMax)
        where T : unmanaged, IBinaryInteger<T>
    {
        var best = values[0];
        for (var i = 1; i < count; i++)
        {
            best = isMax ? T.Max(best, values[i]) : T.Min(best, values[i]);
        }

        return best;
    }

    /// <summary>
    /// The sum in two halves, so that no lane overflows: of the low 32 bits of all values, and of what is above them. Right for up to 2^31 values.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Int128 SumStretch<T>(T* values, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (low, high, i) = (0UL, 0L, 0);
        if (Vector512.IsHardwareAccelerated)
        {
            var lows = Vector512<ulong>.Zero;
            var highs = Vector512<long>.Zero;
            var mask = Vector512.Create((ulong)uint.MaxValue);
            for (; i + Vector512<long>.Count <= count; i += Vector512<long>.Count)
            {
                var wide = Widen(values + i);
                lows += wide.AsUInt64() & mask;
                highs += wide >> 32;
            }

            low = Vector512.Sum(lows);
            high = Vector512.Sum(highs);
        }

        for (; i < count; i++)
        {
            var value = long.CreateTruncating(values[i]);
            low += (uint)value;
            high += value >> 32;
        }

        return ((Int128)high << 32) + low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Widen<T>(T* values)
        where T : unmanaged => sizeof(T) switch
        {
            8 => Vector512.Load((long*)values),
            4 => Vector512.WidenLower(Vector512.Create(Vector256.Load((int*)values), default)),
            2 => Vector512.WidenLower(Vector512.Create(Vector256.WidenLower(Vector256.Create(Vector128.Load((short*)values), default)), default)),
            _ => Vector512.Create(
                (long)((sbyte*)values)[0], ((sbyte*)values)[1], ((sbyte*)values)[2], ((sbyte*)values)[3],
                ((sbyte*)values)[4], ((sbyte*)values)[5], ((sbyte*)values)[6], ((sbyte*)values)[7]),
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Extreme<T>(T* values, int count, bool isMax)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (!Vector512.IsHardwareAccelerated || !Vector512<T>.IsSupported || count < 2 * Vector512<T>.Count)
        {
            return ExtremeSingly(values, count, isMax);
        }

        // The last register overlaps the one before it: a value seen twice changes nothing.
        var last = count - Vector512<T>.Count;
        var best = Vector512.Load(values + last);
        if (isMax)
        {
            for (var i = 0; i < last; i += Vector512<T>.Count)
            {
                best = Vector512.Max(best, Vector512.Load(values + i));
            }
        }
        else
        {
            for (var i = 0; i < last; i += Vector512<T>.Count)
            {
                best = Vector512.Min(best, Vector512.Load(values + i));
            }
        }

        var lanes = stackalloc T[Vector512<T>.Count];
        best.Store(lanes);
        return ExtremeSingly(lanes, Vector512<T>.Count, isMax);
    }
}
