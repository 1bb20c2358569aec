using System.Runtime.CompilerServices;

namespace Engine.Exec.Keys;

/// <summary>
/// The engine's 64-bit hash of encoded keys. One layout serves all: the top bits choose a partition, the low bits a slot, so that what was
/// partitioned need not be hashed again. Multiply and fold as in wyhash (Wang Yi, 2019).
/// </summary>
public static unsafe class KeyHash
{
    private const ulong Seed1 = 0xa0761d6478bd642f;
    private const ulong Seed2 = 0xe7037ed1a0b428db;
    private const ulong Seed3 = 0x8ebc6af09c88c6e3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong low, ulong high) => Fold(low ^ Seed1, high ^ Seed2);

    public static ulong Of(byte* bytes, int length)
    {
        var hash = (ulong)length * Seed3;
        while (length >= 16)
        {
            hash = Fold(*(ulong*)bytes ^ Seed1 ^ hash, *(ulong*)(bytes + 8) ^ Seed2);
            bytes += 16;
            length -= 16;
        }

        ulong low = 0;
        ulong high = 0;
        if (length >= 8)
        {
            low = *(ulong*)bytes;
            high = Tail(bytes + 8, length - 8);
        }
        else
        {
            low = Tail(bytes, length);
        }

        return Fold(low ^ Seed1 ^ hash, high ^ Seed2 ^ (ulong)length);
    }

    /// <summary>Up to eight bytes as a number. Buffers are padded, so that eight may be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Tail(byte* bytes, int length) => length == 0 ? 0 : *(ulong*)bytes & (ulong.MaxValue >> ((8 - length) * 8));

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
