using System.Runtime.Intrinsics;

namespace Engine.Storage.Parquet.Encodings;

/// <summary>Compares levels 64 at a time. They lie in native buffers, whose padding makes a whole load at the end safe.</summary>
internal static unsafe class LevelMask
{
    public const int Lanes = 64;

    /// <summary>A bit for each of the next 64 levels: whether it is no lower than the threshold.</summary>
    public static ulong AtLeast(byte* levels, byte threshold)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.GreaterThanOrEqual(Vector512.Load(levels), Vector512.Create(threshold)).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            var limit = Vector256.Create(threshold);
            return Vector256.GreaterThanOrEqual(Vector256.Load(levels), limit).ExtractMostSignificantBits()
                | ((ulong)Vector256.GreaterThanOrEqual(Vector256.Load(levels + 32), limit).ExtractMostSignificantBits() << 32);
        }

        return AtLeastSingly(levels, threshold);
    }

    /// <summary>The same, level by level.</summary>
    public static ulong AtLeastSingly(byte* levels, byte threshold)
    {
        var mask = 0UL;
        for (var i = 0; i < Lanes; i++)
        {
            mask |= levels[i] >= threshold ? 1UL << i : 0;
        }

        return mask;
    }

    /// <summary>The bits of those levels among the next 64 that are there at all.</summary>
    public static ulong Inside(int left) => left >= Lanes ? ulong.MaxValue : (1UL << left) - 1;

    public static bool AnyAtLeast(byte* levels, int count, byte threshold)
    {
        for (var i = 0; i < count; i += Lanes)
        {
            if ((AtLeast(levels + i, threshold) & Inside(count - i)) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
